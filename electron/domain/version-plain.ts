import { compareDigits } from './version-debian.ts';

/** Words that say that a version is not there yet. */
const BEFORE_RELEASE = new Set(['alpha', 'beta', 'canary', 'dev', 'milestone', 'pre', 'preview', 'rc', 'snapshot']);
/** So does a letter, but only before its number: 3.13b1 comes before 3.13, and 1.1.1b after 1.1.1. */
const BEFORE_RELEASE_WITH_NUMBER = new Set(['a', 'b', 'c', 'm']);

type Token = { rank: number; text: string };

const END: Token = { rank: 1, text: '' };

function tokenOf(text: string, next: string | undefined): Token {
  if (/^\d/.test(text)) return /^0+$/.test(text) ? END : { rank: 3, text };
  const isEarly = BEFORE_RELEASE.has(text) || (BEFORE_RELEASE_WITH_NUMBER.has(text) && /^\d/.test(next ?? ''));
  return { rank: isEarly ? 0 : 2, text };
}

function tokensOf(version: string): Token[] {
  const parts: readonly string[] =
    version
      .toLowerCase()
      .replace(/\+.*$/s, '')
      .match(/\d+|\p{L}+/gu) ?? [];
  const tokens: Token[] = [];
  for (const [at, part] of parts.entries()) {
    const token = tokenOf(part, parts[at + 1]);
    // 1.0.0-rc comes before 1.0 as 1.0-rc does: zeros before such a word say nothing.
    while (token.rank === 0 && tokens.at(-1) === END) tokens.pop();
    tokens.push(token);
  }
  return tokens;
}

/**
 * Dotted numbers, and words between them. A missing part is a zero (1.0 is 1.0.0), a word that announces a version comes before it
 * (1.0-rc.1 < 1.0), any other comes after it (1.0 < 1.0p1 < 1.0.1). What follows a plus sign says how it was built, as in semver.
 */
export function comparePlainVersions(a: string, b: string): number {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at] ?? END, right[at] ?? END];
    if (one.rank !== other.rank) return Math.sign(one.rank - other.rank);
    const within = one.rank === 3 ? compareDigits(one.text, other.text) : one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
    if (within !== 0) return Math.sign(within);
  }
  return 0;
}
