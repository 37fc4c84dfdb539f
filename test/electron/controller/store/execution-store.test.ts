import { describe, expect, test } from 'vitest';
import type { ExecutionPageQuery } from '../../../../electron/controller/store/execution-pages.ts';
import type { Execution } from '../../../../electron/domain/execution.ts';
import { NO_TARGETS } from '../../../../electron/domain/execution.ts';
import { anExecutionQuery } from './execution-query.ts';
import { minutesOn, NOW } from './instants.ts';
import {
  anExecution,
  aStep,
  aStoredAssociation,
  associationId,
  aTarget,
  executionId,
  insertExecution,
  insertNodes,
  nodeId,
} from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

/** A site with five nodes and two associations. */
function aSite() {
  const stores = temporaryStores();
  insertNodes(stores, 5);
  stores.associations.insert(aStoredAssociation(1));
  stores.associations.insert(aStoredAssociation(2));
  return stores;
}

describe('an execution', () => {
  test('comes back as it was stored, with its targets', () => {
    const { executions } = aSite();
    const { execution, targets } = insertExecution({ executions }, anExecution(1, { trigger: 'Schedule', fireAt: minutesOn(1) }), {
      nodes: [2, 1],
    });
    expect(executions.find(executionId(1))).toEqual(execution);
    expect(executions.target(executionId(1), nodeId(2))).toEqual(targets[0]);
    expect([executions.exists(executionId(1)), executions.exists(executionId(2))]).toEqual([true, false]);
    expect([executions.find(executionId(2)), executions.target(executionId(1), nodeId(3))]).toEqual([null, null]);
  });

  test('is stored whole or not at all', () => {
    const { executions } = aSite();
    const execution = anExecution(1);
    expect(() => executions.insert(execution, [aTarget(execution, 1), aTarget(execution, 99)])).toThrow('FOREIGN KEY');
    expect(executions.exists(execution.executionId)).toBe(false);
    expect(executions.latestCounts(associationId(1))).toEqual(NO_TARGETS);
  });

  test('of an occurrence that is known already is refused', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1] });
    expect(() => insertExecution({ executions }, anExecution(1), { nodes: [1] })).toThrow('UNIQUE');
  });

  test('is unfinished until it is final, oldest first', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1, { createdAt: minutesOn(5) }), { nodes: [1] });
    insertExecution({ executions }, anExecution(2, { associationId: associationId(2) }), { nodes: [1] });
    const { execution } = insertExecution({ executions }, anExecution(3), { nodes: [1] });
    const ids = (list: readonly { executionId: string }[]) => list.map((one) => one.executionId);
    expect(ids(executions.unfinished())).toEqual([executionId(1), executionId(2), executionId(3)]);
    executions.update({ ...execution, status: 'Failed', detailedStatus: 'Cancelled', cancelRequestedAt: minutesOn(1) });
    expect(executions.find(executionId(3))).toMatchObject({ status: 'Failed', cancelRequestedAt: minutesOn(1) });
    expect(ids(executions.unfinishedOfAssociation(associationId(1)))).toEqual([executionId(1)]);
    expect(executions.unfinishedCount()).toBe(2);
    expect(executions.recent(2)).toEqual([executionId(3), executionId(2)]);
    expect(executions.newestStatuses(associationId(1)).map(({ status }) => status)).toEqual(['Failed']);
  });
});

describe('targets', () => {
  test('wait in the order in which they were inserted, which is not that of their ids', () => {
    const { executions } = aSite();
    const { targets } = insertExecution({ executions }, anExecution(1), { nodes: [4, 2, 5, 1] });
    const [first, second, third] = targets;
    if (first) executions.updateTarget({ ...first, status: 'InProgress', detailedStatus: 'InProgress' });
    if (third) executions.updateTarget({ ...third, status: 'Queued', detailedStatus: 'Queued' });
    const nodes = (list: readonly { nodeId: string }[]) => list.map((target) => target.nodeId);
    expect(nodes(executions.waitingTargets(executionId(1), 2))).toEqual([nodeId(2), nodeId(5)]);
    expect(nodes(executions.waitingTargets(executionId(1), 9))).toEqual([nodeId(2), nodeId(5), nodeId(1)]);
    expect(nodes(executions.unfinishedTargets(executionId(1)))).toEqual([nodeId(4), nodeId(2), nodeId(5), nodeId(1)]);
    expect(executions.unfinishedTargetsOfNode(nodeId(2))).toEqual([second]);
  });

  test('that run are counted over all unfinished executions of their association', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1, { status: 'InProgress' }), { nodes: [1, 2], status: 'InProgress' });
    insertExecution({ executions }, anExecution(2), { nodes: [3], status: 'InProgress' });
    insertExecution({ executions }, anExecution(3, { associationId: associationId(2) }), { nodes: [1], status: 'InProgress' });
    expect(executions.runningOfAssociation(associationId(1))).toBe(3);
    executions.updateTarget(aTarget(anExecution(1), 1, { status: 'Success' }));
    expect(executions.runningOfAssociation(associationId(1))).toBe(2);
  });

  test('keep all that is said of them', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1] });
    const ended = aTarget(anExecution(1), 1, {
      status: 'Failed',
      detailedStatus: 'Failed',
      dispatchedAt: minutesOn(1),
      startedAt: minutesOn(2),
      endedAt: minutesOn(3),
      errorCode: 'E-DOCUMENT',
      executionSummary: 'The operation “x” failed.\n',
    });
    executions.updateTarget(ended);
    expect(executions.target(executionId(1), nodeId(1))).toEqual(ended);
    expect(executions.unfinishedTargetsOfNode(nodeId(1))).toEqual([]);
  });
});

