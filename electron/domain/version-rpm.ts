import { compareDigits } from './version-debian.ts';

/** The next part of a version: a tilde, a caret, a number or a word; what is between them counts for nothing. */
function tokensOf(version: string): string[] {
  return version.match(/~|\^|\d+|[A-Za-z]+/g) ?? [];
}

/** Where a part sorts when another kind of part, or nothing, is in its place: 1.0~rc < 1.0 < 1.0^git < 1.0a < 1.0.1. */
function rank(token: string | undefined): number {
  if (token === '~') return 0;
  if (token === undefined) return 1;
  if (token === '^') return 2;
  return /^\d/.test(token) ? 4 : 3;
}

/** rpmvercmp: parts from left to right, numbers above words. */
export function compareRpmPart(a: string, b: string): number {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at], right[at]];
    const order = rank(one) - rank(other);
    if (order !== 0) return Math.sign(order);
    if (one === undefined || other === undefined) return 0;
    const within = rank(one) === 4 ? compareDigits(one, other) : one < other ? -1 : one > other ? 1 : 0;
    if (within !== 0) return Math.sign(within);
  }
  return 0;
}
