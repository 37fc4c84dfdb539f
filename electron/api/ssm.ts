import * as z from 'zod';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { AssociationDraft } from '../domain/association.ts';
import { Tags } from '../domain/tag.ts';
import { call } from './call.ts';

const Members = z.record(z.string(), z.unknown());

/** Of a text that is read as an association, in characters. */
export const ASSOCIATION_TEXT_LIMIT = 1_000_000;

export const ssm = {
  /** One call of the SSM API in its own words: `{ operation: 'DescribeAssociation', request: { AssociationId } }`. */
  call: call.input(z.strictObject({ operation: z.string().min(1).max(100), request: z.unknown().optional() })).output(Members),
  /** An association as DescribeAssociation answers it, and the request with which CreateAssociation makes one like it. */
  written: call
    .input(z.strictObject({ associationId: AssociationId }))
    .output(z.object({ description: Members, creationRequest: Members })),
  /** Either of the two as a text, for an editor to begin with. What cannot be read is refused at its line; nothing is saved. */
  read: call
    .input(z.strictObject({ text: z.string().max(ASSOCIATION_TEXT_LIMIT) }))
    .output(z.object({ draft: AssociationDraft, tags: Tags })),
};
