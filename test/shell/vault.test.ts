import type { SafeStorage } from 'electron';
import { describe, expect, test } from 'vitest';
import { findVault } from '../../electron/shell/vault.ts';

type KeyStore = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'>;

/** A key store that works, unless a test says otherwise. */
function aKeyStore(changes: Partial<KeyStore> = {}): SafeStorage {
  const store: KeyStore = {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`v11${text.split('').reverse().join('')}`)),
    decryptStringAsync: (sealed) =>
      Promise.resolve({ result: sealed.subarray(3).toString().split('').reverse().join(''), shouldReEncrypt: false }),
    ...changes,
  };
  // Nothing else of it is used.
  return store as SafeStorage;
}

const sealedAs = (mark: string) => (text: string) => Promise.resolve(Buffer.from(`${mark}${text.split('').reverse().join('')}`));

describe('a key store is used', () => {
  test('when it gives back what it sealed', async () => {
    const finding = await findVault(aKeyStore(), 'linux');
    if (finding.kind === 'none') throw new Error(finding.because);
    const sealed = await finding.vault.seal('crown jewels');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('crown jewels');
    expect(await finding.vault.unseal(sealed)).toBe('crown jewels');
  });

  test('on macOS also with the mark that means an open secret on Linux', async () => {
    expect((await findVault(aKeyStore({ encryptStringAsync: sealedAs('v10') }), 'darwin')).kind).toBe('found');
  });
});

describe('a key store is refused', () => {
  const refused: readonly [string, Partial<KeyStore>][] = [
    ['when it is not there', { isAsyncEncryptionAvailable: () => Promise.resolve(false) }],
    ['when the session has none and Chromium would make do with text', { getSelectedStorageBackend: () => 'basic_text' }],
    ['when it is not known which one it is', { getSelectedStorageBackend: () => 'unknown' }],
    ['when it seals with a password that everyone knows', { encryptStringAsync: sealedAs('v10') }],
    ['when it does not encrypt', { encryptStringAsync: (text) => Promise.resolve(Buffer.from(`v11${text}`)) }],
    [
      'when it gives back something else',
      { decryptStringAsync: () => Promise.resolve({ result: 'something else', shouldReEncrypt: false }) },
    ],
    ['when it fails', { encryptStringAsync: () => Promise.reject(new Error('the keyring is locked')) }],
  ];

  test.each(refused)('%s', async (_when, changes) => {
    expect(await findVault(aKeyStore(changes), 'linux')).toEqual({ kind: 'none', because: expect.stringContaining('key store') });
  });
});