describe('the latest target of an association on a node', () => {
  test('is that of the newest execution, with its version', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1, 2], status: 'Success' });
    insertExecution({ executions }, anExecution(2, { associationVersion: 2 }), { nodes: [1] });
    expect(executions.latestTarget(associationId(1), nodeId(1))).toMatchObject({ executionId: executionId(2), associationVersion: 2 });
    expect(executions.latestTarget(associationId(1), nodeId(2))).toMatchObject({ executionId: executionId(1), associationVersion: 1 });
    expect(executions.latestTarget(associationId(2), nodeId(1))).toBeNull();
  });

  test('is one for each association that is there', () => {
    const { executions, associations } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1] });
    insertExecution({ executions }, anExecution(2, { associationId: associationId(2) }), { nodes: [1] });
    insertExecution({ executions }, anExecution(3), { nodes: [1] });
    const latest = () => executions.latestTargetsOfNode(nodeId(1)).map((target) => target.executionId);
    expect(latest()).toEqual([executionId(3), executionId(2)]);
    associations.delete(associationId(1), minutesOn(1));
    expect(latest()).toEqual([executionId(2)]);
  });

  test('counts once, in the status it has now', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1, 2, 3], status: 'Success' });
    insertExecution({ executions }, anExecution(2), { nodes: [1, 2] });
    expect(executions.latestCounts(associationId(1))).toEqual({ ...NO_TARGETS, Pending: 2, Success: 1 });
    executions.updateTarget(aTarget(anExecution(2), 1, { status: 'Failed' }));
    expect(executions.latestCounts(associationId(1))).toEqual({ ...NO_TARGETS, Pending: 1, Failed: 1, Success: 1 });
    // What an older execution still has to say no longer counts.
    executions.updateTarget(aTarget(anExecution(1), 1, { status: 'TimedOut' }));
    expect(executions.latestCounts(associationId(1))).toEqual({ ...NO_TARGETS, Pending: 1, Failed: 1, Success: 1 });
    expect(executions.latestCounts(associationId(2))).toEqual(NO_TARGETS);
  });
});

describe('steps', () => {
  test('are in the order of the document, each with the last thing that was said of it', () => {
    const { executions } = aSite();
    const { targets } = insertExecution({ executions }, anExecution(1), { nodes: [1] });
    const target = targets[0] ?? aTarget(anExecution(1), 1);
    const stdout = { bytes: 30_000, droppedBytes: 0, head: 'é\u0000\n'.repeat(8000) };
    const finished = aStep(target, {
      attempt: 2,
      status: 'Failed',
      endedAt: minutesOn(1),
      result: { status: 'Failed', exitCode: 3, reason: 'exit status 3' },
      stdout,
      stderr: { bytes: 0, droppedBytes: 0, head: '' },
    });
    executions.putStep(aStep(target, { stepIndex: 1, status: 'NotStarted', startedAt: null }));
    executions.putStep(aStep(target));
    executions.putStep(finished);
    expect(executions.step(executionId(1), nodeId(1), 0)).toEqual(finished);
    expect(executions.steps(executionId(1), nodeId(1)).map((step) => step.stepIndex)).toEqual([0, 1]);
    expect([executions.step(executionId(1), nodeId(1), 2), executions.steps(executionId(1), nodeId(2))]).toEqual([null, []]);
  });
});

