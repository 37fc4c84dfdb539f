import * as z from 'zod';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from '../operations/context.ts';
import { AssociationIdText, associationById, associationChoice, chosenAssociation } from './association-choice.ts';
import { descriptionOf, summaryOf, versionInfo } from './association-description.ts';
import { VersionText } from './association-members.ts';
import { instantOfText } from './members.ts';
import { operation } from './operation.ts';
import type { Pager } from './paging.ts';
import { paged, pageOf, pageOfSorted, pagerFor } from './paging.ts';

const DescribeRequest = z.strictObject({ ...associationChoice, AssociationVersion: VersionText.optional() });

function settingsOf({ stores }: Pick<Context, 'stores'>, { associationId }: Association, version: number) {
  const draft = stores.associations.versionDraft(associationId, version);
  if (draft !== null) return draft;
  throw new Fault('InvalidAssociationVersion', { version }, { places: [{ field: 'AssociationVersion' }] });
}

/** The settings are those of the version that is asked for; how the association stands is as it is now (spec.md 1.4). */
export const describeAssociation = operation(DescribeRequest, (context, { AssociationVersion: asked = '$LATEST', ...choice }) => {
  const association = chosenAssociation(context, choice);
  const associationVersion = asked === '$LATEST' ? association.associationVersion : Number.parseInt(asked, 10);
  const draft = settingsOf(context, association, associationVersion);
  return { AssociationDescription: descriptionOf(context, association, { draft, associationVersion }) };
});

const FilterKey = z.enum([
  'InstanceId',
  'Name',
  'AssociationId',
  'AssociationStatusName',
  'LastExecutedBefore',
  'LastExecutedAfter',
  'AssociationName',
  'ResourceGroupName',
]);
type FilterKey = z.output<typeof FilterKey>;

const ListRequest = z.strictObject({
  AssociationFilterList: z
    .array(z.strictObject({ key: FilterKey, value: z.string().min(1) }))
    .min(1)
    .optional(),
  ...paged(),
});

type Test = (association: Association) => boolean;

function executedTest(value: string, field: string, isMeant: (executedAt: Date, given: Date) => boolean): Test {
  const given = instantOfText(value);
  if (given === null) {
    const problems = [`“${value}” is no point in time: write one as in 2026-03-01T02:00:00Z.`];
    throw new Fault('ValidationException', { problems }, { places: [{ field }] });
  }
  return ({ lastExecutionAt }) => lastExecutionAt !== null && isMeant(lastExecutionAt, given);
}

const targetsGroup = ({ targets }: Association, name: string): boolean =>
  targets.some(({ key, values }) => key.toLowerCase() === 'resource-groups:name' && values.includes(name));

function testOf(key: FilterKey, value: string, field: string): Test {
  switch (key) {
    case 'InstanceId':
      return ({ instanceId }) => instanceId === value && NodeId.safeParse(value).success;
    case 'Name':
      return ({ documentName }) => documentName === value;
    case 'AssociationId':
      return ({ associationId }) => associationId === value.toLowerCase();
    case 'AssociationStatusName':
      return ({ overview }) => overview.status === value;
    case 'LastExecutedBefore':
      return executedTest(value, field, (executedAt, given) => executedAt < given);
    case 'LastExecutedAfter':
      return executedTest(value, field, (executedAt, given) => executedAt > given);
    case 'AssociationName':
      return ({ associationName }) => associationName === value;
    case 'ResourceGroupName':
      return (association) => targetsGroup(association, value);
  }
}

/** Associations that are looked at together. */
const CHUNK = 100;

/** In the order in which they were created. */
const positionOf = ({ createdAt, associationId }: Association): string => `${createdAt.toISOString()} ${associationId}`;

type Age = Pick<Association, 'createdAt' | 'associationId'>;

/** Older than every association. */
const OLDEST = `${new Date(0).toISOString()} 00000000-0000-0000-0000-000000000000`;

function ageAt(position: string): Age {
  const [createdAt = '', associationId] = position.split(' ');
  return { createdAt: new Date(createdAt), associationId: AssociationId.parse(associationId) };
}

/** Those of a page and one more if there is one; no more of the others are read than it takes. */
function matching({ stores }: Pick<Context, 'stores'>, { after, limit }: Pager, tests: readonly Test[]): Association[] {
  const found: Association[] = [];
  for (let age: Age | undefined = ageAt(after ?? OLDEST); age !== undefined && found.length <= limit; ) {
    const chunk: Association[] = stores.associations.listAfter(age, CHUNK);
    found.push(...chunk.filter((association) => tests.every((isMet) => isMet(association))));
    age = chunk.length < CHUNK ? undefined : chunk.at(-1);
  }
  return found.slice(0, limit + 1);
}

export const listAssociations = operation(ListRequest, (context, request) => {
  const pager = pagerFor(context, 'ListAssociations', request);
  const tests = (request.AssociationFilterList ?? []).map(({ key, value }, position) =>
    testOf(key, value, `AssociationFilterList.${position}.value`),
  );
  const { rows, ...rest } = pageOf(pager, matching(context, pager, tests), positionOf);
  return { Associations: rows.map(summaryOf), ...rest };
});

const VersionsRequest = z.strictObject({ AssociationId: AssociationIdText, ...paged() });

/** The oldest first. */
export const listAssociationVersions = operation(VersionsRequest, (context, request) => {
  const pager = pagerFor(context, 'ListAssociationVersions', request);
  const { associationId } = associationById(context, request.AssociationId);
  const versions = context.stores.associations.versions(associationId).reverse();
  const { rows, ...rest } = pageOfSorted(pager, versions, ({ associationVersion }) => String(associationVersion).padStart(9, '0'));
  return { AssociationVersions: rows.map((version) => versionInfo(associationId, version)), ...rest };
});
