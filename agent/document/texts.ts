import type { Path } from './path.ts';

/** Every text in a value, with the way to it. Keys are not among them: they are never interpolated (spec.md 8.3). */
export function textsIn(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, position) => textsIn(item, [...path, position]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}
