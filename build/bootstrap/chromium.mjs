import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError, say, secondsSince } from './command.mjs';
import { installFromDebian, isDebianForRoot } from './debian.mjs';

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
  if (isDebianForRoot()) await install();
  const installed = findChromium();
  if (installed === null) throw new CommandError(chromiumAdvice());
  return installed;
}

async function install() {
  say("Installing Chromium from Debian's packages, for the window's tests. This takes about a minute …");
  const startedAt = performance.now();
  const problem = await installFromDebian(['chromium']);
  if (problem !== null) throw new CommandError(`${problem} ${chromiumAdvice()}`);
  say(`Chromium installed in ${secondsSince(startedAt)}.`);
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
