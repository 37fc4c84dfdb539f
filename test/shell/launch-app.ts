import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { doubleBackEnd } from './double-back-end.ts';
import { electronBackEnd } from './electron-back-end.ts';
import type { BackEnd, Ending, RunningApp } from './running-app.ts';

/** The double runs everywhere; Electron itself runs the same tests where its binary is. */
const backEnds: readonly BackEnd[] = [doubleBackEnd, electronBackEnd];

/** Tells the same story on each back end. Where one cannot be used, the report says so and why. */
export function describeOnEachBackEnd(title: string, tests: (backEnd: BackEnd) => void): void {
  for (const backEnd of backEnds) {
    const skipped = backEnd.missing === null ? '' : ` (skipped: ${backEnd.missing})`;
    describe.skipIf(backEnd.missing !== null)(`${title}, on ${backEnd.name}${skipped}`, () => tests(backEnd));
  }
}

export type Situation = {
  /** The built app: a folder with its package.json. */
  app: string;
  dataFolder?: string;
  options?: readonly string[];
  /** Whether the desktop has a tray, and a key store; both by default. */
  tray?: boolean;
  keyStore?: boolean;
  env?: Readonly<Record<string, string>>;
};

export type LaunchedApp = RunningApp & { dataFolder: string; launchedAt: number };

const hook = fileURLToPath(new URL('./record-native.cjs', import.meta.url));
const graceMilliseconds = 6000;

/** Temporary folders and running apps of one test file; `end` leaves nothing of them. */
export class Launcher {
  private readonly backEnd: BackEnd;
  /** Made when it is first needed: a story that is skipped makes none. */
  private folder: string | null = null;
  private readonly apps: RunningApp[] = [];
  private folders = 0;

  constructor(backEnd: BackEnd) {
    this.backEnd = backEnd;
  }

  newFolder(): string {
    this.folders += 1;
    this.folder ??= mkdtempSync(join(tmpdir(), 'holdfast-shell-'));
    const folder = join(this.folder, String(this.folders));
    mkdirSync(folder);
    return folder;
  }

  /** Starts the app in a situation of its own and stays with it. */
  async launchApp(situation: Situation): Promise<LaunchedApp> {
    const { dataFolder = this.newFolder() } = situation;
    const launchedAt = performance.now();
    const app = await this.backEnd.launch(this.planFor({ ...situation, dataFolder }));
    this.apps.push(app);
    return Object.assign(app, { dataFolder, launchedAt });
  }

  /** Starts the app where it is expected to end by itself. */
  runToEnd(situation: Situation & { dataFolder: string }): Promise<Ending & { output: string }> {
    return this.backEnd.runToEnd(this.planFor(situation));
  }

  /** Ends whatever still runs, as a person would who logs out. */
  async endApps(): Promise<void> {
    await Promise.all(this.apps.splice(0).map(endOf));
  }

  async end(): Promise<void> {
    await this.endApps();
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }

  private planFor({ app, dataFolder, options = [], tray = true, keyStore = true, env = {} }: Situation & { dataFolder: string }) {
    const switches = keyStore ? [] : ['--password-store=basic'];
    return {
      arguments: ['-r', hook, ...switches, app, '--', '--data', dataFolder, ...options],
      env: {
        ...process.env,
        PATH: [this.desktopTools(tray), process.env.PATH].join(delimiter),
        DOUBLE_KEY_STORE: keyStore ? 'gnome_libsecret' : 'basic_text',
        ...env,
      },
    };
  }

  /** Stands in for the session's bus, which tells whether somebody shows tray icons. */
  private desktopTools(hasTray: boolean): string {
    const folder = this.newFolder();
    writeFileSync(join(folder, 'gdbus'), `#!/bin/sh\necho '(${hasTray},)'\n`, { mode: 0o755 });
    return folder;
  }
}

async function endOf(app: RunningApp): Promise<void> {
  app.signal('SIGTERM');
  const patience = new Promise<'over'>((resolve) => {
    setTimeout(() => resolve('over'), graceMilliseconds).unref();
  });
  if ((await Promise.race([app.ended, patience])) === 'over') process.kill(app.pid, 'SIGKILL');
}
