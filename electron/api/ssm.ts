import * as z from 'zod';
import { call } from './call.ts';

export const ssm = {
  /** One call of the SSM API in its own words: `{ operation: 'DescribeAssociation', request: { AssociationId } }`. */
  call: call
    .input(z.strictObject({ operation: z.string().min(1).max(100), request: z.unknown().optional() }))
    .output(z.record(z.string(), z.unknown())),
};
