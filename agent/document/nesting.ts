/** Levels of lists and maps a document or a parameter value may have. Keeps every recursive walk over them far from the end of the stack. */
export const MAX_NESTING = 64;

/** Looks no deeper than `levels`, so that the check itself is safe on any value, also on one that contains itself. */
export function isNestedWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((inner) => isNestedWithin(inner, levels - 1));
}
