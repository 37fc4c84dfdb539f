import { readJson } from '../../../agent/document/json-source.ts';
import type { SourceNode } from '../../../agent/document/source-node.ts';
import { offsetAt, plainValue } from '../../../agent/document/source-node.ts';
import type { Association, AssociationDraft } from '../../domain/association.ts';
import { draftOf } from '../../domain/association.ts';
import type { FaultPlace } from '../../domain/faults.ts';
import { Fault } from '../../domain/faults.ts';
import { settingsWithoutMeaning } from '../../domain/setting-check.ts';
import type { Tag } from '../../domain/tag.ts';
import { checkAssociation } from '../operations/check-association.ts';
import { draftRefusal } from '../operations/checked-draft.ts';
import type { Context } from '../operations/context.ts';
import { checkedTags } from '../operations/set-association-tags.ts';
import { membersOf } from './association-members.ts';
import { CreateAssociationRequest, creationOf } from './create-association.ts';
import { inMembers } from './member-places.ts';
import { filled, present } from './members.ts';
import { requestFault } from './request-fault.ts';

/** The request that creates an association with the same settings and tags. */
export function creationRequest(association: Association): object {
  const settings = membersOf(draftOf(association));
  const Targets = association.instanceId === null ? settings.Targets : undefined;
  const tags = association.tags.map(({ key, value }) => ({ Key: key, Value: value }));
  return present({ ...settings, Targets, Tags: filled(tags) });
}

/** What a description of an association has and a request to create one has not. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'AssociationId',
  'AssociationVersion',
  'Date',
  'LastUpdateAssociationDate',
  'LastExecutionDate',
  'LastSuccessfulExecutionDate',
  'Overview',
  'Status',
  'TriggeredAlarms',
]);

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members that a request has, and where they stand in what was given: a description is what DescribeAssociation answers. */
function requestIn(given: unknown): { request: unknown; at: string[] } {
  if (isMap(given) && isMap(given.AssociationDescription)) {
    return { request: requestIn(given.AssociationDescription).request, at: ['AssociationDescription'] };
  }
  if (!isMap(given)) return { request: given, at: [] };
  const members = Object.entries(given).filter(([member]) => !READ_ONLY.has(member));
  // A description of a node's own association has the node in both; targets say the same, and go with every document.
  const isTwice = members.length < Object.keys(given).length && given.InstanceId !== undefined && given.Targets !== undefined;
  return { request: Object.fromEntries(members.filter(([member]) => !isTwice || member !== 'InstanceId')), at: [] };
}

function placeIn(text: string, offset: number): FaultPlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function readText(text: string): SourceNode {
  const reading = readJson(text);
  if (reading.ok) return reading.root;
  const problems = reading.faults.map(({ message }) => message);
  throw new Fault('ValidationException', { problems }, { places: reading.faults.map(({ offset }) => placeIn(text, offset)) });
}

const keysOf = (field: string): (string | number)[] =>
  field.split('.').map((part) => (/^\d+$/.test(part) ? Number.parseInt(part, 10) : part));

type ReadAssociation = { draft: AssociationDraft; tags: Tag[] };

function understood(context: Parameters<typeof checkAssociation>[0], request: unknown): ReadAssociation {
  const parsed = CreateAssociationRequest.safeParse(request);
  if (!parsed.success) throw requestFault(parsed.error.issues, request);
  const creation = creationOf(parsed.data);
  return inMembers(() => {
    const { draft, problems } = checkAssociation(context, creation.draft, null);
    const meaningless = settingsWithoutMeaning(creation.draft).problems;
    if (meaningless.length > 0) throw draftRefusal({ draft, problems: meaningless });
    if (draft === null) throw draftRefusal({ draft, problems });
    return { draft, tags: checkedTags(creation.tags) };
  });
}

/**
 * A request to create an association, or the description of one, as somebody has it in a file: the draft and tags that an editor begins
 * with. What is wrong with its form is refused where it stands in the text; what only this site does not have, the editor tells.
 */
export function readAssociation(context: Pick<Context, 'clock' | 'index' | 'library' | 'stores'>, text: string): ReadAssociation {
  const root = readText(text);
  const { request, at } = requestIn(plainValue(root));
  try {
    return understood(context, request);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw cause.at(
      cause.places.map(({ field = '' }) => {
        const path = [...at, ...(field === '' ? [] : keysOf(field))];
        return { field, ...placeIn(text, offsetAt(root, path, 'key')) };
      }),
    );
  }
}
