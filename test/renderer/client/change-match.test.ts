import { expect, test } from 'vitest';
import { AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Change } from '../../../electron/api/changes.ts';
import { concerns } from '../../../renderer/client/change-match.ts';

const nodeId = NodeId.parse('mi-0123456789abcdef0');
const otherNode = NodeId.parse('mi-ffffffffffffffff0');
const executionId = ExecutionId.parse('0190f0e0-0000-7000-8000-000000000001');
const associationId = AssociationId.parse('0190f0e0-0000-7000-8000-000000000002');

const some = (...changes: Change[]) => ({ kind: 'some' as const, changes });

test('“everything” concerns whoever asks for anything, and whoever asks for nothing in particular', () => {
  expect(concerns({ kind: 'everything' }, [{ kind: 'node' }])).toBe(true);
  expect(concerns({ kind: 'everything' }, [])).toBe(true);
});

test('a kind without ids is any change of that kind', () => {
  expect(concerns(some({ kind: 'node', nodeId }), [{ kind: 'node' }])).toBe(true);
  expect(concerns(some({ kind: 'document', name: 'a' }), [{ kind: 'node' }])).toBe(false);
});

test('every id that is named has to fit, and those that are not may be anything', () => {
  const change = some({ kind: 'target', executionId, nodeId });
  expect(concerns(change, [{ kind: 'target', nodeId }])).toBe(true);
  expect(concerns(change, [{ kind: 'target', executionId, nodeId }])).toBe(true);
  expect(concerns(change, [{ kind: 'target', executionId, nodeId: otherNode }])).toBe(false);
});

test('one fitting change among many is enough', () => {
  const changes = some({ kind: 'node', nodeId: otherNode }, { kind: 'compliance', nodeId, associationId });
  expect(concerns(changes, [{ kind: 'compliance', associationId }, { kind: 'sample-lab' }])).toBe(true);
});

test('a notice of no changes concerns nobody', () => {
  expect(concerns(some(), [{ kind: 'node' }])).toBe(false);
});
