import { describe, expect, test } from 'vitest';
import { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { StepStatus } from '../../../agent/protocol/status.ts';
import type { StepRow } from '../../../electron/api/executions.ts';
import { exitCodeOf, resultText, stepToShow, streamToShow } from '../../../renderer/executions/step-words.ts';

const executionId = ExecutionId.parse('0190f0e0-0000-7000-8000-000000000001');
const nodeId = NodeId.parse('mi-0123456789abcdef0');

function aStep(stepIndex: number, status: StepStatus | null, bytes = { stdout: 0, stderr: 0 }): StepRow {
  const summary = (count: number) => ({ bytes: count, droppedBytes: 0, head: '' });
  const record = { executionId, nodeId, stepIndex, attempt: 1, startedAt: null, endedAt: null, result: null };
  return {
    stepIndex,
    name: `step${stepIndex}`,
    action: 'aws:runShellScript',
    record: status === null ? null : { ...record, status, stdout: summary(bytes.stdout), stderr: summary(bytes.stderr) },
  };
}

describe('the step that is shown first', () => {
  test('is the one that failed, before the one that runs', () => {
    expect(stepToShow([aStep(0, 'Success'), aStep(1, 'Failed'), aStep(2, 'InProgress')])).toBe(1);
  });

  test('is the one that runs, before those that are done', () => {
    expect(stepToShow([aStep(0, 'Success'), aStep(1, 'InProgress'), aStep(2, null)])).toBe(1);
  });

  test('is the last that did something when all went well', () => {
    expect(stepToShow([aStep(0, 'Success'), aStep(1, 'Success'), aStep(2, 'Skipped')])).toBe(1);
  });

  test('is the first when nothing has begun, and none where there is none', () => {
    expect(stepToShow([aStep(0, null), aStep(1, null)])).toBe(0);
    expect(stepToShow([])).toBeNull();
  });
});

test('standard error comes first only where it is all there is', () => {
  expect(streamToShow(aStep(0, 'Failed', { stdout: 0, stderr: 5 }))).toBe('stderr');
  expect(streamToShow(aStep(0, 'Failed', { stdout: 5, stderr: 5 }))).toBe('stdout');
  expect(streamToShow(aStep(0, 'Success'))).toBe('stdout');
});

test('a result says what its status does not', () => {
  expect(resultText({ status: 'Failed', exitCode: 1, reason: 'It broke.' })).toBe('It broke.');
  expect(resultText({ status: 'TimedOut', afterSeconds: 60, exitCode: null })).toContain('60 seconds');
  expect(resultText({ status: 'Success', exitCode: 0 })).toBe('');
  expect(resultText(null)).toBe('');
});

test('an exit code is shown where there was one', () => {
  expect(exitCodeOf({ status: 'Success', exitCode: 0 })).toBe(0);
  expect(exitCodeOf({ status: 'Skipped', because: 'not here' })).toBeNull();
  expect(exitCodeOf(null)).toBeNull();
});
