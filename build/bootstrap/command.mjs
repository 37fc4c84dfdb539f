import { constants } from 'node:os';

/** Something the person can put right: what is wrong, and what to do. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {{ exitCode?: number, cause?: unknown }} [options] 2 is for a command line that makes no sense, as everywhere
   */
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** Ctrl-C, or a signal from outside, while something was under way. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.exitCode = exitCodeOfSignal(signal);
  }
}

/**
 * What a shell reports for a program that a signal ended.
 * @param {NodeJS.Signals} signal
 */
export function exitCodeOfSignal(signal) {
  return 128 + constants.signals[signal];
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs a command's body and turns its end into an exit code; only an unexpected error shows a stack.
 * @param {() => Promise<number>} body
 */
export async function runCommand(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (error instanceof Interrupted) {
      process.exitCode = error.exitCode;
    } else if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
    } else {
      throw error;
    }
  }
}

/** @param {number} startedAt a reading of performance.now() */
export function secondsSince(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}
