import { type ChildProcess, fork } from 'node:child_process';
import { lifecycle } from './lifecycle.ts';
import { ModelledEvents } from './modelled.ts';
import { type MessagePortMain, type PortMessage, PortTable } from './ports.ts';

export type ToChild = { kind: 'message'; data: unknown; ports: readonly number[] } | PortMessage;
export type FromChild = { kind: 'message'; data: unknown } | PortMessage;

const parentPort = new URL('./parent-port.ts', import.meta.url).href;

/** A process of Electron's own kind, as an ordinary Node process with a parent port. */
export class UtilityProcess extends ModelledEvents {
  pid: number | undefined;
  private readonly child: ChildProcess;
  private readonly ports: PortTable;

  private constructor(child: ChildProcess) {
    super(['message', 'exit']);
    this.child = child;
    this.ports = new PortTable((message) => this.send(message));
    child.once('spawn', () => {
      this.pid = child.pid;
    });
    child.on('message', (message) => this.hear(message as FromChild));
    child.once('exit', (code, signal) => {
      this.pid = undefined;
      this.ports.closeAll();
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15));
    });
  }

  static fork(
    program: string,
    args: readonly string[],
    { serviceName = 'Node Utility Process' }: { serviceName?: string },
  ): UtilityProcess {
    lifecycle.onlyWhenReady('utilityProcess.fork');
    const child = fork(program, [...args], {
      execArgv: ['--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const running = new UtilityProcess(child);
    lifecycle.processes.set(running, serviceName);
    running.once('exit', () => lifecycle.processes.delete(running));
    return running;
  }

  postMessage(data: unknown, ports: readonly MessagePortMain[] = []): void {
    this.ports.handOver(ports, (numbers) => this.send({ kind: 'message', data, ports: numbers }));
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }

  private hear(message: FromChild): void {
    if (message.kind === 'message') this.emit('message', message.data);
    else this.ports.hear(message);
  }

  private send(message: ToChild): void {
    if (this.child.connected) this.child.send(message);
  }
}
