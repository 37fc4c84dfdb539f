import fc from 'fast-check';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangeProposal } from '../../electron/api/preview.ts';
import { changeNode } from '../../electron/controller/operations/change-node.ts';
import { deleteAssociations } from '../../electron/controller/operations/delete-associations.ts';
import { deleteDocument } from '../../electron/controller/operations/delete-document.ts';
import { putParameter } from '../../electron/controller/operations/put-parameter.ts';
import { saveAssociation } from '../../electron/controller/operations/save-association.ts';
import { setDefaultDocumentVersion, updateDefaultVersion, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { deleteGroup, updateGroup } from '../../electron/controller/operations/save-group.ts';
import { startAssociationsOnce } from '../../electron/controller/operations/start-associations-once.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import type { TagFilter } from '../../electron/domain/resource-group.ts';
import type { Target } from '../../electron/domain/target.ts';
import type { SimulatedSite } from './simulated-site.ts';

export const OWN_DOCUMENT = 'Own-Document';
export const PARAMETER = '/lab/greeting';
export const GROUP = 'Group-A';
export const CALENDAR = 'Own-Calendar';

/** Closed, but on 1 March 2026 from a time of day (hhmmss) until 7. */
export const calendarText = (opens: string): string =>
  [
    'BEGIN:VCALENDAR',
    'PRODID:-//Holdfast//Test//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_CLOSED',
    'BEGIN:VEVENT',
    'UID:hour@test',
    'DTSTAMP:20260101T000000Z',
    'SUMMARY:One hour',
    `DTSTART:20260301T${opens}Z`,
    'DTEND:20260301T070000Z',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** A document of the site's own, of which each version prints another line. */
export const documentText = (line: string): string =>
  JSON.stringify({
    schemaVersion: '2.2',
    parameters: { commands: { type: 'StringList', default: ['true'] } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'say', inputs: { runCommand: [`echo ${line}`, '{{ commands }}'] } }],
  });

const labels = ['a', 'b'];
const tagsArbitrary = fc.record({ lab: fc.constantFrom(...labels), role: fc.constantFrom(...labels) }, { requiredKeys: [] });

export const nodeArbitrary = fc.record({ tags: tagsArbitrary, isConnected: fc.boolean() });

const filtersArbitrary = fc.constantFrom<TagFilter[]>(
  [{ key: 'lab', values: ['a'] }],
  [{ key: 'role', values: ['a', 'b'] }],
  [
    { key: 'lab', values: [] },
    { key: 'role', values: ['b'] },
  ],
);

const targetsArbitrary = (nodeIds: readonly NodeId[]): fc.Arbitrary<Target[]> =>
  fc.oneof(
    fc.constant<Target[]>([{ key: 'InstanceIds', values: ['*'] }]),
    fc.subarray([...nodeIds], { minLength: 1 }).map((values) => [{ key: 'InstanceIds', values: [...values] }]),
    fc.constantFrom(...labels).map((lab) => [{ key: 'tag:lab', values: [lab] }]),
    fc.constant<Target[]>([
      { key: 'tag:lab', values: [] },
      { key: 'tag:role', values: ['a'] },
    ]),
    fc.constant<Target[]>([{ key: 'resource-groups:Name', values: [GROUP] }]),
  );

const scheduleArbitrary = fc.constantFrom<Partial<AssociationDraft>>(
  { scheduleExpression: null, applyOnlyAtCronInterval: false },
  { scheduleExpression: 'rate(1 hour)', applyOnlyAtCronInterval: false },
  { scheduleExpression: 'cron(0 4 ? * * *)', applyOnlyAtCronInterval: false },
  { scheduleExpression: 'cron(0 4 ? * * *)', applyOnlyAtCronInterval: true },
);

/** Any association that a site of these nodes may have. */
export const settingsArbitrary = (nodeIds: readonly NodeId[]): fc.Arbitrary<Partial<AssociationDraft>> =>
  fc
    .record({
      targets: targetsArbitrary(nodeIds),
      schedule: scheduleArbitrary,
      maxConcurrency: fc.constantFrom(null, '1', '2', '50%'),
      documentVersion: fc.constantFrom('$DEFAULT', '$LATEST', '1'),
      commands: fc.constantFrom<string[]>(['true'], [`echo {{ssm:${PARAMETER}}}`]),
      alarmName: fc.constantFrom(null, null, null, 'smoke'),
      calendarNames: fc.constantFrom<string[]>([], [], [CALENDAR]),
    })
    .map(({ schedule, commands, alarmName, ...rest }) => ({
      ...rest,
      ...schedule,
      documentName: OWN_DOCUMENT,
      parameters: { commands },
      alarmConfiguration: alarmName === null ? null : { alarmName, ignorePollAlarmFailure: true },
    }));

type Facts = {
  nodeIds: readonly NodeId[];
  associationIds: readonly AssociationId[];
  draftOf(associationId: AssociationId): AssociationDraft;
};

/** Any change that decides who runs what. */
export function proposalArbitrary({ nodeIds, associationIds, draftOf }: Facts): fc.Arbitrary<ChangeProposal> {
  const association = fc.constantFrom(...associationIds);
  const settings = settingsArbitrary(nodeIds);
  return fc.oneof(
    settings.map((draft) => ({
      kind: 'association' as const,
      associationId: null,
      draft: { ...draftOf(firstOf(associationIds)), ...draft },
    })),
    fc
      .record({
        associationId: association,
        changed: fc.oneof(
          settings,
          settings.map(({ targets = [] }) => ({ targets })),
          fc.constant({ associationName: 'Renamed' }),
        ),
      })
      .map(({ associationId, changed }) => ({
        kind: 'association' as const,
        associationId,
        draft: { ...draftOf(associationId), ...changed },
      })),
    association.map((associationId) => ({ kind: 'delete-associations' as const, associationIds: [associationId] })),
    association.map((associationId) => ({ kind: 'apply-now' as const, associationIds: [associationId] })),
    fc.boolean().map((makesDefault) => ({
      kind: 'document-version' as const,
      name: OWN_DOCUMENT,
      format: 'JSON' as const,
      content: documentText('newest'),
      makesDefault,
    })),
    fc.constantFrom(1, 2).map((documentVersion) => ({ kind: 'document-default' as const, name: OWN_DOCUMENT, documentVersion })),
    fc.constantFrom(1, 2).map((documentVersion) => ({ kind: 'delete-document-version' as const, name: OWN_DOCUMENT, documentVersion })),
    fc.record({ nodeId: fc.constantFrom(...nodeIds), tags: tagsArbitrary }).map(({ nodeId, tags }) => ({
      kind: 'node-tags' as const,
      nodeId,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    })),
    filtersArbitrary.map((tagFilters) => ({ kind: 'group' as const, name: GROUP, tagFilters })),
    fc.constant({ kind: 'delete-group' as const, name: GROUP }),
    fc.constant({ kind: 'parameter' as const, name: PARAMETER }),
    fc.constant({ kind: 'calendar' as const, name: CALENDAR, content: calendarText('010000') }),
  );
}

function firstOf<Item>(items: readonly Item[]): Item {
  const [first] = items;
  if (first === undefined) throw new Error('There is none.');
  return first;
}

/** Makes the change, as the handlers of the window's calls make it. */
export function carryOut(site: SimulatedSite, proposal: ChangeProposal): void {
  site.perform((context) => {
    switch (proposal.kind) {
      case 'association': {
        const { associationId, draft } = proposal;
        saveAssociation(context, { edit: associationId === null ? null : site.association(associationId), draft });
        return;
      }
      case 'delete-associations':
        deleteAssociations(context, proposal.associationIds);
        return;
      case 'apply-now':
        startAssociationsOnce(context, proposal.associationIds);
        return;
      case 'document-version':
        (proposal.makesDefault ? updateDefaultVersion : updateDocument)(context, {
          ...proposal,
          documentVersion: '$LATEST',
          versionName: null,
        });
        return;
      case 'document-default':
        setDefaultDocumentVersion(context, proposal.name, proposal.documentVersion);
        return;
      case 'delete-document-version':
        deleteDocument(context, { ...proposal, versionName: null });
        return;
      case 'node-tags': {
        const { nodeId, tags } = proposal;
        changeNode(context, { nodeId, tags, name: context.stores.nodes.find(nodeId)?.name ?? '' });
        return;
      }
      case 'group':
        updateGroup(context, { name: proposal.name, description: '', tagFilters: proposal.tagFilters }, null);
        return;
      case 'delete-group':
        deleteGroup(context, proposal.name);
        return;
      case 'parameter':
        putParameter(context, {
          draft: { name: proposal.name, type: 'String', value: 'another', description: '', allowedPattern: null },
          expectedVersion: 1,
        });
        return;
      case 'calendar':
        updateDocument(context, {
          name: proposal.name,
          format: 'TEXT',
          content: proposal.content ?? '',
          documentVersion: '$LATEST',
          versionName: null,
        });
        setDefaultDocumentVersion(context, proposal.name, 2);
        return;
    }
  });
}
