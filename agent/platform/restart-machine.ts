import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { PlatformType } from './facts.ts';

/** The machine's own way to restart it. */
export interface Restarter {
  /** Asks for it; says why it was refused, or null when the machine will go down in a minute. */
  request(reason: string): Promise<string | null>;
  /** Takes it back, as far as the machine can still be asked. */
  callOff(): Promise<void>;
}

export interface RestartCommand {
  readonly program: string;
  readonly argumentList: readonly string[];
}

/** People who work at the machine are told, and have a minute: as the SSM agent does. */
export function restartCommand(platform: PlatformType, reason: string): RestartCommand {
  switch (platform) {
    case 'Windows':
      // Planned, for the maintenance of an application (4:1).
      return { program: 'shutdown.exe', argumentList: ['/r', '/t', '60', '/d', 'p:4:1', '/c', reason] };
    case 'Linux':
    case 'MacOS':
      return { program: 'shutdown', argumentList: ['-r', '+1', reason] };
  }
}

/** Null where a restart that was asked for cannot be taken back by a command. */
export function callOffCommand(platform: PlatformType): RestartCommand | null {
  switch (platform) {
    case 'Windows':
      return { program: 'shutdown.exe', argumentList: ['/a'] };
    case 'Linux':
      return { program: 'shutdown', argumentList: ['-c'] };
    case 'MacOS':
      return null;
  }
}

const ANSWER_MILLISECONDS = 30_000;
const LONGEST_REASON = 200;

/** By the programs on the search path of `environment`, and no others. */
export function machineRestarter(platform: PlatformType, environment: Readonly<NodeJS.Dict<string>>): Restarter {
  return {
    async request(reason) {
      const { program, argumentList } = restartCommand(platform, reason.slice(0, LONGEST_REASON));
      return run({ program, argumentList }, environment);
    },
    async callOff() {
      const command = callOffCommand(platform);
      if (command !== null) await run(command, environment);
    },
  };
}

/** Why it failed, as a sentence; null when it did not. */
function run({ program, argumentList }: RestartCommand, environment: Readonly<NodeJS.Dict<string>>): Promise<string | null> {
  const file = programFile(program, environment);
  if (file === null) return Promise.resolve(`There is no program ${program} on this machine.`);
  return new Promise((resolve) => {
    execFile(file, [...argumentList], { timeout: ANSWER_MILLISECONDS, windowsHide: true, env: environment }, (error, _stdout, stderr) => {
      if (error === null) return resolve(null);
      const said = stderr.trim().slice(0, 500);
      resolve(`${program} ended with ${error.code ?? error.signal ?? 'an error'}${said === '' ? '' : `: ${said}`}.`);
    });
  });
}

function programFile(program: string, environment: Readonly<NodeJS.Dict<string>>): string | null {
  const folders = (environment.PATH ?? environment.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run by this user.
    return false;
  }
}
