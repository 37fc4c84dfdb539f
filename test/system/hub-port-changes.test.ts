import { expect, test } from 'vitest';
import { clientByLink, ServedApp, until } from './served-app.ts';

test('the agent of this computer follows the hub to another port at the next start, also when it outlived a kill', async () => {
  const app = await ServedApp.start();
  try {
    for (let starts = 0; starts < 2; starts += 1) {
      const client = await clientByLink(await app.link());
      const node = await until(client, async () => {
        const page = await client.nodes.list({
          search: '',
          pingStatus: null,
          connectedOnly: true,
          sort: 'name',
          order: 'ascending',
          offset: 0,
          limit: 1,
        });
        return page.rows[0] ?? null;
      });
      expect(node.origin).toBe('LocalAgent');
      if (starts === 0) await app.killAndRestart({ hubPort: '0' });
    }
  } finally {
    await app.remove();
  }
});
