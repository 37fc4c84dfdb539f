import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { FromController, ToController } from '../../../electron/api/host-messages.ts';

/**
 * Stands in for the controller's process where a test is about the shell: it answers one call, and misbehaves on request. What it
 * does is told by HOLDFAST_STAND_IN: nothing, `hang` (does not stop when asked), `refuse`, `crash` (never gets ready), `seal`.
 */

type Port = Parameters<RPCHandler<object>['upgrade']>[0] & { start(): void };
type Arrival = { data: ToController; ports: readonly Port[] };
type Parent = { on(event: 'message', listener: (event: Arrival) => void): void; postMessage(message: FromController): void };

const parent: Parent = Reflect.get(process, 'parentPort');
const manner = process.env.HOLDFAST_STAND_IN ?? '';
const argumentsGiven = process.argv.slice(2);

const router = {
  whoAreYou: os.handler(() => ({ pid: process.pid, argumentsGiven })),
  crash: os.handler(() => process.exit(7)),
};
const rpc = new RPCHandler(router);

parent.on('message', ({ data, ports: [port] }) => {
  switch (data.kind) {
    case 'window':
      if (port === undefined) throw new Error('a window comes with its port');
      rpc.upgrade(port);
      port.start();
      return;
    case 'vault-answer':
      hearVault(data);
      return;
    case 'stop':
      if (manner !== 'hang') process.exit(0);
  }
});

/** First seals a text, then unseals it, and shows both in the tray's line. */
function hearVault({ request, answer }: Extract<ToController, { kind: 'vault-answer' }>): void {
  if (!answer.ok) {
    tell(`the key store said: ${answer.problem}`);
    return;
  }
  if (request === 1) parent.postMessage({ kind: 'unseal', request: 2, sealed: answer.bytes });
  const text = Buffer.from(answer.bytes, 'base64').toString('latin1');
  tell(request === 1 ? `sealed${text.includes('crown jewels') ? ' openly' : ''}` : `unsealed ${text}`);
}

function tell(sentence: string): void {
  parent.postMessage({ kind: 'status', status: { sentence, health: 'fine' } });
}

switch (manner) {
  case 'crash':
    process.exit(3);
    break;
  case 'refuse':
    parent.postMessage({ kind: 'refused', refusal: { code: 'E-TEST', title: 'The cellar is flooded.', remedy: 'Pump it dry.' } });
    break;
  case 'seal':
    parent.postMessage({ kind: 'seal', request: 1, secret: Buffer.from('crown jewels').toString('base64') });
    break;
  default:
    parent.postMessage({ kind: 'ready', hubPort: 8443 });
    parent.postMessage({ kind: 'status', status: { sentence: '2 of 3 machines connected', health: 'attention' } });
}
if (manner === 'hang') process.on('SIGTERM', () => undefined);
setInterval(() => undefined, 60_000);
