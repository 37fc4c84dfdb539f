import { expect, test, vi } from 'vitest';
import { executionDeadlines } from '../../../../electron/controller/store/execution-deadlines.ts';
import { openTemporary } from './temporary-database.ts';

/** How SQLite answers each statement of the deadlines, in the order in which they are made. */
function plans(): string[] {
  const { connection, statements } = openTemporary();
  const prepare = vi.spyOn(connection, 'prepare');
  executionDeadlines(statements);
  const texts = prepare.mock.calls.map(([text]) => text);
  prepare.mockRestore();
  return texts.map((text) => {
    const values = Array.from(text.matchAll(/\?/g), () => null);
    const steps = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...values);
    return steps.map(({ detail }) => detail).join('; ');
  });
}

test('deadlines are found by the indexes that are made for them, however many executions are not over', () => {
  const found = plans();
  expect(found.filter((plan) => plan.includes('executionByCutOff'))).toHaveLength(2);
  expect(found.filter((plan) => plan.includes('executionByOverlapEnd'))).toHaveLength(2);
  expect(found.filter((plan) => plan.includes('executionTargetByStuck'))).toHaveLength(2);
  expect(found.filter((plan) => plan.includes('executionTargetUnfinished'))).toHaveLength(2);
});
