/**
 * JSON without blanks and with sorted keys: the text form of lists, maps, numbers and booleans inside a script (spec.md 8.3).
 * Written out by hand because an object cannot be given an order for keys that look like numbers.
 */
export function compactJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${compactJson(inner)}`).join(',')}}`;
}

/** For the middle of a sentence: what somebody else wrote may be as long as a document. */
export function shortJson(value: unknown): string {
  const text = compactJson(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
