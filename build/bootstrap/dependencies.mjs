import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, say, secondsSince } from './command.mjs';
import { runStep } from './program.mjs';
import { projectRoot } from './project.mjs';

/** Installs the dependencies when they are missing or are not those of the lock file. */
export async function installDependencies() {
  const problem = dependencyProblem(projectRoot);
  if (problem === null) return;
  say(`Installing dependencies: ${problem}. This takes about half a minute …`);
  const startedAt = performance.now();
  // Warnings are about the Node that runs npm, which runs nothing of ours after this.
  const command = npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']);
  const { exitCode } = await runStep({ ...command, cwd: projectRoot });
  if (exitCode !== 0) {
    throw new CommandError(
      `Dependencies could not be installed (npm ci ended with ${exitCode}; it says why above). Try again when that is solved.`,
    );
  }
  say(`Dependencies installed in ${secondsSince(startedAt)}.`);
}

/**
 * Why the installed packages are not those of the lock file, or null when they are. npm leaves a list of what it installed beside
 * them, so this also holds after an `npm install` by hand.
 * @param {string} root
 */
export function dependencyProblem(root) {
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return existsSync(join(root, 'node_modules')) ? 'the last installation did not finish' : 'first start';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedList);
  const differs =
    Object.keys(installed).some((path) => wanted[path] === undefined) ||
    Object.entries(wanted).some(([path, entry]) => path !== '' && !isAsWanted(entry, installed[path]));
  return differs ? 'package-lock.json has changed' : null;
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} installed missing for the optional packages of other platforms
 */
function isAsWanted(wanted, installed) {
  if (installed === undefined) return wanted.optional === true || wanted.devOptional === true;
  return installed.version === wanted.version && installed.integrity === wanted.integrity;
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: restore it with "git checkout" or remove node_modules, then start again.`, { cause });
  }
}

/** @param {readonly string[]} args */
function npm(args) {
  const running = process.env.npm_execpath;
  if (running !== undefined && /\.c?js$/.test(running)) return { command: process.execPath, args: [running, ...args] };
  // Without npm around us; on Windows npm is a batch file, which only its shell runs.
  if (process.platform === 'win32') return { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm', ...args] };
  return { command: 'npm', args };
}
