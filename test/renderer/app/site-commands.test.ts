import { expect, test } from 'vitest';
import { siteCommands } from '../../../renderer/app/site-commands.ts';
import { routeOf } from '../../../renderer/routes.ts';
import { executionFilterOf } from '../../../renderer/terms/execution-query.ts';

test('the palette leads to what ran last night, and to what failed', () => {
  const now = new Date(2026, 2, 10, 9);
  const went: string[] = [];
  for (const { id, run } of siteCommands((address) => went.push(address), now)) if (id.startsWith('last') || id.startsWith('failed')) run();
  const filters = went.map((address) => {
    const route = routeOf(address);
    return route.page === 'executions' ? executionFilterOf(route.filter) : null;
  });
  expect(filters).toMatchObject([
    { status: null, createdAfter: new Date(2026, 2, 9, 18), createdBefore: new Date(2026, 2, 10, 7) },
    { status: 'Failed', createdAfter: new Date(2026, 2, 9, 9), createdBefore: null },
  ]);
});
