import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { say, secondsSince } from './command.mjs';
import { runStep } from './program.mjs';
import { projectRoot } from './project.mjs';
import { runtimeEnvironment } from './runtime.mjs';

/** How long an offline computer may be kept waiting before it gets serve mode. */
const reachableWithinMilliseconds = 2500;
const downloadWithinMilliseconds = 5 * 60_000;

/**
 * @typedef {{ kind: 'found', program: string } | { kind: 'none', because: string }} ElectronBinary
 */

/**
 * Electron's package brings no binary; it is fetched once, when there is a screen to show it on and a network to get it from.
 * @param {string} runtime
 * @returns {Promise<ElectronBinary>}
 */
export async function findElectron(runtime) {
  const obstacle = screenObstacle();
  if (obstacle !== null) return { kind: 'none', because: obstacle };
  const program = electronProgram();
  if (!existsSync(program)) {
    const fetched = await fetchElectron(runtime);
    if (fetched.kind === 'failed') return { kind: 'none', because: fetched.because };
  }
  const sandbox = sandboxObstacle(program);
  return sandbox === null ? { kind: 'found', program } : { kind: 'none', because: sandbox };
}

function screenObstacle() {
  if (process.platform !== 'linux') return null;
  const hasDisplay = [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((display) => display !== undefined && display !== '');
  return hasDisplay ? null : 'there is no display';
}

/** Holdfast's window is never shown without Chromium's sandbox; this is what Chromium on Linux needs for it. */
/** @param {string} program */
function sandboxObstacle(program) {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'its sandbox does not work for root';
  const restricted =
    firstLine('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    firstLine('/proc/sys/kernel/unprivileged_userns_clone') === '0';
  const helper = join(program, '..', 'chrome-sandbox');
  if (!restricted || isSetuidRoot(helper)) return null;
  return `its sandbox is not allowed here until you run: sudo chown root ${helper} && sudo chmod 4755 ${helper}`;
}

/** @returns {string} where the binary is or would be */
function electronProgram() {
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectRoot, 'node_modules', 'electron', 'dist');
  return join(folder, names[process.platform] ?? 'electron');
}

/**
 * @param {string} runtime
 * @returns {Promise<{ kind: 'fetched' } | { kind: 'failed', because: string }>}
 */
async function fetchElectron(runtime) {
  const source = new URL(process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com');
  if (!(await isReachable(source))) return { kind: 'failed', because: `its binary is not here and ${source.hostname} cannot be reached` };
  say("Fetching Electron's binary, once: about 120 MB …");
  const startedAt = performance.now();
  const { exitCode, outOfTime } = await runStep({
    command: runtime,
    args: [join(projectRoot, 'node_modules', 'electron', 'install.js')],
    env: runtimeEnvironment(),
    cwd: projectRoot,
    limitMilliseconds: downloadWithinMilliseconds,
  });
  if (outOfTime) return { kind: 'failed', because: 'its binary takes too long to fetch' };
  if (exitCode !== 0 || !existsSync(electronProgram())) return { kind: 'failed', because: 'its binary could not be fetched' };
  say(`Fetched in ${secondsSince(startedAt)}.`);
  return { kind: 'fetched' };
}

/**
 * @param {URL} url
 * @returns {Promise<boolean>}
 */
function isReachable(url) {
  return new Promise((resolve) => {
    const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
    const socket = connect({ host: url.hostname, port });
    const limit = setTimeout(() => answer(false), reachableWithinMilliseconds);
    /** @param {boolean} reachable */
    const answer = (reachable) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(reachable);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** @param {string} file */
function firstLine(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** @param {string} file */
function isSetuidRoot(file) {
  if (!existsSync(file)) return false;
  const { uid, mode } = statSync(file);
  return uid === 0 && (mode & 0o4000) !== 0;
}
