import type { Menu, NativeImage, Tray } from 'electron';
import type { Page } from 'playwright-core';

/** What `record-native.cjs` keeps in main. */
export type NativeRecord = {
  trays: { tray: Tray; menu: Menu | null; toolTip: string; image: NativeImage | null }[];
  questions: { message: string; detail: string; buttons: string[] }[];
  /** Labels of the buttons that answer the next questions; without one, a question is cancelled. */
  answers: string[];
  errors: { title: string; text: string }[];
  opened: string[];
  /** Resolves when the condition holds, looked at whenever something is recorded. */
  when(condition: () => boolean): Promise<void>;
};

export type Main = { electron: typeof import('electron'); native: NativeRecord };

export type InMain = <Result, Argument = undefined>(
  run: (main: Main, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
) => Promise<Result>;

export type Ending = { code: number | null; signal: string | null };

/** The app, running, seen from a test: the same for Electron and for its double. */
export type RunningApp = {
  readonly pid: number;
  /** The app's page, once it is there. */
  page(): Promise<Page>;
  /** Runs a function in main. It travels as text, so it sees its arguments and nothing around it. */
  inMain: InMain;
  signal(signal: 'SIGINT' | 'SIGTERM'): void;
  readonly ended: Promise<Ending>;
  /** What it wrote to its terminal so far. */
  output(): string;
};

export type LaunchPlan = { arguments: readonly string[]; env: NodeJS.ProcessEnv };

export type BackEnd = {
  readonly name: string;
  /** Why it cannot be used on this computer; null where it can. */
  readonly missing: string | null;
  /** Whether a key store can be had in a test; a real one needs a person's session. */
  readonly hasKeyStore: boolean;
  /** Starts the app and stays with it. */
  launch(plan: LaunchPlan): Promise<RunningApp>;
  /** Starts the app where it is expected to end by itself. */
  runToEnd(plan: LaunchPlan): Promise<Ending & { output: string }>;
};

/** The text of a function that runs another one in main, with what our hook has recorded there. */
export function textForMain(run: (main: Main, argument: never) => unknown): string {
  return `(electron, argument) => (${run})({ electron, native: globalThis.nativeRecord }, argument)`;
}
