import type { Context } from './context.ts';

/** No person can give this name: it begins with a reserved word. */
const NAME = 'ssm.self-test';

/** Puts what was sealed where secrets are put, and answers what the database then has in that place. Nothing of it stays. */
export function storeProbe({ stores, transaction, clock }: Pick<Context, 'stores' | 'transaction' | 'clock'>, sealed: string): string {
  const now = clock.now();
  return transaction(() => {
    stores.parameters.delete(NAME);
    stores.parameters.insert({
      name: NAME,
      type: 'SecureString',
      dataType: 'text',
      version: 1,
      description: '',
      allowedPattern: null,
      createdAt: now,
      lastModifiedAt: now,
      storedValue: sealed,
    });
    const found = stores.parameters.version(NAME, 1)?.storedValue ?? '';
    stores.parameters.delete(NAME);
    return found;
  });
}