describe('a page of executions', () => {
  const pageOf = (query: Partial<ExecutionPageQuery>) => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1, { createdAt: minutesOn(9) }), { nodes: [1, 2] });
    insertExecution({ executions }, anExecution(2, { status: 'Success', createdAt: minutesOn(2), associationVersion: 2 }), { nodes: [1] });
    insertExecution({ executions }, anExecution(3, { associationId: associationId(2), trigger: 'Manual' }), { nodes: [2] });
    insertExecution({ executions }, anExecution(4, { associationId: associationId(2), status: 'Success', trigger: 'Manual' }), {
      nodes: [1],
    });
    const { rows, total } = executions.page(anExecutionQuery(query));
    return [rows.map((row) => [4, 3, 2, 1].find((number) => executionId(number) === row.executionId)), total];
  };
  const [first, second] = [{ associationId: associationId(1) }, { associationId: associationId(2) }];
  const onNode = { nodeId: nodeId(1) };

  test.for<[Partial<ExecutionPageQuery>, number[]]>([
    [{}, [4, 3, 2, 1]],
    [first, [2, 1]],
    [onNode, [4, 2, 1]],
    [{ status: 'Success' }, [4, 2]],
    [{ ...second, status: 'Pending' }, [3]],
    [{ ...first, nodeId: nodeId(2) }, [1]],
    [{ ...onNode, status: 'Success' }, [4, 2]],
    [{ ...onNode, ...first, status: 'Pending' }, [1]],
    [{ nodeId: nodeId(5) }, []],
    [{ trigger: 'Manual' }, [4, 3]],
    [{ ...onNode, trigger: 'Manual' }, [4]],
    [{ ...first, associationVersion: 2 }, [2]],
    [{ executionId: executionId(2) }, [2]],
    [{ executionId: executionId(2), trigger: 'Manual' }, []],
    [{ createdAt: minutesOn(2) }, [2]],
    [{ createdAfter: minutesOn(2) }, [1]],
    [{ createdAfter: NOW, createdBefore: minutesOn(9) }, [2]],
    [{ createdBefore: minutesOn(1), status: 'Pending', trigger: 'Manual', ...second, nodeId: nodeId(2) }, [3]],
  ])('filtered by %j is newest first, as it arrived', ([query, expected]) => {
    expect(pageOf(query)).toEqual([expected, expected.length]);
  });

  test('says how many there are in all', () => {
    expect(pageOf({ offset: 1, limit: 1 })).toEqual([[3], 4]);
    expect(pageOf({ ...onNode, offset: 9 })).toEqual([[], 3]);
  });
});

test('the runs of each version of an association are counted, with the last of them', () => {
  const { executions } = aSite();
  insertExecution({ executions }, anExecution(1), { nodes: [1] });
  insertExecution({ executions }, anExecution(2, { associationVersion: 2, createdAt: minutesOn(1) }), { nodes: [1] });
  insertExecution({ executions }, anExecution(3, { associationVersion: 2, createdAt: minutesOn(2), status: 'Failed' }), { nodes: [1] });
  insertExecution({ executions }, anExecution(4, { associationId: associationId(2), associationVersion: 2 }), { nodes: [1] });
  expect(executions.versionRuns(associationId(1))).toEqual([
    { associationVersion: 1, executions: 1, failed: 0, lastAt: NOW },
    { associationVersion: 2, executions: 2, failed: 1, lastAt: minutesOn(2) },
  ]);
});

test('a page of targets has the names of their nodes, also of those that are gone', () => {
  const { executions, nodes } = aSite();
  insertExecution({ executions }, anExecution(1), { nodes: [3, 1, 2] });
  executions.updateTarget(aTarget(anExecution(1), 1, { status: 'Failed' }));
  nodes.deregister(nodeId(3), minutesOn(1));
  const pageOf = (status: 'Failed' | null, offset = 0, search = '') => {
    const { rows, total } = executions.targetsPage({ executionId: executionId(1), status, search, offset, limit: 2 });
    return [rows.map((row) => row.nodeName), total];
  };
  expect(pageOf(null)).toEqual([['lab-3', 'lab-1'], 3]);
  expect(pageOf(null, 2)).toEqual([['lab-2'], 3]);
  expect(pageOf('Failed')).toEqual([['lab-1'], 1]);
  expect(pageOf(null, 0, 'LAB-2')).toEqual([['lab-2'], 1]);
  expect(pageOf('Failed', 0, 'lab-2')).toEqual([[], 0]);
});

describe('the newer execution that took the place of an older one', () => {
  test('is the next interval where something still ran, and the next one on its nodes where something waited', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1, { overlapEndsAt: minutesOn(9) }), { nodes: [1] });
    insertExecution({ executions }, anExecution(2, { trigger: 'NodeMatched' }), { nodes: [3] });
    insertExecution({ executions }, anExecution(3, { trigger: 'Schedule', createdAt: minutesOn(3) }), { nodes: [1, 2] });
    executions.updateTarget(aTarget(anExecution(2), 3, { status: 'Skipped', detailedStatus: 'Superseded' }));
    insertExecution({ executions }, anExecution(4, { trigger: 'Manual', createdAt: minutesOn(4) }), { nodes: [3] });
    const successorOf = (number: number, settings: Partial<Execution> = {}) => executions.successor(anExecution(number, settings));
    expect(successorOf(1, { overlapEndsAt: minutesOn(9) })).toEqual({ executionId: executionId(3), createdAt: minutesOn(3) });
    expect(successorOf(2)).toEqual({ executionId: executionId(4), createdAt: minutesOn(4) });
  });

  test('is none where nothing was given up', () => {
    const { executions } = aSite();
    insertExecution({ executions }, anExecution(1), { nodes: [1] });
    insertExecution({ executions }, anExecution(2, { trigger: 'Schedule' }), { nodes: [1] });
    expect(executions.successor(anExecution(1))).toBeNull();
  });
});
