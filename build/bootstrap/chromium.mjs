import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError, say, secondsSince } from './command.mjs';
import { runStep } from './program.mjs';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where it is installed without being a command. */
/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const usualPlaces = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
};

/**
 * The browser for the window's tests. HOLDFAST_CHROMIUM names another one.
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.HOLDFAST_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return chosen;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => commandNames.map((name) => join(folder, name)));
  return [...onPath, ...(usualPlaces[process.platform] ?? [])].find((file) => existsSync(file) && answers(file)) ?? null;
}

/**
 * Finds the browser, and installs Debian's where that is possible without asking.
 * @returns {Promise<string>}
 */
export async function prepareChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (canInstall()) await installFromDebian();
  const installed = findChromium();
  if (installed === null) throw new CommandError(chromiumAdvice());
  return installed;
}

async function installFromDebian() {
  say("Installing Chromium from Debian's packages, for the window's tests. This takes about a minute …");
  const startedAt = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ];
  for (const args of steps) {
    const { exitCode } = await runStep({ command: 'apt-get', args, env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (exitCode !== 0) throw new CommandError(`apt-get ${args[0]} ended with ${exitCode}. ${chromiumAdvice()}`);
  }
  say(`Chromium installed in ${secondsSince(startedAt)}.`);
}

function canInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function chromiumAdvice() {
  const debian = existsSync('/usr/bin/apt-get') ? ' Run: sudo apt-get install chromium.' : ' Install Chromium or Google Chrome.';
  return `The window's tests need Chromium, and there is none.${debian} Another place can be named in HOLDFAST_CHROMIUM.`;
}

/**
 * Ubuntu's `chromium-browser` may be a script that only says how to install the real one.
 * @param {string} file
 */
function answers(file) {
  if (process.platform === 'win32') return true;
  try {
    execFileSync(file, ['--version'], { stdio: 'pipe', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
