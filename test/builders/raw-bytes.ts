import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below the folder that has the secret in it, plain or in a usual spelling of its bytes. */
export function filesWith(folder: string, secret: string): string[] {
  const bytes = Buffer.from(secret);
  const spellings = [bytes, Buffer.from(bytes.toString('hex')), ...base64Cores(bytes), Buffer.from(secret, 'utf16le')];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .filter((file) => {
      const raw = readFileSync(file);
      return spellings.some((spelling) => raw.includes(spelling));
    });
}

/** Base64 of the secret as it looks at each of the three places at which it can begin in a longer text, without its uncertain ends. */
function base64Cores(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return Buffer.from(text.slice(before === 0 ? 0 : 4, -4));
  });
}
