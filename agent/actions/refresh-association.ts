import type { RefreshInputs } from '../document/refresh-inputs.ts';
import type { Timer } from '../platform/clock.ts';
import { AssociationId } from '../protocol/ids.ts';
import { MOST_REFRESHED, type RefreshedAssociation } from '../protocol/messages.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';

/** A controller that is away for longer than this lets the step fail: what it asked for is then not known to have happened. */
const ANSWER_SECONDS = 300;

const RESULT: Record<RefreshedAssociation['result'], string> = {
  Started: 'Started',
  LeftOut: 'Left out',
  Skipped: 'Skipped',
  Failed: 'Failed',
};

const lineOf = ({ associationId, title, result, because }: RefreshedAssociation): string =>
  `${RESULT[result].padEnd(8)}  ${title} (${associationId})${because === '' ? '' : `: ${because}`}`;

function summaryOf(associations: readonly RefreshedAssociation[]): string {
  if (associations.length === 0) return 'No association applies to this node.';
  const results = Object.keys(RESULT) as RefreshedAssociation['result'][];
  const counts = results.flatMap((result) => {
    const count = associations.filter((association) => association.result === result).length;
    return count === 0 ? [] : [`${count} ${RESULT[result].toLowerCase()}`];
  });
  return `${associations.length === 1 ? '1 association' : `${associations.length} associations`}: ${counts.join(', ')}.`;
}

function outcomeOf(associations: readonly RefreshedAssociation[]): ActionOutcome {
  const failed = associations.filter(({ result }) => result === 'Failed').length;
  if (failed === 0) return { kind: 'exited', exitCode: 0 };
  return { kind: 'failed', reason: `${failed} of ${associations.length} associations could not be started; the output names them.` };
}

/** Aborted when the step is to end, or the answer is not worth waiting for any more. */
function patience({ clock, signal }: Pick<ActionContext, 'clock' | 'signal'>): { signal: AbortSignal; timer: Timer } {
  const tooLate = new AbortController();
  const timer = clock.after(ANSWER_SECONDS * 1000, () => tooLate.abort());
  return { signal: AbortSignal.any([signal, tooLate.signal]), timer };
}

/**
 * aws:refreshAssociation: the node's associations run now, or those that are named, each in its turn after this document. Unlike the
 * SSM agent's, the step fails when the controller refuses it.
 */
export const refreshAssociation: Action<RefreshInputs> = {
  async run({ associationIds }, context) {
    if (associationIds.length > MOST_REFRESHED) {
      return { kind: 'failed', reason: `A step names at most ${MOST_REFRESHED} associations; these are ${associationIds.length}.` };
    }
    const ids = associationIds.map((id) => AssociationId.parse(id.toLowerCase()));
    const { signal, timer } = patience(context);
    const answer = await context.refresh(ids, signal);
    timer.cancel();
    if (answer === null) {
      if (context.signal.aborted) return { kind: 'stopped' };
      context.stderr.write(Buffer.from(`The controller did not answer within ${ANSWER_SECONDS} seconds.\n`));
      return { kind: 'timed-out', afterSeconds: ANSWER_SECONDS, exitCode: null };
    }
    if (answer.kind === 'refused') {
      context.stderr.write(Buffer.from(`${answer.problem}\n`));
      return { kind: 'failed', reason: answer.problem };
    }
    const lines = [...answer.associations.map(lineOf), summaryOf(answer.associations)];
    context.stdout.write(Buffer.from(`${lines.join('\n')}\n`));
    return outcomeOf(answer.associations);
  },
};
