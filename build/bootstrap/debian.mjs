import { existsSync, readFileSync } from 'node:fs';
import { runStep } from './program.mjs';

/** Whether packages of Debian's can be installed here without asking anybody. */
export function isDebianForRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** The lists are fetched once, whoever asks for packages after that. */
let haveLists = false;

/**
 * Installs packages and nothing that they only recommend. Answers with why it could not, or null.
 * @param {readonly string[]} packages
 * @returns {Promise<string | null>}
 */
export async function installFromDebian(packages) {
  const steps = [['install', '-y', '-qq', '--no-install-recommends', ...packages]];
  if (!haveLists) steps.unshift(['update', '-qq']);
  // Another installation on this computer is waited for, and an archive that does not answer is not.
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of steps) {
    const { exitCode } = await runStep({ command: 'apt-get', args: [...args, ...options], env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (exitCode !== 0) return `apt-get ${args[0]} ended with ${exitCode}.`;
  }
  haveLists = true;
  return null;
}
