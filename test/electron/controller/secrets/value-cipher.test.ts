import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ValueCipher } from '../../../../electron/controller/ports/value-cipher.ts';
import { createValueCipher, proveCipher } from '../../../../electron/controller/secrets/value-cipher.ts';

const aCipher = () => createValueCipher(createSecretKey(randomBytes(32)));

describe('a sealed secret', () => {
  test('opens under its label with its key, and in no other way', () => {
    const cipher = aCipher();
    const sealed = cipher.seal('correct horse ☃', 'one');
    expect(cipher.open(sealed, 'one')).toBe('correct horse ☃');
    expect(() => cipher.open(sealed, 'two')).toThrow();
    expect(() => aCipher().open(sealed, 'one')).toThrow();
  });

  test('that was changed in any place does not open', () => {
    const cipher = aCipher();
    const sealed = cipher.seal('correct horse', 'one');
    const bytes = Buffer.from(sealed.slice(3), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => cipher.open(`v1:${changed.toString('base64')}`, 'one')).toThrow();
    }
    for (const cut of ['', 'v1:', 'correct horse', sealed.slice(0, -8), `v2:${sealed.slice(3)}`]) {
      expect(() => cipher.open(cut, 'one')).toThrow();
    }
  });

  test('is another text each time', () => {
    const cipher = aCipher();
    expect(new Set(Array.from({ length: 100 }, () => cipher.seal('x', 'one'))).size).toBe(100);
  });
});

describe('the proof at start', () => {
  test('is content with a cipher that encrypts', () => {
    expect(() => proveCipher(aCipher(), (sealed) => sealed)).not.toThrow();
  });

  const weak: Record<string, Pick<ValueCipher, 'seal' | 'open'>> = {
    'does nothing': { seal: (secret) => `v1:${secret}`, open: (sealed) => sealed.slice(3) },
    'only spells it in base64': {
      seal: (secret) => `v1:${Buffer.from(secret).toString('base64')}`,
      open: (sealed) => Buffer.from(sealed.slice(3), 'base64').toString(),
    },
    'does not look at labels': ((cipher: ValueCipher): Pick<ValueCipher, 'seal' | 'open'> => ({
      seal: (secret) => cipher.seal(secret, ''),
      open: (sealed) => cipher.open(sealed, ''),
    }))(aCipher()),
    'does not give back what it was given': { ...aCipher(), open: () => 'something else' },
  };

  test.each(Object.entries(weak))('refuses a cipher that %s', (_, cipher) => {
    expect(() => proveCipher(cipher, (sealed) => sealed)).toThrow(expect.objectContaining({ code: 'E-SECRETS-UNSEALED' }));
  });

  test('refuses a database that keeps something else', () => {
    expect(() => proveCipher(aCipher(), () => '')).toThrow(expect.objectContaining({ code: 'E-SECRETS-UNSEALED' }));
  });
});
