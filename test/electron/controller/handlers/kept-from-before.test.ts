import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { ActivationId } from '../../../../agent/protocol/ids.ts';
import { router } from '../../../../electron/controller/handlers/router.ts';
import { openSimulatedSite } from '../../../simulation/simulated-site.ts';

/** No name or tag may have this any more: it turns the direction of writing. */
const ODD = 'lab\u202e';

test('what was saved before a rule became stricter is still listed and counted', async () => {
  const site = openSimulatedSite();
  const nodeId = site.addNode({ tags: { [ODD]: ODD } });
  const now = site.clock.now();
  site.perform(({ stores, index }) => {
    stores.groups.insert({
      name: 'aws.old',
      description: ODD,
      tagFilters: [{ key: ODD, values: [ODD] }],
      createdAt: now,
      lastUpdatedAt: now,
    });
    index.groupChanged('aws.old');
    stores.alarms.put({ name: ODD, state: 'OK', reason: ODD, changedAt: now });
    stores.activations.insert(
      {
        activationId: ActivationId.parse('5f6f1c9e-0b7e-4a53-9a4e-1de6a53f2b11'),
        description: ODD,
        defaultInstanceName: ODD,
        registrationLimit: 1,
        registrationsCount: 0,
        createdAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
        tags: [{ key: ODD, value: ODD }],
      },
      'hash',
    );
  });
  const { context } = site;
  const nobody = new Proxy({}, { get: () => () => undefined });
  const client = createRouterClient(router, {
    context: { site: Object.assign({ context, changes: context.changes }, { localFleet: nobody }) as never },
  });
  const page = { offset: 0, limit: 10 };
  const tags = [{ key: ODD, value: ODD }];
  expect(await client.nodes.get({ nodeId })).toMatchObject({ tags });
  expect(await client.groups.list({ ...page, search: '' })).toMatchObject({ rows: [{ name: 'aws.old', memberCount: 1 }] });
  expect(await client.groups.members({ ...page, name: 'aws.old' })).toMatchObject({ rows: [{ nodeId, tags }] });
  expect(await client.site.alarms()).toMatchObject([{ name: ODD, reason: ODD }]);
  expect(await client.activations.list()).toMatchObject([{ description: ODD, tags }]);
  expect(site.errors).toEqual([]);
});
