import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../../agent/protocol/reports.ts';
import { DocumentStatus } from '../../../agent/protocol/status.ts';
import { withMovedTarget } from '../../../electron/controller/operations/settle-execution.ts';
import type { ExecutionTarget } from '../../../electron/domain/execution.ts';
import {
  countTargets,
  executionStatus,
  isFinal,
  resourceCountByStatus,
  TargetStatus,
  targetAfter,
} from '../../../electron/domain/execution.ts';
import { anExecution, aTarget, executionId } from '../controller/store/stored-things.ts';

const statuses = fc.array(fc.constantFrom(...TargetStatus.options), { minLength: 1, maxLength: 60 });

test('what targets come to does not depend on their order', () => {
  void fc.assert(
    fc.property(
      statuses.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
      ([given, shuffled]) => {
        expect(executionStatus(countTargets(shuffled))).toBe(executionStatus(countTargets(given)));
        expect(resourceCountByStatus(countTargets(shuffled))).toBe(resourceCountByStatus(countTargets(given)));
      },
    ),
  );
});

test('counts that are moved target by target, in any order, are those of all targets counted anew', () => {
  const moves = fc.array(fc.tuple(fc.nat(9), fc.constantFrom(...TargetStatus.options)), { maxLength: 60 });
  void fc.assert(
    fc.property(moves, (given) => {
      const targets: TargetStatus[] = Array.from({ length: 10 }, () => 'Pending');
      let execution = anExecution(1, { counts: countTargets(targets) });
      for (const [place, status] of given) {
        execution = withMovedTarget(execution, targets[place]!, status);
        targets[place] = status;
      }
      expect(execution.counts).toEqual(countTargets(targets));
    }),
  );
});

const at = '2026-03-01T02:00:00.000Z';
const report: fc.Arbitrary<Report> = fc.oneof(
  fc.constant<Report>({ kind: 'execution-started', executionId: executionId(1), at }),
  fc.constant<Report>({ kind: 'step-started', executionId: executionId(1), stepIndex: 0, attempt: 1, at }),
  fc
    .constantFrom(...DocumentStatus.options)
    .map((status): Report => ({ kind: 'execution-finished', executionId: executionId(1), at, status })),
  fc.constant<Report>({ kind: 'execution-refused', executionId: executionId(1), at, code: 'InvalidParameters', message: 'no' }),
);

const rank = (status: TargetStatus): number => (isFinal(status) ? 2 : Number(status === 'InProgress'));

test('a target only moves forward, and never out of a final status, whatever is reported of it', () => {
  void fc.assert(
    fc.property(fc.array(report, { maxLength: 12 }), (reports) => {
      let target: ExecutionTarget = aTarget(anExecution(1), 1);
      for (const each of reports) {
        const after = targetAfter(target, each);
        expect(rank(after.status)).toBeGreaterThanOrEqual(rank(target.status));
        if (isFinal(target.status)) expect(after).toBe(target);
        // Said again at once, it changes nothing.
        expect(targetAfter(after, each)).toBe(after);
        target = after;
      }
    }),
  );
});
