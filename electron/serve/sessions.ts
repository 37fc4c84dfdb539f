import { digestOf, isSecretOf, newSecret } from './secrets.ts';

/** One-time links, and the sessions that they open. Kept hashed, in memory alone: they end with the process. */
export type Sessions = {
  /** A code for one link. */
  newCode(): string;
  /** The session's token; null when there is no such code, or it was used or is too old. */
  exchange(code: string): { kind: 'session'; token: string } | { kind: 'refused' } | { kind: 'too-many' };
  isSession(token: string): boolean;
};

const CODE_MILLISECONDS = 10 * 60 * 1000;
/** More links than this are not open at once: the oldest gives way. */
const OPEN_CODES = 32;
const WRONG_CODES_PER_MINUTE = 10;

export function openSessions(now: () => Date): Sessions {
  const sessions: Buffer[] = [];
  let codes: { digest: Buffer; until: number }[] = [];
  let wrongAt: number[] = [];

  const isTooMany = (time: number): boolean => {
    wrongAt = wrongAt.filter((at) => at <= time && time - at < 60_000);
    return wrongAt.length >= WRONG_CODES_PER_MINUTE;
  };

  return {
    newCode: () => {
      const code = newSecret();
      codes = [...codes, { digest: digestOf(code), until: now().getTime() + CODE_MILLISECONDS }].slice(-OPEN_CODES);
      return code;
    },
    exchange: (code) => {
      const time = now().getTime();
      if (isTooMany(time)) return { kind: 'too-many' };
      // All are compared, so that the time does not tell which one fits.
      const used = codes.filter(({ digest }) => isSecretOf(digest, code));
      codes = codes.filter((open) => !used.includes(open) && time < open.until);
      if (!used.some(({ until }) => time < until)) {
        wrongAt.push(time);
        return { kind: 'refused' };
      }
      const token = newSecret();
      sessions.push(digestOf(token));
      return { kind: 'session', token };
    },
    isSession: (token) => sessions.filter((digest) => isSecretOf(digest, token)).length > 0,
  };
}
