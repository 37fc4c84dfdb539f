import { createHash, randomBytes } from 'node:crypto';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** One `name=value` of a challenge; a value may be quoted. */
const FIELD = /([a-zA-Z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

const HASHES: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** How many bytes a challenge may have: it is a stranger's. */
const LONGEST_CHALLENGE = 4000;

interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: string;
  readonly hash: string;
  readonly isSession: boolean;
  readonly hasQop: boolean;
}

/** Of a header that may have several challenges, of several schemes: the strongest one that is understood here; null when none is. */
function challengeOf(header: string): Challenge | null {
  if (header.length > LONGEST_CHALLENGE) return null;
  const starts = [...header.matchAll(/(?:^|,)\s*Digest\s+/gi)].map(({ index }) => index);
  const challenges = starts.flatMap((start, position) => readChallenge(header.slice(start, starts[position + 1])) ?? []);
  return challenges.find(({ hash }) => hash === 'sha256') ?? challenges[0] ?? null;
}

function readChallenge(text: string): Challenge | null {
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, plain] of text.matchAll(FIELD)) {
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const algorithm = fields.get('algorithm') ?? 'MD5';
  const isSession = /-sess$/i.test(algorithm);
  const hash = HASHES[algorithm.toUpperCase().replace(/-SESS$/, '')];
  const nonce = fields.get('nonce');
  const qop = fields.get('qop');
  const takesAuth = qop?.split(',').some((one) => one.trim().toLowerCase() === 'auth');
  if (hash === undefined || nonce === undefined || takesAuth === false) return null;
  return { realm: fields.get('realm') ?? '', nonce, opaque: fields.get('opaque'), algorithm, hash, isSession, hasQop: qop !== undefined };
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** The Authorization header that answers a challenge (RFC 7616, quality of protection `auth`); null for one that is not understood. */
export function digestAuthorization(
  header: string,
  { login, method, uri, cnonce = randomBytes(16).toString('hex') }: { login: Login; method: string; uri: string; cnonce?: string },
): string | null {
  const challenge = challengeOf(header);
  if (challenge === null) return null;
  const { realm, nonce, opaque, algorithm, isSession, hasQop } = challenge;
  const hash = (text: string): string => createHash(challenge.hash).update(text).digest('hex');
  const user = hash(`${login.username}:${realm}:${login.password}`);
  const secret = isSession ? hash(`${user}:${nonce}:${cnonce}`) : user;
  const count = '00000001';
  const asked = hash(`${method}:${uri}`);
  const response = hash(hasQop ? `${secret}:${nonce}:${count}:${cnonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`);
  const fields = [
    `username=${quoted(login.username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(hasQop ? ['qop=auth', `nc=${count}`] : []),
    ...(hasQop || isSession ? [`cnonce="${cnonce}"`] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}
