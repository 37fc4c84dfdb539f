import { existsSync } from 'node:fs';
import type { App } from 'electron';
import { holdSingleInstance } from './instance-lock.ts';
import { lifecycle } from './lifecycle.ts';
import { ModelledEvents, modelled, preventable } from './modelled.ts';

const appEvents = ['activate', 'before-quit', 'second-instance', 'web-contents-created'];

class Application extends ModelledEvents {
  private readonly ready = Promise.withResolvers<void>();
  private readonly paths = new Map<string, string>();
  private exits = 0;

  constructor() {
    super(appEvents);
  }

  setName(name: string): void {
    process.title = name;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`setPath: ${path} does not exist`);
    this.paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`the double of electron has no path ‘${name}’`);
    return path;
  }

  /** Every page of the double is sandboxed as far as this Chromium can; this only checks that it is asked for in time. */
  enableSandbox(): void {
    lifecycle.onlyBeforeReady('app.enableSandbox');
  }

  requestSingleInstanceLock(): boolean {
    return holdSingleInstance(this.getPath('userData'), (commandLine) => this.emit('second-instance', {}, commandLine, process.cwd(), {}));
  }

  async whenReady(): Promise<void> {
    await this.ready.promise;
  }

  becomeReady(): void {
    lifecycle.isReady = true;
    this.ready.resolve();
  }

  /** Of the processes that a real app has, only its utility processes. */
  getAppMetrics(): { pid: number; name: string; type: 'Utility' }[] {
    return [...lifecycle.processes].map(([{ pid = 0 }, name]) => ({ pid, name, type: 'Utility' }));
  }

  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (!event.defaultPrevented) throw new Error('the double of electron models quitting only where the app does it in steps of its own');
  }

  /** Does not come back, as little as Electron's does; the browser is closed first, so that nothing of it is left. */
  exit(exitCode = 0): void {
    this.exits += 1;
    if (this.exits > 1) return;
    void (lifecycle.browser?.close() ?? Promise.resolve()).finally(() => process.exit(exitCode));
  }
}

const application = new Application();

type Modelled = 'setName' | 'setPath' | 'getPath' | 'enableSandbox' | 'requestSingleInstanceLock' | 'whenReady' | 'quit' | 'exit';
application satisfies Pick<App, Modelled>;

export const app = modelled('app', application);
