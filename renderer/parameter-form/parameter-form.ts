import type { ParameterRow } from '../../electron/api/documents.ts';

export type FieldKind = 'choice' | 'choices' | 'yes-no' | 'number' | 'lines' | 'json' | 'text-area' | 'text';

/** The control for a parameter, by its type; spec.md 8.2 says how each type's values travel. */
export function fieldKindOf({ type, allowedValues, displayType }: Pick<ParameterRow, 'type' | 'allowedValues' | 'displayType'>): FieldKind {
  switch (type) {
    case 'StringList':
      return allowedValues === null || allowedValues.length === 0 ? 'lines' : 'choices';
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

/** What the parameter is, and what its value has to be. */
export function hintOf(parameter: ParameterRow): string {
  const { type, description, allowedPattern } = parameter;
  const pattern = allowedPattern === null ? '' : `Has to match ${allowedPattern}`;
  const typeHint = fieldKindOf(parameter) === 'choices' ? '' : (typeHints.get(type) ?? '');
  return [description, typeHint, ...limitsOf(parameter), pattern].filter((part) => part !== '').join(' ');
}

function limitsOf({ type, minItems, maxItems, minChars, maxChars }: ParameterRow): string[] {
  const isCounted = type === 'StringList' || type === 'StringMap' || type === 'MapList';
  return [
    isCounted ? rangeText(minItems, maxItems, 'entries') : '',
    rangeText(minChars, maxChars, type === 'StringList' ? 'characters each' : 'characters'),
  ];
}

function rangeText(min: number | null, max: number | null, what: string): string {
  if (min === null && max === null) return '';
  if (max === null) return `At least ${min} ${what}.`;
  return min === null ? `At most ${max} ${what}.` : `${min} to ${max} ${what}.`;
}

export const linesOf = (texts: readonly string[] | null): string => (texts ?? []).join('\n');

/** One item a line; an empty field is no value at all. A line that is empty is an item too: scripts have them. */
export const textsOfLines = (text: string): readonly string[] | null => (text === '' ? null : text.split('\n'));
