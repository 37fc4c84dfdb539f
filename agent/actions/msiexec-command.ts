import type { ApplicationInputs } from '../document/windows-package-inputs.ts';
import type { ActionOutcome } from '../steps/action.ts';
import { splitWords } from './split-words.ts';

const SWITCH: Record<ApplicationInputs['action'], string> = { Install: '/i', Repair: '/f', Uninstall: '/x' };

/** Installer's own codes (winerror.h). */
const UNKNOWN_PRODUCT = 1605;
const RESTART_NEEDED = [1641, 3010];

/**
 * What stands behind msiexec.exe, word by word as it goes into the command line: msiexec reads that by itself, and wants the value of a
 * property in quotes and not the whole word. Null where a quote in the parameters is not closed.
 */
export function msiexecArguments(
  { action, parameters }: Pick<ApplicationInputs, 'action' | 'parameters'>,
  files: { msi: string; log: string },
): string[] | null {
  const words = splitWords(parameters.replaceAll('\\', '\\\\'));
  if (words === null) return null;
  return [SWITCH[action], quoted(files.msi), '/quiet', '/norestart', '/log', quoted(files.log), ...words.map(word)];
}

const quoted = (text: string): string => `"${text}"`;

function word(text: string): string {
  if (!/[\s"]/.test(text) && text !== '') return text;
  const [, property, value] = /^([A-Za-z_][A-Za-z0-9_.]*=)([\s\S]*)$/.exec(text) ?? ['', '', text];
  return `${property}"${value?.replaceAll('"', '""')}"`;
}

export function outcomeOfMsiexec(action: ApplicationInputs['action'], exitCode: number): ActionOutcome {
  if (exitCode === 0 || (action === 'Uninstall' && exitCode === UNKNOWN_PRODUCT)) return { kind: 'exited', exitCode: 0 };
  if (RESTART_NEEDED.includes(exitCode)) return { kind: 'needs-restart' };
  return { kind: 'failed', reason: `msiexec ended with ${exitCode}${MEANING[exitCode] === undefined ? '' : `: ${MEANING[exitCode]}`}.` };
}

const MEANING: Readonly<Record<number, string>> = {
  1602: 'the installation was cancelled',
  1603: 'the installation failed; its log is in the output',
  1605: 'the product is not installed on this node',
  1618: 'another installation is under way',
  1619: 'the package could not be opened',
  1620: 'the package is no Windows Installer package',
  1624: 'a transform could not be applied',
  1625: 'a policy of this node forbids the installation',
  1633: 'the package is not for this kind of processor',
  1638: 'another version of the product is installed',
  1639: 'a parameter is wrong',
};
