import type { SafeStorage } from 'electron';
import type { FromController, VaultAnswer } from '../api/host-messages.ts';

/** Seals with the key that the computer's own key store (Keychain, DPAPI, libsecret, KWallet) keeps for this user. */
export type SafeStorageVault = {
  seal(secret: string): Promise<string>;
  unseal(sealed: string): Promise<string>;
};

export type VaultFinding = { kind: 'found'; vault: SafeStorageVault } | { kind: 'none'; because: string };

/** Chromium's mark for text that it encrypted with a password known to everyone, for want of a key store. */
const openSecret = 'v10';

/** Proves that the computer's key store really encrypts before anything is entrusted to it. */
export async function findVault(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<VaultFinding> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { kind: 'none', because: 'this computer offers no key store' };
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return { kind: 'none', because: 'no key store (GNOME Keyring, KWallet) runs in this session' };
  }
  const vault = vaultOf(safeStorage);
  const because = await weaknessOf(vault, platform);
  return because === null ? { kind: 'found', vault } : { kind: 'none', because };
}

function vaultOf(safeStorage: SafeStorage): SafeStorageVault {
  return {
    seal: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    unseal: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
  };
}

async function weaknessOf(vault: SafeStorageVault, platform: NodeJS.Platform): Promise<string | null> {
  const probe = 'Holdfast tries the key store with this sentence.';
  try {
    const sealed = await vault.seal(probe);
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.includes(probe)) return 'its key store does not encrypt';
    if (platform === 'linux' && bytes.subarray(0, openSecret.length).equals(Buffer.from(openSecret))) {
      return 'its key store encrypts with a password that everyone knows';
    }
    return (await vault.unseal(sealed)) === probe ? null : 'its key store does not give back what it was given';
  } catch (error) {
    return `its key store fails (${error instanceof Error ? error.message : String(error)})`;
  }
}

type VaultRequest = Extract<FromController, { kind: 'seal' | 'unseal' }>;

/** A key store that fails is the controller's to judge: it knows what it was about to keep or to read. */
export async function answerOf(finding: VaultFinding, request: VaultRequest): Promise<VaultAnswer> {
  if (finding.kind === 'none') return { ok: false, problem: finding.because };
  const { vault } = finding;
  try {
    return { ok: true, bytes: await (request.kind === 'seal' ? vault.seal(request.secret) : vault.unseal(request.sealed)) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
