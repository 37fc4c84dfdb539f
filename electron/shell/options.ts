import * as z from 'zod';

/** What `npm start` or a shortcut may tell the app; it checked the values before, but anyone can start the app. */
export type ShellOptions = { dataFolder: string; forController: readonly string[] };

const wholeNumber = (from: number, to: number) => {
  return z.string().refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to);
};

const optionChecks: Readonly<Record<string, z.ZodType>> = {
  '--data': z.string().min(1),
  '--hub-port': wholeNumber(0, 65_535),
  '--sample-lab': wholeNumber(0, 50),
};

export class BadOption extends Error {}

/**
 * Reads the options from a command line. Electron and Chromium have options of their own there, before a `--` or anywhere in the
 * packaged app: what is not ours is not ours to judge.
 */
export function readShellOptions(commandLine: readonly string[], defaultDataFolder: string): ShellOptions {
  const separator = commandLine.indexOf('--');
  const words = commandLine.slice(separator === -1 ? 1 : separator + 1);
  const given = new Map<string, string>();
  for (const [position, word] of words.entries()) {
    const check = optionChecks[word];
    if (check === undefined) continue;
    const value = words[position + 1];
    if (!check.safeParse(value).success || value === undefined)
      throw new BadOption(`${word} cannot be ${value ?? 'left without a value'}.`);
    given.set(word, value);
  }
  const { '--data': dataFolder = defaultDataFolder, ...others } = Object.fromEntries(given);
  return { dataFolder, forController: Object.entries(others).flat() };
}
