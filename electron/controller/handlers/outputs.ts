import type { Retention } from '../../api/outputs.ts';
import { deleteDestination, putDestination, testDestination, usersOf } from '../operations/output-destinations.ts';
import { askForStalled, freeableOutputs, freeOutputs } from '../operations/retain-outputs.ts';
import type { Site } from './implementer.ts';
import { os } from './implementer.ts';

const notYet = (): Promise<false> => new Promise((resolve) => setImmediate(() => resolve(false)));

async function retention({ context }: Site): Promise<Retention> {
  const isCounted = await Promise.race([context.outputs.counted.then(() => true), notYet()]);
  return { settings: context.stores.retention.settings(), usedBytes: context.outputs.usage(), isCounted };
}

export const outputHandlers = {
  retention: os.outputs.retention.handler(({ context: { site } }) => retention(site)),
  setRetention: os.outputs.setRetention.handler(async ({ context: { site }, input }) => {
    site.context.stores.retention.setSettings(input);
    await site.outputKeeper.runAgain();
    askForStalled(site.context);
    site.changes.publish({ kind: 'site' });
    return retention(site);
  }),
  freeable: os.outputs.freeable.handler(({ context: { site }, input }) => freeableOutputs(site.context, input.olderThanDays)),
  free: os.outputs.free.handler(async ({ context: { site }, input }) => {
    const freed = await freeOutputs(site.context, input.olderThanDays);
    site.changes.publish({ kind: 'site' });
    return freed;
  }),
  destinations: os.outputs.destinations.handler(({ context: { site } }) =>
    site.context.stores.outputDestinations
      .list()
      .map((destination) => ({ destination, associations: usersOf(site.context, destination.name) })),
  ),
  putDestination: os.outputs.putDestination.handler(({ context: { site }, input }) => putDestination(site.context, input)),
  testDestination: os.outputs.testDestination.handler(({ context: { site }, input }) => testDestination(site.context, input)),
  deleteDestination: os.outputs.deleteDestination.handler(({ context: { site }, input }) => deleteDestination(site.context, input.name)),
};
