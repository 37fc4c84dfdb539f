import type { AssociationId } from '../../agent/protocol/ids.ts';
import type { Association } from './association.ts';
import type { TargetStatus, Trigger } from './execution.ts';

const REFRESH_ACTION = 'aws:refreshAssociation';

export const isRefreshAction = (action: string | undefined): boolean => action === REFRESH_ACTION;

export type RefreshFacts = {
  /** The associations that apply to the node, in the order in which they are to start. */
  applying: readonly Association[];
  /** None asks for all of them. */
  asked: readonly AssociationId[];
  /** What made the run begin in which a step asks; null when a person asks. */
  askedIn: Trigger | null;
  /** How the association's newest run on the node stands; null when it never ran there. */
  statusOf(associationId: AssociationId): TargetStatus | null;
  refreshesItself(association: Association): boolean;
};

export type RefreshStep = { association: Association } & ({ do: 'start' } | { do: 'leave-out'; because: string });

/** `stranger`: an id that names no association of the node, whether there is one elsewhere or not. Then nothing is started. */
export type RefreshPlan = { ok: true; steps: readonly RefreshStep[] } | { ok: false; stranger: AssociationId };

function leftOut(facts: RefreshFacts, association: Association): string | null {
  const status = facts.statusOf(association.associationId);
  switch (status) {
    case 'InProgress':
      return 'It is in progress.';
    case 'Pending':
    case 'Queued':
      return 'It waits for its turn already.';
    case 'Success':
    case 'Failed':
    case 'TimedOut':
    case 'Skipped':
    case 'Cancelled':
    case null:
      // Two associations that refresh each other would run for ever.
      return facts.askedIn === 'Refresh' && facts.refreshesItself(association)
        ? 'It refreshes associations itself, and this run was started by a refresh.'
        : null;
  }
}

/** What a refresh on a node does with each association (spec.md 5.1, trigger 10): those in progress or pending are left out. */
export function planRefresh(facts: RefreshFacts): RefreshPlan {
  const asked = new Set(facts.asked);
  const known = new Set(facts.applying.map(({ associationId }) => associationId));
  const stranger = [...asked].find((associationId) => !known.has(associationId));
  if (stranger !== undefined) return { ok: false, stranger };
  const chosen = asked.size === 0 ? facts.applying : facts.applying.filter(({ associationId }) => asked.has(associationId));
  return {
    ok: true,
    steps: chosen.map((association) => {
      const because = leftOut(facts, association);
      return because === null ? { association, do: 'start' } : { association, do: 'leave-out', because };
    }),
  };
}
