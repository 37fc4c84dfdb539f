import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { describeSchedule, nextRuns } from '../../../agent/schedule/schedule.ts';
import type { AssociationPreview } from '../../api/associations.ts';
import { runsOnSave } from '../../domain/association.ts';
import type { CheckedDraft, DraftFacts } from '../../domain/association-check.ts';
import { checkDraft } from '../../domain/association-check.ts';
import { Fault } from '../../domain/faults.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import { matchingNodes } from '../../domain/fleet-index.ts';
import { rateLimits } from '../../domain/rate-control.ts';
import { describeSelection } from '../../domain/target.ts';
import type { Context } from './context.ts';

/** How many matching nodes and next runs a preview names. */
const NODES_SHOWN = 100;
const RUNS_SHOWN = 5;

type CheckContext = Pick<Context, 'clock' | 'index' | 'library'>;

function factsFor({ clock, index, library }: CheckContext): DraftFacts {
  return {
    now: clock.now(),
    knowsNode: (nodeId) => index.fleet().members.has(nodeId),
    knowsGroup: (name) => index.group(name) !== null,
    document(name, versionChoice) {
      try {
        return { ok: true, content: library.find(name, versionChoice).content };
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause;
        const code = cause.code === 'InvalidDocumentVersion' ? 'InvalidDocumentVersion' : 'InvalidDocument';
        return { ok: false, code, message: cause.message };
      }
    },
  };
}

export const checkAssociation = (context: CheckContext, draft: unknown): CheckedDraft => checkDraft(draft, factsFor(context));

export const NO_SCHEDULE_TEXT = 'Once, when it is saved';

/** Matching nodes as a preview shows them: all counted, the first of them by name. */
export function matchingPreview(
  { stores, link }: Pick<Context, 'stores' | 'link'>,
  members: readonly FleetMember[],
): AssociationPreview['matching'] {
  const samples = new Set(stores.nodes.byOrigin('SampleLab').map((node) => node.nodeId));
  return {
    total: members.length,
    online: members.filter(({ nodeId }) => link.isConnected(nodeId)).length,
    nodes: members.slice(0, NODES_SHOWN).map(({ nodeId, name }) => ({
      nodeId,
      name,
      online: link.isConnected(nodeId),
      isSample: samples.has(nodeId),
    })),
  };
}

/** What saving the draft would do, as far as the draft can be understood. */
export function previewAssociation(
  context: CheckContext & Pick<Context, 'stores' | 'link'>,
  input: { associationId: AssociationId | null; draft: unknown },
): AssociationPreview {
  const { problems, draft, selection, schedule } = checkAssociation(context, input.draft);
  const now = context.clock.now();
  const members = selection === null ? [] : matchingNodes(context.index.fleet(), context.index.resolve(selection).selection);
  const saved = input.associationId === null ? null : context.stores.associations.find(input.associationId);
  const settings = { maxConcurrency: draft?.maxConcurrency ?? null, maxErrors: draft?.maxErrors ?? null };
  const limits = rateLimits({ ...settings, targets: members.length });
  return {
    problems: [...problems],
    targetText: selection === null ? '' : describeSelection(selection),
    matching: matchingPreview(context, members),
    scheduleText: schedule !== null ? describeSchedule(schedule) : draft?.scheduleExpression === null ? NO_SCHEDULE_TEXT : '',
    nextRuns: schedule === null ? [] : nextRuns(schedule, now, RUNS_SHOWN),
    runsOnSave: draft !== null && runsOnSave(saved, draft),
    concurrency: limits.concurrency,
    toleratedErrors: limits.toleratedErrors,
  };
}
