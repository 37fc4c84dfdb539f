import { expect, test } from 'vitest';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { StepResult } from '../../../agent/protocol/status.ts';
import { changedSettings, runsOnSave } from '../../../electron/domain/association.ts';
import type { ExecutionTarget } from '../../../electron/domain/execution.ts';
import { targetAfter } from '../../../electron/domain/execution.ts';
import { newExecutionId, scheduledExecutionId } from '../../../electron/domain/occurrence.ts';
import { stepAfter } from '../../../electron/domain/step.ts';
import { anAssociation } from '../../builders/association.ts';

const now = new Date('2026-03-01T02:00:00Z');
const associationId = AssociationId.parse('0f4e7a3c-52d4-4b0e-9a3f-6d1c0f4e8a27');
const nodeId = NodeId.parse(`mi-${'0'.repeat(17)}`);
const executionId = newExecutionId(now);

test('an association runs when it is created, and when an edit changes what nodes do', () => {
  const before = anAssociation({ scheduleExpression: 'rate(1 hour)' });
  expect(runsOnSave(null, before)).toBe(true);
  expect(runsOnSave(before, { ...before, scheduleExpression: 'rate(2 hours)' })).toBe(true);
  expect(runsOnSave(before, { ...before, parameters: { commands: ['false'] } })).toBe(true);
});

test('a pure rename or a new severity runs nothing', () => {
  const before = anAssociation();
  expect(runsOnSave(before, { ...before, associationName: 'New-Name', complianceSeverity: 'HIGH' })).toBe(false);
});

test('every other setting is felt by nodes', () => {
  const before = anAssociation();
  expect(runsOnSave(before, { ...before, syncCompliance: 'MANUAL' })).toBe(true);
  expect(runsOnSave(before, { ...before, calendarNames: ['Maintenance'] })).toBe(true);
});

test('the order in which parameters and the parts of a setting were written is no change', () => {
  const before = anAssociation({
    parameters: { commands: ['true'], workingDirectory: ['/tmp'] },
    alarmConfiguration: { alarmName: 'cooling', ignorePollAlarmFailure: true },
  });
  const after = {
    ...before,
    associationName: 'New-Name',
    parameters: { workingDirectory: ['/tmp'], commands: ['true'] },
    alarmConfiguration: { ignorePollAlarmFailure: true, alarmName: 'cooling' },
  };
  expect(changedSettings(before, after)).toEqual(['associationName']);
  expect(runsOnSave(before, after)).toBe(false);
});

test('with ApplyOnlyAtCronInterval nothing runs at creation or at an edit', () => {
  const waiting = anAssociation({ scheduleExpression: 'cron(0 2 ? * SUN *)', applyOnlyAtCronInterval: true });
  expect(runsOnSave(null, waiting)).toBe(false);
  expect(runsOnSave({ ...waiting, parameters: {} }, waiting)).toBe(false);
});

test('everyone computes the same id for one fire of one version, and another id for every other fire', () => {
  const id = scheduledExecutionId(associationId, 3, now);
  expect(scheduledExecutionId(associationId, 3, new Date(now))).toBe(id);
  expect(scheduledExecutionId(associationId, 4, now)).not.toBe(id);
  expect(scheduledExecutionId(associationId, 3, new Date(now.getTime() + 60_000))).not.toBe(id);
});

const running: ExecutionTarget = {
  executionId,
  associationId,
  nodeId,
  status: 'InProgress',
  detailedStatus: 'InProgress',
  dispatchedAt: now,
  startedAt: now,
  endedAt: null,
  errorCode: null,
  executionSummary: '',
  changeCount: null,
  driftCount: null,
  stuckAt: null,
};

test('a report that comes twice, or after the end, changes nothing', () => {
  const finished = { kind: 'execution-finished', executionId, at: now.toISOString(), status: 'TimedOut' } as const;
  const ended = targetAfter(running, finished);
  expect(ended).toMatchObject({ status: 'TimedOut', detailedStatus: 'ExecutionTimedOut' });
  expect(targetAfter(ended, finished)).toBe(ended);
  expect(targetAfter(ended, { ...finished, status: 'Success' })).toBe(ended);
  expect(targetAfter(running, { kind: 'execution-started', executionId, at: now.toISOString() })).toBe(running);
});

test('a later attempt of a step takes the place of an earlier one, and never the other way round', () => {
  const started = { kind: 'step-started', executionId, stepIndex: 0, at: now.toISOString() } as const;
  const first = stepAfter(null, nodeId, { ...started, attempt: 1 });
  const second = stepAfter(first, nodeId, { ...started, attempt: 2 });
  expect(second).toMatchObject({ attempt: 2, status: 'InProgress' });
  expect(stepAfter(second, nodeId, { ...started, attempt: 1 })).toBe(second);
});

test('a step that waits for a restart of its machine says later why it still does, and hears nothing twice', () => {
  const nothing = { bytes: 0, droppedBytes: 0, head: '' };
  const finished = (result: StepResult) =>
    ({
      kind: 'step-finished',
      executionId,
      stepIndex: 0,
      attempt: 1,
      startedAt: now.toISOString(),
      at: now.toISOString(),
      result,
      stdout: nothing,
      stderr: nothing,
    }) as const;
  const waiting = stepAfter(null, nodeId, finished({ status: 'SuccessAndReboot', exitCode: 194 }));
  expect(stepAfter(waiting, nodeId, finished({ status: 'SuccessAndReboot', exitCode: 194 }))).toBe(waiting);
  expect(stepAfter(waiting, nodeId, finished({ status: 'Success', exitCode: 0 }))).toBe(waiting);
  const explained = stepAfter(waiting, nodeId, finished({ status: 'SuccessAndReboot', exitCode: 194, notRestarted: 'It must be root.' }));
  expect(explained.result).toMatchObject({ notRestarted: 'It must be root.' });
});
