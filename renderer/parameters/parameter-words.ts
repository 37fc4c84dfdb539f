import type { ParameterType } from '../../electron/domain/parameter.ts';

/** What a type is good for, in the words of somebody who chooses one. */
export const typeWords: Record<ParameterType, string> = {
  String: 'Any text.',
  StringList: 'Items with commas between them.',
  SecureString: 'A password, a key or a token. Kept encrypted, shown to nobody, and opened only on the node that runs with it.',
};

/** What stands for a secret. Always as long, so that it says nothing about it. */
export const HIDDEN = '••••••••••';

/** How documents and associations refer to the newest value. */
export const referenceTo = ({ name, type }: { name: string; type: ParameterType }): string =>
  type === 'SecureString' ? `{{ssm-secure:${name}}}` : `{{ssm:${name}}}`;

export const referenceWords: Record<ParameterType, string> = {
  String: 'Stands for the value anywhere in a script or in a parameter of an association. With a version: {{ssm:name:3}}.',
  StringList: 'Stands for its items as a whole line of a list, such as the commands of a script.',
  SecureString:
    'Stands for the whole value of a document’s String parameter with interpolationType ENV_VAR: the script finds it in its environment, and it is never part of the script.',
};

/** One line, for a table. */
export const oneLine = (value: string): string => value.replace(/\s*\n\s*/g, ' ⏎ ');

/** `3 associations`, with the versions that they name: `2 and the newest`. */
export function versionsText(versions: readonly (number | null)[]): string {
  const named = versions.map((version) => (version === null ? 'the newest version' : `version ${version}`));
  return named.length < 2 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}
