import { SHORTEST_MASKED } from '../protocol/sealed-secret.ts';

/*
 * What is masked of a secret: the secret itself, as a shell leaves it, each of its lines; the same inside a JSON text or a URL, in
 * hexadecimal, and in base64, also in the middle of a longer text and in wrapped lines. What is compressed, encrypted, reversed or
 * taken apart is not recognised: nobody can mask that. Nor is what is shorter than SHORTEST_MASKED characters.
 */

/** Columns at which programs wrap base64: MIME, PEM. */
const WRAPPED_AT = [76, 64];

/** Every piece of text that gives a secret away. */
export function secretPieces(secret: string): string[] {
  const lines = secret.split(/\r?\n/);
  const whole = [secret, secret.trim()];
  const pieces = [...whole, ...(lines.length > 1 ? lines.map((line) => line.trim()) : [])].filter(isLongEnough);
  const encoded = new Set([...pieces, ...whole.filter(isLongEnough)]);
  return [...new Set([...encoded].flatMap((piece) => [piece, ...encodingsOf(piece)]))].filter(isLongEnough);
}

const isLongEnough = (piece: string): boolean => [...piece].length >= SHORTEST_MASKED;

function encodingsOf(piece: string): string[] {
  const bytes = Buffer.from(piece);
  const hexadecimal = bytes.toString('hex');
  const url = encodeURIComponent(piece.toWellFormed());
  const json = JSON.stringify(piece).slice(1, -1);
  return [json, url, lowerCaseEscapes(url), url.replaceAll('%20', '+'), hexadecimal, hexadecimal.toUpperCase(), ...base64Of(bytes)];
}

const lowerCaseEscapes = (url: string): string => url.replaceAll(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());

/** Alone and in lines, and what base64 makes of it wherever it stands in a longer text: three texts, without the borders. */
function base64Of(bytes: Buffer): string[] {
  const alone = bytes.toString('base64').replace(/=+$/, '');
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const ownBits = (before + bytes.length) * 8;
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(ownBits / 6));
  });
  const wrapped = WRAPPED_AT.flatMap((columns) => (alone.length > columns ? (alone.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []) : []));
  const standard = [alone, ...inside, ...wrapped];
  return [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
