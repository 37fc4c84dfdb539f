import type { ParameterRow } from '../../electron/api/documents.ts';

export type FieldKind = 'choice' | 'yes-no' | 'number' | 'lines' | 'json' | 'text-area' | 'text';

/** The control for a parameter, by its type; spec.md 8.2 says how each type's values travel. */
export function fieldKindOf({ type, allowedValues, displayType }: Pick<ParameterRow, 'type' | 'allowedValues' | 'displayType'>): FieldKind {
  switch (type) {
    case 'StringList':
      return 'lines';
    case 'StringMap':
    case 'MapList':
      return 'json';
    default:
      break;
  }
  if (allowedValues !== null && allowedValues.length > 0) return 'choice';
  if (type === 'Boolean') return 'yes-no';
  if (type === 'Integer') return 'number';
  return displayType === 'textarea' ? 'text-area' : 'text';
}

const typeHints: ReadonlyMap<string, string> = new Map([
  ['StringList', 'One item a line.'],
  ['StringMap', 'A JSON object of texts.'],
  ['MapList', 'A JSON list of objects.'],
]);

export function hintOf({ type, description, allowedPattern, allowedValues }: ParameterRow): string {
  const values = type === 'StringList' && allowedValues !== null ? `Allowed: ${allowedValues.join(', ')}.` : '';
  const pattern = allowedPattern === null ? '' : `Has to match ${allowedPattern}`;
  return [description, typeHints.get(type) ?? '', values, pattern].filter((part) => part !== '').join(' ');
}

export const linesOf = (texts: readonly string[] | null): string => (texts ?? []).join('\n');

/** One item a line; an empty field is no value at all. A line that is empty is an item too: scripts have them. */
export const textsOfLines = (text: string): readonly string[] | null => (text === '' ? null : text.split('\n'));
