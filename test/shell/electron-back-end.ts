import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { projectRoot } from '../project-root.ts';
import { type BackEnd, type Ending, type InMain, type LaunchPlan, type RunningApp, textForMain } from './running-app.ts';

/** Chromium's sandbox cannot start as root. */
const isRoot = process.getuid?.() === 0;

/** Electron itself, by Playwright. It runs the same tests as the double, where its binary and a screen are. */
export const electronBackEnd: BackEnd = {
  name: 'Electron',
  missing: whatIsMissing(),
  hasKeyStore: process.platform !== 'linux',
  launch,
  async runToEnd(plan) {
    const child = spawn(electronProgram(), [...(isRoot ? ['--no-sandbox'] : []), ...plan.arguments], { env: plan.env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, output })));
  },
};

async function launch(plan: LaunchPlan): Promise<RunningApp> {
  // Without a path, Playwright takes the binary of the electron package, and holds the app back until it can watch it.
  const app = await _electron.launch({ args: [...plan.arguments], env: definedOnly(plan.env), chromiumSandbox: !isRoot });
  const child = app.process();
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      written += text.toString('utf8');
    });
  }
  return {
    pid: child.pid ?? 0,
    page: () => app.firstWindow(),
    inMain: inMainOf(app),
    signal: (signal) => void child.kill(signal),
    ended: new Promise<Ending>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal }))),
    output: () => written,
  };
}

function inMainOf(app: ElectronApplication): InMain {
  return async (run, argument) => {
    const asked = { text: textForMain(run), argument };
    const value: unknown = await app.evaluate(
      (electron, { text, argument: given }) => Function(`return (${text});`)()(electron, given),
      asked,
    );
    // The function that made the value is the caller's own.
    return value as Awaited<ReturnType<typeof run>>;
  };
}

function whatIsMissing(): string | null {
  if (!existsSync(electronProgram())) return 'its binary is not here';
  const needsDisplay = process.platform === 'linux' && process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
  return needsDisplay ? 'there is no display' : null;
}

function electronProgram(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectRoot, 'node_modules/electron/dist');
  return join(folder, names[process.platform] ?? 'electron');
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
