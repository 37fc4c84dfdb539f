import type { Menu, NativeImage, Tray } from 'electron';
import type { Page } from 'playwright-core';
import { launchOnDouble } from './launch-on-double.ts';
import { electronProgram, launchOnElectron } from './launch-on-electron.ts';

/** What `record-native.cjs` keeps in main. */
export type NativeRecord = {
  trays: { tray: Tray; menu: Menu | null; toolTip: string; image: NativeImage | null }[];
  questions: { message: string; detail: string; buttons: string[] }[];
  /** Labels of the buttons that the next questions are answered with; without one, the question is cancelled. */
  answers: string[];
  errors: { title: string; text: string }[];
  opened: string[];
};

export type Main = { electron: typeof import('electron'); native: NativeRecord };

export type Ending = { code: number | null; signal: string | null };

/** The app, running, seen from a test: the same for Electron and for its double. */
export type RunningApp = {
  readonly pid: number;
  /** The app's page, once it is there. */
  page(): Promise<Page>;
  /** Runs a function inside main. It travels as text: it can use its arguments and nothing around it. */
  inMain<Result, Argument = undefined>(run: (main: Main, argument: Argument) => Result | Promise<Result>, argument?: Argument): Promise<Result>;
  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves when the app's process is gone. */
  readonly ended: Promise<Ending>;
  /** What it wrote to its terminal so far. */
  output(): string;
};

export type LaunchPlan = {
  /** The folder with the app's package.json, and what the app is told. */
  folder: string;
  options: readonly string[];
  env: NodeJS.ProcessEnv;
  hook: string;
};

export type BackEnd = { name: string; because: string | null; launch(plan: LaunchPlan): Promise<RunningApp> };

/** The double runs everywhere; Electron itself runs the same tests where its binary is. */
export const backEnds: readonly BackEnd[] = [
  { name: 'the double of Electron', because: null, launch: launchOnDouble },
  { name: 'Electron', because: electronProgram() === null ? 'its binary is not here' : null, launch: launchOnElectron },
];
