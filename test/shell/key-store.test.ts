import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { trayShows } from './in-main.ts';
import { describeOnEachBackEnd, Launcher } from './launch-app.ts';
import { buildWithStandIn } from './stand-in/build.ts';

describeOnEachBackEnd('the computer’s key store', (backEnd) => {
  const launcher = new Launcher(backEnd);
  let app: string;

  beforeAll(async () => {
    app = await buildWithStandIn(launcher.newFolder());
  });
  afterEach(() => launcher.endApps());
  afterAll(() => launcher.end());

  test.skipIf(!backEnd.hasKeyStore)(
    'what the controller asks to seal comes back sealed, and unsealed only for the controller',
    async () => {
      const running = await launcher.launchApp({ app, env: { HOLDFAST_STAND_IN: 'seal' } });
      await running.inMain(trayShows, 'unsealed crown jewels');
      const page = await running.page();
      await page.getByText('port 1: answered').waitFor();
      expect(await page.content()).not.toContain('crown jewels');
    },
  );

  test('without a key store that really protects, the controller is offered none, and told why', async () => {
    const running = await launcher.launchApp({ app, keyStore: false });
    const page = await running.page();
    await page.getByText('port 1: answered').waitFor();
    const told: string[] = await page.evaluate(async () => (await Reflect.get(window, 'controller').whoAreYou()).argumentsGiven);
    expect(told.slice(-4)).toEqual(['--vault', 'none', '--no-vault-because', expect.stringContaining('key store')]);
  });

  test('a controller that asks a key store that is not there gets an answer, and no secret is kept openly', async () => {
    const running = await launcher.launchApp({ app, keyStore: false, env: { HOLDFAST_STAND_IN: 'seal' } });
    await running.inMain(trayShows, 'the key store said: ');
  });
});
