import type { OutputDestination } from '../../electron/domain/output-destination.ts';

export interface StoreFields {
  kind: OutputDestination['kind'];
  name: string;
  endpoint: string;
  region: string;
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  authority: string;
  folder: string;
}

const EMPTY: StoreFields = {
  kind: 'S3',
  name: '',
  endpoint: '',
  region: 'us-east-1',
  pathStyle: true,
  accessKeyId: '',
  secretAccessKey: '',
  authority: '',
  folder: '',
};

export function storeFields(known: OutputDestination | null): StoreFields {
  if (known === null) return EMPTY;
  if (known.kind === 'folder') return { ...EMPTY, ...known };
  return { ...EMPTY, ...known, authority: known.authority ?? '' };
}

/** What is typed as a draft, checked by nobody yet. */
export function draftOfStore(fields: StoreFields): unknown {
  const { kind, name, endpoint, region, pathStyle, accessKeyId, secretAccessKey, authority, folder } = fields;
  if (kind === 'folder') return { destination: { kind, name: name.trim(), folder }, secretAccessKey: null };
  const pem = authority.trim() === '' ? null : authority;
  return {
    destination: { kind, name: name.trim(), endpoint, region, pathStyle, accessKeyId, authority: pem },
    secretAccessKey: secretAccessKey === '' ? null : secretAccessKey,
  };
}

type Parsed = { success: true } | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };

export const storeProblem = (parsed: Parsed, field: string): string | null =>
  parsed.success ? null : (parsed.error.issues.find(({ path }) => path.at(-1) === field)?.message ?? null);
