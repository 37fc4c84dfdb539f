import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type FromController, OfferedVault, ToController, type VaultAnswer } from './api/host-messages.ts';
import { type Controller, startController } from './controller/controller.ts';
import { fileVault } from './controller/hub/file-vault.ts';
import { openLogFile } from './controller/json-log.ts';
import type { Vault } from './controller/ports/vault.ts';
import { prepareDataFolder } from './controller/store/data-folder.ts';
import { systemClock } from './controller/system-clock.ts';
import { Fault } from './domain/faults.ts';
import { anyAddress } from './host/any-address.ts';
import { readAppVersion } from './host/app-version.ts';

// The controller as a process of the desktop app. Main gives it windows' ports and the computer's key store, and hears how it fares.

type Port = Parameters<Controller['servePort']>[0] & { start(): void };
type ParentPort = { postMessage(message: FromController): void; on(event: 'message', listener: (event: unknown) => void): void };

const has = (value: unknown, ...methods: readonly string[]) =>
  typeof value === 'object' && value !== null && methods.every((method) => typeof Reflect.get(value, method) === 'function');

/** A message from main as Electron delivers it, of which only this is used. */
const Arrival = z.object({ data: ToController, ports: z.array(z.custom<Port>((port) => has(port, 'postMessage', 'start'))).max(1) });

const Options = z.object({
  data: z.string(),
  'hub-port': z.coerce.number().int().default(8443),
  'sample-lab': z.coerce.number().int().nullable().default(null),
  vault: OfferedVault,
  'no-vault-because': z.string().default(''),
});

const parent = parentPort();
const hostVault = vaultOf(parent);
const starting = start();
parent.on('message', (event) => hear(Arrival.parse(event)));
starting.then(({ hubPort }) => parent.postMessage({ kind: 'ready', hubPort }), refuse);

async function start(): Promise<Controller> {
  const words = { data: text(), 'hub-port': text(), 'sample-lab': text(), vault: text(), 'no-vault-because': text() };
  const options = Options.parse(parseArgs({ options: words }).values);
  prepareDataFolder(options.data);
  const log = openLogFile(options.data);
  if (options.vault === 'none') log.info('keys-not-sealed', { because: options['no-vault-because'], protectedBy: 'file modes' });
  return startController({
    dataFolder: options.data,
    hubHost: anyAddress(),
    hubPort: options['hub-port'],
    vault: options.vault === 'none' ? fileVault : hostVault.vault,
    clock: systemClock(),
    log,
    version: readAppVersion(join(import.meta.dirname, '../../package.json')),
    agent: { file: join(import.meta.dirname, '../agent/holdfast-agent.mjs'), node: process.execPath },
    sampleLab: options['sample-lab'],
    onStatus: (status) => parent.postMessage({ kind: 'status', status }),
  });
}

function hear({ data, ports: [port] }: z.infer<typeof Arrival>): void {
  switch (data.kind) {
    case 'window':
      // A controller that could not start has said so; its windows get no answer.
      if (port === undefined) return;
      void starting.then(
        (controller) => serve(controller, port),
        () => undefined,
      );
      return;
    case 'vault-answer':
      hostVault.settle(data.request, data.answer);
      return;
    case 'stop':
      void starting.then((controller) => controller.stop()).finally(() => process.exit(0));
  }
}

function serve(controller: Controller, port: Port): void {
  controller.servePort(port);
  port.start();
}

/** What a person can mend is told to main, which then asks this process to stop. Anything else ends it, and main starts another. */
function refuse(cause: unknown): void {
  if (!(cause instanceof Fault)) throw cause;
  parent.postMessage({ kind: 'refused', refusal: { code: cause.code, title: cause.message, remedy: cause.remedy } });
}

/** The key store is main's: Electron gives it to no other process. */
function vaultOf(main: ParentPort): { vault: Vault; settle(request: number, answer: VaultAnswer): void } {
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let requests = 0;
  function ask(message: { kind: 'seal'; secret: string } | { kind: 'unseal'; sealed: string }): Promise<Uint8Array> {
    requests += 1;
    const answer = Promise.withResolvers<Uint8Array>();
    waiting.set(requests, answer);
    main.postMessage({ ...message, request: requests });
    return answer.promise;
  }
  return {
    vault: {
      kind: 'safe-storage',
      seal: (secret) => ask({ kind: 'seal', secret: Buffer.from(secret).toString('base64') }),
      unseal: (sealed) => ask({ kind: 'unseal', sealed: Buffer.from(sealed).toString('base64') }),
    },
    settle(request, answer) {
      const asked = waiting.get(request);
      waiting.delete(request);
      if (answer.ok) asked?.resolve(Buffer.from(answer.bytes, 'base64'));
      else asked?.reject(new Error(answer.problem));
    },
  };
}

function parentPort(): ParentPort {
  const isParentPort = z.custom<ParentPort>((port) => has(port, 'postMessage', 'on'), 'This program is started by the desktop app.');
  return isParentPort.parse(Reflect.get(process, 'parentPort'));
}

function text() {
  return { type: 'string' } as const;
}
