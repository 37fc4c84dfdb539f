import type { Moment } from './moment.ts';
import type { OracleRun } from './oracle-agents.ts';
import type { AssociationNumber, NodeNumber, Settings } from './world.ts';

export type OracleTrigger = 'Created' | 'Edited' | 'Schedule' | 'Manual' | 'NodeMatched' | 'CatchUp' | 'LongAbsence' | 'CalendarOpened';

/** `waits` for a slot, `queued` behind an older run of the association on its node, `runs`, or is `over`. */
export type OracleTarget = {
  node: NodeNumber;
  state: 'waits' | 'queued' | 'runs' | 'over';
  /** What it came to: the status, and in brackets what there is more to say. */
  result: string;
  dispatchedAt: Moment | null;
  endedAt: Moment | null;
  run: OracleRun | null;
};

export type OracleExecution = {
  association: AssociationNumber;
  version: number;
  /** Those of the version that it runs with. */
  settings: Settings;
  trigger: OracleTrigger;
  fireAt: Moment | null;
  at: Moment;
  concurrency: number;
  toleratedErrors: number;
  targets: OracleTarget[];
  cutOffAt: Moment | null;
  overlapEndsAt: Moment | null;
  isCancelled: boolean;
};

export const waits = ({ state }: OracleTarget): boolean => state === 'waits' || state === 'queued';
export const isUnfinished = ({ targets }: OracleExecution): boolean => targets.some(({ state }) => state !== 'over');

export const errorsOf = ({ targets }: OracleExecution): number =>
  targets.filter(({ result }) => result.startsWith('Failed') || result.startsWith('TimedOut')).length;

/** spec.md section 4: of N targets, how many run at once and how many errors are tolerated. */
export function limitsOf({ maxConcurrency, maxErrors }: Settings, targets: number): { concurrency: number; toleratedErrors: number } {
  const share = (percent: string) => Math.floor((targets * Number(percent.replace('%', ''))) / 100);
  const concurrency =
    maxConcurrency === null
      ? Math.min(50, targets)
      : maxConcurrency.endsWith('%')
        ? Math.max(1, share(maxConcurrency))
        : Math.min(Number(maxConcurrency), targets);
  const toleratedErrors = maxErrors === null ? targets : maxErrors.endsWith('%') ? share(maxErrors) : Number(maxErrors);
  return { concurrency, toleratedErrors };
}

export function end(target: OracleTarget, result: string, at: Moment): void {
  target.state = 'over';
  target.result = result;
  target.endedAt = at;
}

const time = (at: Moment | null): string => (at === null ? '-' : new Date(at).toISOString());

export type ToldExecution = Pick<
  OracleExecution,
  'association' | 'version' | 'trigger' | 'fireAt' | 'at' | 'concurrency' | 'toleratedErrors'
> & {
  targets: readonly Pick<OracleTarget, 'node' | 'result' | 'dispatchedAt' | 'endedAt'>[];
};

/** An execution as one text, to be compared with what the product recorded. */
export function told(execution: Omit<ToldExecution, 'trigger'> & { trigger: string }): string {
  const { association, version, trigger, fireAt, at, concurrency, toleratedErrors, targets } = execution;
  const head = `association ${association} version ${version} ${trigger} at ${time(at)} for ${time(fireAt)}, ${concurrency} at once, ${toleratedErrors} errors`;
  const lines = targets.map(
    ({ node, result, dispatchedAt, endedAt }) => `  node ${node} ${time(dispatchedAt)} to ${time(endedAt)} ${result}`,
  );
  return [head, ...lines].join('\n');
}
