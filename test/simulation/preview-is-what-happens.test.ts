import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangeProposal } from '../../electron/api/preview.ts';
import { foresee } from '../../electron/controller/operations/preview-change.ts';
import { putAlarm } from '../../electron/controller/operations/put-alarm.ts';
import { createDocument, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { createGroup } from '../../electron/controller/operations/save-group.ts';
import { draftOf } from '../../electron/domain/association.ts';
import { foreseenRuns } from '../../electron/domain/change-preview.ts';
import type { TargetStatus } from '../../electron/domain/execution.ts';
import { matchingNodes } from '../../electron/domain/fleet-index.ts';
import { carryOut, documentText, GROUP, nodeArbitrary, OWN_DOCUMENT, proposalArbitrary, settingsArbitrary } from './proposals.ts';
import { SimulatedSite } from './simulated-site.ts';

/** The one association of a creation is called this in both accounts: it has no id when it is foreseen. */
const NEW = 'new';

type Account = { now: string[]; atOnce: string[]; leaves: string[] };

const sorted = (entries: Iterable<string>): string[] => [...entries].sort();
const pair = (associationId: AssociationId | null, nodeId: NodeId): string => `${associationId ?? NEW} on ${nodeId}`;

function foreseenAccount(site: SimulatedSite, proposal: ChangeProposal): Account {
  const { applications, leaves } = foresee(site.context, proposal);
  const { now } = foreseenRuns(applications);
  return {
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

type Target = { executionId: string; associationId: AssociationId; nodeId: NodeId; status: TargetStatus };

function allTargets({ context }: SimulatedSite): Target[] {
  const { executions } = context.stores;
  return executions.recent(10_000).flatMap((executionId) => {
    const { rows } = executions.targetsPage({ executionId, status: null, offset: 0, limit: 200 });
    return rows.map(({ associationId, nodeId, status }) => ({ executionId, associationId, nodeId, status }));
  });
}

/** What a change really did: targets that it made and that are to run, and nodes that associations cover no more. */
function observedAccount(site: SimulatedSite, change: () => void): Account {
  const [executions, associations, before] = [
    new Set(allTargets(site).map(({ executionId }) => executionId)),
    new Set(site.context.stores.associations.list().map(({ associationId }) => associationId)),
    coverage(site),
  ];
  change();
  const made = allTargets(site).filter(({ executionId }) => !executions.has(executionId));
  const name = ({ associationId, nodeId }: Target) => pair(associations.has(associationId) ? associationId : null, nodeId);
  const running = made.filter(({ status }) => status === 'InProgress');
  const after = coverage(site);
  return {
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
    createGroup(context, { name: GROUP, description: '', tagFilters: [{ key: 'lab', values: ['b'] }] });
    putAlarm(context, { name: 'smoke', state: 'ALARM', reason: '' });
  });
  const nodeIds = nodes.map(({ tags, isConnected }) => {
    const given = Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
    return site.addNode({ tags: Object.fromEntries(given), isConnected });
  });
  return { site, nodeIds };
}

describe('a preview', () => {
  test('says exactly what then happens, whatever the change is', () => {
    fc.assert(
      fc.property(fc.array(nodeArbitrary, { minLength: 1, maxLength: 6 }), fc.gen(), fc.nat(50), (nodes, gen, minutes) => {
        const { site, nodeIds } = openSite(nodes);
        try {
          const settings = gen(fc.array, settingsArbitrary(nodeIds), { minLength: 1, maxLength: 4 });
          const associationIds = settings.map((draft) => site.save(draft).associationId);
          site.advance({ minutes });
          const proposal = gen(proposalArbitrary, { nodeIds, associationIds, draftOf: (id) => draftOf(site.association(id)) });
          const foreseen = foreseenAccount(site, proposal);
          const observed = observedAccount(site, () => carryOut(site, proposal));
          expect({ proposal, ...observed }).toEqual({ proposal, ...foreseen });
          expect(site.errors).toEqual([]);
        } finally {
          site.remove();
        }
      }),
      { numRuns: 60 },
    );
  });
});
