import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { startController } from './controller/controller.ts';
import { fileVault } from './controller/hub/file-vault.ts';
import { openLogFile } from './controller/json-log.ts';
import { prepareDataFolder } from './controller/store/data-folder.ts';
import { systemClock } from './controller/system-clock.ts';
import { Fault } from './domain/faults.ts';
import { anyAddress } from './host/any-address.ts';
import { readAppVersion } from './host/app-version.ts';
import { defaultDataFolder } from './host/default-data-folder.ts';
import { openInBrowser } from './serve/browser.ts';
import { askRunningInstance } from './serve/running-instance.ts';
import { startServe } from './serve/serve.ts';

/** The window's port is any free one: its address is printed. */
const PORTS = { window: 0, hub: 8443 };
/** How long everything may take to end after Ctrl-C; the agents get three seconds of it. */
const STOP_MS = 4_500;
const EXIT_ALREADY_RUNNING = 3;

const Port = z.coerce.number().int().min(0).max(65_535);
const Options = z.object({
  port: Port.default(PORTS.window),
  'hub-port': Port.default(PORTS.hub),
  data: z.string().min(1).optional(),
  'sample-lab': z.coerce.number().int().min(0).max(50).optional(),
});
type Options = z.infer<typeof Options>;

/** What counts at a start only: Holdfast that runs already does not take it up. */
const AT_A_START = ['port', 'hub-port', 'sample-lab'] as const;

/** `given`: the options that count at a start only, as they were written. */
function readOptions(): { options: Options; given: string[] } {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'hub-port': { type: 'string' }, data: { type: 'string' }, 'sample-lab': { type: 'string' } },
  });
  const options = Options.parse(values);
  return { options, given: AT_A_START.flatMap((name) => (values[name] === undefined ? [] : [`--${name} ${options[name]}`])) };
}

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

async function tellWhereItRuns(dataFolder: string, fault: Fault, given: readonly string[]): Promise<void> {
  const running = await askRunningInstance(join(dataFolder, 'instance.json'));
  if (running === null) {
    say(`${fault.message}\n${fault.remedy}`);
    return;
  }
  say(`Holdfast is running on ${dataFolder} already (process ${running.pid}): ${running.link}`);
  if (given.length > 0)
    say(`Not applied, because it counts at a start only: ${given.join(', ')}. End Holdfast there first, then start it so.`);
}

async function run(options: Options): Promise<void> {
  const dataFolder = options.data ?? defaultDataFolder();
  prepareDataFolder(dataFolder);
  const clock = systemClock();
  const log = openLogFile(dataFolder);
  const controller = await startController({
    dataFolder,
    hubHost: anyAddress(),
    hubPort: options['hub-port'],
    vault: fileVault,
    clock,
    log,
    version: readAppVersion(beside('../../package.json')),
    agent: { file: beside('../agent/holdfast-agent.mjs'), node: process.execPath },
    sampleLab: options['sample-lab'] ?? null,
  });
  const serve = await startServe({
    port: options.port,
    rendererFolder: beside('../renderer'),
    log,
    serveSocket: controller.serveSocket,
    now: () => clock.now(),
    instanceFile: join(dataFolder, 'instance.json'),
  }).catch(async (cause: unknown) => {
    await controller.stop();
    throw cause;
  });
  endOnSignal(async () => {
    await serve.close();
    await controller.stop();
  });
  const link = serve.newLink();
  say(`Data: ${dataFolder}. Agents connect to port ${controller.hubPort}. Ctrl-C ends Holdfast.`);
  say(`Holdfast is ready: ${link}`);
  openInBrowser(link, log);
}

/** Ctrl-C, a service manager's stop, or the end of whoever started us: everything ends, within five seconds. */
function endOnSignal(stop: () => Promise<void>): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    say('Holdfast is stopping.');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (cause: unknown) => {
        process.stderr.write(`${String(cause)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
}

const { options, given } = readOptions();
try {
  await run(options);
} catch (cause) {
  if (!(cause instanceof Fault)) throw cause;
  if (cause.code === 'E-ALREADY-RUNNING') {
    await tellWhereItRuns(options.data ?? defaultDataFolder(), cause, given);
    process.exit(EXIT_ALREADY_RUNNING);
  }
  process.stderr.write(`${cause.message} (${cause.code})\n${cause.remedy}\n`);
  process.exit(1);
}
