import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangeProposal } from '../../electron/api/preview.ts';
import type { Foreseen } from '../../electron/controller/operations/preview-change.ts';
import { foresee } from '../../electron/controller/operations/preview-change.ts';
import { putAlarm } from '../../electron/controller/operations/put-alarm.ts';
import { putParameter } from '../../electron/controller/operations/put-parameter.ts';
import { createDocument, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { createGroup } from '../../electron/controller/operations/save-group.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { foreseenRuns } from '../../electron/domain/change-preview.ts';
import type { TargetStatus } from '../../electron/domain/execution.ts';
import { Fault } from '../../electron/domain/faults.ts';
import { matchingNodes } from '../../electron/domain/fleet-index.ts';
import {
  CALENDAR,
  calendarText,
  carryOut,
  documentText,
  GROUP,
  nodeArbitrary,
  OWN_DOCUMENT,
  PARAMETER,
  proposalArbitrary,
  settingsArbitrary,
} from './proposals.ts';
import { openSimulatedSite, SimulatedSite } from './simulated-site.ts';

/** The one association of a creation is called this in both accounts: it has no id when it is foreseen. */
const NEW = 'new';

/** `refused`: the code of the fault, where the change is not made at all. */
type Account = { refused: string | null; now: string[]; atOnce: string[]; leaves: string[] };

const sorted = (entries: Iterable<string>): string[] => [...entries].sort();
const pair = (associationId: AssociationId | null, nodeId: NodeId): string => `${associationId ?? NEW} on ${nodeId}`;

const NOTHING: Foreseen = { applications: [], leaves: [] };

/** What is answered, or instead with the code of the fault that refuses it. */
function orRefused<Answer>(work: () => Answer, instead: Answer): { answer: Answer; refused: string | null } {
  try {
    return { answer: work(), refused: null };
  } catch (cause) {
    if (cause instanceof Fault) return { answer: instead, refused: cause.code };
    throw cause;
  }
}

function foreseenAccount(site: SimulatedSite, proposal: ChangeProposal): Account {
  const { answer, refused } = orRefused(() => foresee(site.context, proposal), NOTHING);
  const { applications, leaves } = answer;
  const { now } = foreseenRuns(applications);
  return {
    refused,
    now: sorted(now.map((run) => pair(run.associationId, run.nodeId))),
    atOnce: sorted(now.filter(({ startsAtOnce }) => startsAtOnce).map((run) => pair(run.associationId, run.nodeId))),
    leaves: sorted(leaves.map((gone) => pair(gone.associationId, gone.nodeId))),
  };
}

/** Whom each association covers at this moment. */
function coverage({ context }: SimulatedSite): Map<string, AssociationId> {
  const fleet = context.index.fleet();
  const covered = context.stores.associations
    .list()
    .flatMap((association) =>
      matchingNodes(fleet, context.index.targetsOf(association).selection).map(
        ({ nodeId }) => [pair(association.associationId, nodeId), association.associationId] as const,
      ),
    );
  return new Map(covered);
}

type Target = { executionId: string; createdAt: Date | null; associationId: AssociationId; nodeId: NodeId; status: TargetStatus };

function allTargets({ context }: SimulatedSite): Target[] {
  const { executions } = context.stores;
  return executions.recent(10_000).flatMap((executionId) => {
    const { rows } = executions.targetsPage({ executionId, status: null, search: '', offset: 0, limit: 200 });
    const createdAt = executions.find(executionId)?.createdAt ?? null;
    return rows.map(({ associationId, nodeId, status }) => ({ executionId, createdAt, associationId, nodeId, status }));
  });
}

/** What a change really did: targets that it made and that are to run, and nodes that associations cover no more. */
function observedAccount(site: SimulatedSite, change: () => void): Account {
  const [executions, associations, before] = [
    new Set(allTargets(site).map(({ executionId }) => executionId)),
    new Set(site.context.stores.associations.list().map(({ associationId }) => associationId)),
    coverage(site),
  ];
  const { refused } = orRefused(change, undefined);
  const made = allTargets(site).filter(({ executionId }) => !executions.has(executionId));
  const name = ({ associationId, nodeId }: Target) => pair(associations.has(associationId) ? associationId : null, nodeId);
  const running = made.filter(({ status }) => status === 'InProgress');
  const after = coverage(site);
  return {
    refused,
    now: sorted(made.filter(({ status }) => ['Pending', 'Queued', 'InProgress'].includes(status)).map(name)),
    atOnce: sorted(running.map(name)),
    leaves: sorted([...before.keys()].filter((covered) => !after.has(covered))),
  };
}

/** Runs go on for half an hour, so that what a change starts is seen running, and what ran before still does. */
const SLOW = () => ({ status: 'Success', seconds: 1800 }) as const;

function openSite(nodes: readonly { tags: Record<string, string | undefined>; isConnected: boolean }[]): {
  site: SimulatedSite;
  nodeIds: NodeId[];
} {
  const site = new SimulatedSite({ script: SLOW });
  site.perform((context) => {
    const document = { name: OWN_DOCUMENT, documentType: 'Command', format: 'JSON' } as const;
    createDocument(context, { ...document, displayName: null, versionName: null, content: documentText('first') });
    updateDocument(context, { ...document, documentVersion: '$LATEST', versionName: null, content: documentText('second') });
    createDocument(context, {
      name: CALENDAR,
      documentType: 'ChangeCalendar',
      format: 'TEXT',
      displayName: null,
      versionName: null,
      content: calendarText('060000'),
    });
    createGroup(context, { name: GROUP, description: '', tagFilters: [{ key: 'lab', values: ['b'] }] });
    putParameter(context, {
      draft: { name: PARAMETER, type: 'String', value: 'hello', description: '', allowedPattern: null },
      expectedVersion: null,
    });
    putAlarm(context, { name: 'smoke', state: 'ALARM', reason: '' });
  });
  const nodeIds = nodes.map(({ tags, isConnected }) => {
    const given = Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
    return site.addNode({ tags: Object.fromEntries(given), isConnected });
  });
  return { site, nodeIds };
}

type Story = { site: SimulatedSite; proposal: ChangeProposal };

/** Any site of a few nodes and associations, some of which run, and any change of it. */
function eachStory(check: (story: Story) => void): void {
  const nodes = fc.array(nodeArbitrary, { minLength: 1, maxLength: 6 });
  const story = fc.property(nodes, fc.gen(), fc.nat(50), (given, gen, minutes) => {
    const { site, nodeIds } = openSite(given);
    try {
      const settings = gen(fc.array, settingsArbitrary(nodeIds), { minLength: 1, maxLength: 4 });
      const associationIds = settings.map((draft) => site.save(draft).associationId);
      site.advance({ minutes });
      const proposal = gen(proposalArbitrary, { nodeIds, associationIds, draftOf: (id) => draftOf(site.association(id)) });
      check({ site, proposal });
      expect(site.errors).toEqual([]);
    } finally {
      site.remove();
    }
  });
  // A site is made anew for every step of shrinking, and there are very many: the first story that fails is told as it is.
  fc.assert(story, { numRuns: 40, endOnFailure: true });
}

describe('a preview', () => {
  test('says exactly who runs now, who waits for a slot and who leaves, whatever the change is', () => {
    eachStory(({ site, proposal }) => {
      const foreseen = foreseenAccount(site, proposal);
      const observed = observedAccount(site, () => carryOut(site, proposal));
      expect({ proposal, ...observed }).toEqual({ proposal, ...foreseen });
    });
  });

  test('says when those run that run later', () => {
    eachStory(({ site, proposal }) => {
      const { answer, refused } = orRefused(() => foresee(site.context, proposal), NOTHING);
      if (refused !== null) return;
      const { later } = foreseenRuns(answer.applications);
      const known = new Set(site.context.stores.associations.list().map(({ associationId }) => associationId));
      carryOut(site, proposal);
      for (const { associationId, nodeId, at } of later) {
        if (at === null) continue;
        if (at > site.clock.now()) site.advanceTo(at);
        const fired = allTargets(site).filter((target) => target.nodeId === nodeId && target.createdAt?.getTime() === at.getTime());
        const ids = fired.map((target) => (known.has(target.associationId) ? target.associationId : null));
        expect({ proposal, at, ids }).toMatchObject({ ids: expect.arrayContaining([associationId]) });
      }
    });
  });

  test('of another group counts its slots without the nodes that leave it', () => {
    const site = openSimulatedSite({ script: SLOW });
    site.addNodes(2, { tags: { lab: 'a' } });
    site.addNodes(2, { tags: { lab: 'b' } });
    const draft = { name: GROUP, description: '', tagFilters: [{ key: 'lab', values: ['a'] }] };
    site.perform((context) => createGroup(context, draft));
    const targets = [{ key: 'resource-groups:Name', values: [GROUP] }];
    site.save({ targets, maxConcurrency: '50%', scheduleExpression: null });
    site.advance({ hours: 2 });
    const { applications } = foresee(site.context, { kind: 'group', name: GROUP, tagFilters: [{ key: 'lab', values: ['b'] }] });
    const { now } = foreseenRuns(applications);
    expect(now.map(({ nodeName, startsAtOnce }) => [nodeName, startsAtOnce])).toEqual([
      ['node-3', true],
      ['node-4', false],
    ]);
  });
});
