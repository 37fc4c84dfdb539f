import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, secondsSince } from './command.mjs';
import { installFromDebian, isDebianForRoot } from './debian.mjs';

/** What tests use of Debian beside what every Debian has: a program, and the package that it is in. */
export const packageOfProgram = {
  'ansible-playbook': 'ansible-core',
  nft: 'nftables',
  ip: 'iproute2',
};

/** @typedef {keyof typeof packageOfProgram} TestProgram */

/** Where programs for root are, which are not on everybody's path. */
const foldersForRoot = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * @param {string} program
 * @returns {boolean}
 */
export function isHere(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...foldersForRoot];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** @returns {TestProgram[]} */
function missingPrograms() {
  const programs = /** @type {TestProgram[]} */ (Object.keys(packageOfProgram));
  return programs.filter((program) => !isHere(program));
}

/**
 * Installs the programs that tests use, where that is possible without asking. Where it is not, the tests that need them are skipped,
 * and this says so: they are tests of what Holdfast does with a program that is there.
 */
export async function prepareDebianPackages() {
  const packages = missingPrograms().map((program) => packageOfProgram[program]);
  if (packages.length === 0) return;
  let problem = 'They are installed here only for root on Debian.';
  if (isDebianForRoot()) {
    say(`Installing ${packages.join(', ')} from Debian's packages, for tests. This takes about a quarter of a minute …`);
    const startedAt = performance.now();
    problem = (await installFromDebian(packages)) ?? '';
    if (problem === '') say(`Installed in ${secondsSince(startedAt)}.`);
  }
  const missing = missingPrograms();
  if (missing.length > 0) say(`Not on this computer, so tests that need it are skipped: ${missing.join(', ')}. ${problem}`.trimEnd());
}
