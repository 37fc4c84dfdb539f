import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../build/bootstrap/chromium.mjs';
import { type BackEnd, type Ending, type InMain, type LaunchPlan, type RunningApp, textForMain } from './running-app.ts';

const binary = fileURLToPath(new URL('../fakes/electron/binary.ts', import.meta.url));
const browserProgram = findChromium();
const pageAddress = 'http://holdfast.app.localhost/';

type FromDouble = { browser: string } | { id: number; value?: unknown; problem?: string };

export const doubleBackEnd: BackEnd = {
  name: 'the double of Electron',
  missing: null,
  hasKeyStore: true,
  async launch(plan) {
    return new AppOnDouble(plan);
  },
  async runToEnd(plan) {
    const app = new AppOnDouble(plan);
    return { ...(await app.ended), output: app.output() };
  },
};

class AppOnDouble implements RunningApp {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private readonly browser: Promise<Browser>;
  private readonly asked = new Map<number, PromiseWithResolvers<unknown>>();
  private written = '';

  constructor({ arguments: words, env }: LaunchPlan) {
    if (browserProgram === null) throw new Error('There is no Chromium: npm test says how to install it.');
    this.child = fork(binary, [...words], {
      env: { ...env, HOLDFAST_CHROMIUM: browserProgram },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    this.pid = this.child.pid ?? 0;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.written += text;
      });
    }
    const address = Promise.withResolvers<string>();
    this.browser = address.promise.then((endpoint) => chromium.connectOverCDP(endpoint));
    // Only a test that asks for the page wants to hear that there is none.
    this.browser.catch(() => undefined);
    this.child.on('message', (message) => {
      const told = message as FromDouble;
      if ('browser' in told) address.resolve(told.browser);
      else this.settle(told);
    });
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        address.reject(new Error(`the app has ended:\n${this.written}`));
        for (const { reject } of this.asked.values()) reject(new Error(`the app has ended:\n${this.written}`));
        resolve({ code, signal });
      });
    });
  }

  async page(): Promise<Page> {
    const [context] = (await this.browser).contexts();
    if (context === undefined) throw new Error('the browser of the double has no context');
    const isOurs = (page: Page) => page.url().startsWith(pageAddress);
    for (;;) {
      const page = context.pages().find(isOurs);
      if (page !== undefined) return page;
      const next = context.pages().map((other) => other.waitForEvent('framenavigated'));
      await Promise.any([context.waitForEvent('page'), ...next]);
    }
  }

  inMain: InMain = async (run, argument) => {
    await this.browser;
    const id = this.asked.size + 1;
    const answer = Promise.withResolvers<unknown>();
    this.asked.set(id, answer);
    this.child.send({ id, text: textForMain(run), argument });
    // The function that made the value is the caller's own.
    return answer.promise as Promise<Awaited<ReturnType<typeof run>>>;
  };

  signal(signal: 'SIGINT' | 'SIGTERM'): void {
    this.child.kill(signal);
  }

  output(): string {
    return this.written;
  }

  private settle({ id, value, problem }: { id: number; value?: unknown; problem?: string }): void {
    if (problem === undefined) this.asked.get(id)?.resolve(value);
    else this.asked.get(id)?.reject(new Error(problem));
  }
}
