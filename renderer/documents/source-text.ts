import type { DocumentFormat, DocumentVersion } from '../../electron/domain/managed-document.ts';

const endings: Record<DocumentFormat, string> = { YAML: 'yaml', JSON: 'json', TEXT: 'ics' };

/** `name-v2.yaml`: with the version, so that two of them can lie beside each other. */
export const fileNameOf = ({ name, documentVersion, format }: Pick<DocumentVersion, 'name' | 'documentVersion' | 'format'>): string =>
  `${name}-v${documentVersion}.${endings[format]}`;

/** To be read: the break at the end of the last line would show as a line of its own. */
export const withoutLastBreak = (text: string): string => text.replace(/\r?\n$/, '');

/** As an editor numbers them, except that the end of the last line is not a line of its own. */
export const lineCount = (text: string): number => withoutLastBreak(text).split('\n').length;

/** The beginning of a document's hash: enough to compare two of them by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 12);
