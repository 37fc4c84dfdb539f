import { spawn } from 'node:child_process';
import { exitCodeOfSignal, Interrupted } from './command.mjs';

/** A program that is asked to end gets this long; ours give themselves half a second less. */
const graceMilliseconds = 5000;

/**
 * One Ctrl-C arrives here more than once: from the terminal, and again from npm. What comes later than this is a second Ctrl-C.
 */
const sameKeystrokeMilliseconds = 700;

const hasProcessGroups = process.platform !== 'win32';

/**
 * @typedef {object} Program
 * @property {string} command
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {number} [limitMilliseconds] ended by force after this long
 * @property {string} [cwd]
 */

/**
 * @typedef {object} Ending
 * @property {number} exitCode as a shell would report it; 127 when the program could not be started
 * @property {boolean} outOfTime
 * @property {NodeJS.Signals | null} interruptedBy the signal that this process got and passed on
 */

/**
 * Runs a program in the foreground. It leads a process group of its own, so that Ctrl-C reaches it through this process, once,
 * and so that nothing it started is left when it has to be ended by force.
 * @param {Program} program
 * @returns {Promise<Ending>}
 */
export function runProgram({ command, args, env = process.env, stdio = ['ignore', 'inherit', 'inherit'], limitMilliseconds, cwd }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio, cwd, detached: hasProcessGroups });
    let outOfTime = false;
    const limit = limitMilliseconds === undefined ? undefined : setTimeout(stopForTime, limitMilliseconds);
    const signals = passSignalsOn(child);

    function stopForTime() {
      outOfTime = true;
      killGroup(child);
    }

    /** @param {number} exitCode */
    function finish(exitCode) {
      clearTimeout(limit);
      resolve({ exitCode, outOfTime, interruptedBy: signals.stop() });
    }

    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.once('exit', (code, signal) => finish(signal === null ? (code ?? 1) : exitCodeOfSignal(signal)));
  });
}

/**
 * Runs one step of a set-up: whoever interrupts it wants the whole command to end.
 * @param {Program} program
 */
export async function runStep(program) {
  const ending = await runProgram(program);
  if (ending.interruptedBy !== null) throw new Interrupted(ending.interruptedBy);
  return ending;
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsOn(child) {
  /** @type {{ signal: NodeJS.Signals, at: number } | null} */
  let first = null;
  /** @type {NodeJS.Timeout | undefined} */
  let grace;

  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    if (first !== null) {
      if (signal === 'SIGINT' && performance.now() - first.at > sameKeystrokeMilliseconds) killGroup(child);
      return;
    }
    first = { signal, at: performance.now() };
    grace = setTimeout(() => killGroup(child), graceMilliseconds);
    // On Windows the console has told every process already, and a signal from here would end the child unasked.
    if (hasProcessGroups) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };

  const parentWatch = onParentEnd(() => onSignal('SIGTERM'));
  /** @type {NodeJS.Signals[]} */
  const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of passedOn) process.on(signal, onSignal);
  return {
    stop() {
      clearTimeout(grace);
      clearInterval(parentWatch);
      for (const signal of passedOn) process.off(signal, onSignal);
      return first === null ? null : first.signal;
    },
  };
}

/**
 * A signal to npm alone ends npm and the shell that it runs scripts with, and the shell passes nothing on: all that can be noticed
 * is that the parent is gone. Somebody who starts this without npm may mean to leave it running.
 * @param {() => void} ended
 */
function onParentEnd(ended) {
  if (process.env.npm_lifecycle_event === undefined || !hasProcessGroups) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) ended();
  }, 500).unref();
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    if (hasProcessGroups) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended in the same moment.
  }
}
