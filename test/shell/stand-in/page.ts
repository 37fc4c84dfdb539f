import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { PORT_MESSAGE } from '../../../electron/api/transport.ts';

type StandIn = { whoAreYou(): Promise<{ pid: number; argumentsGiven: string[] }>; crash(): Promise<never> };

/** Stands in for the renderer: shows which controller answered, for each port that it was given. */
let ports = 0;

function show(name: string, value: string): void {
  const line = document.createElement('p');
  line.textContent = `${name}: ${value}`;
  document.body.append(line);
}

window.addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== window || data !== PORT_MESSAGE || port === undefined) return;
  ports += 1;
  const number = ports;
  const controller = createORPCClient<StandIn & Record<string, never>>(new RPCLink({ port }));
  port.addEventListener('close', () => show(`port ${number}`, 'closed'));
  port.start();
  Reflect.set(window, 'controller', controller);
  void controller.whoAreYou().then(({ pid }) => show(`port ${number}`, `answered by ${pid}`));
});
