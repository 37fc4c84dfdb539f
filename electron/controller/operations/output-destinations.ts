import { Fault } from '../../domain/faults.ts';
import type { DestinationDraft, OutputDestination } from '../../domain/output-destination.ts';
import { MOST_DESTINATIONS, secretLabel } from '../../domain/output-destination.ts';
import type { Context } from './context.ts';

type DestinationContext = Pick<Context, 'stores' | 'transaction' | 'cipher' | 'changes' | 'openOutputPlace'>;

/** The secret that the draft means: its own, or the one that is kept; a store that moved to another address needs it anew. */
function secretOf({ stores, cipher }: DestinationContext, { destination, secretAccessKey }: DestinationDraft): string | null {
  if (destination.kind === 'folder') return null;
  if (secretAccessKey !== null) return secretAccessKey;
  const known = stores.outputDestinations.find(destination.name);
  const isSame = known?.destination.kind === 'S3' && known.destination.endpoint === destination.endpoint;
  if (!isSame || known.secret === null) {
    throw new Fault('ValidationException', { problems: ['The secret access key is missing.'] }, { places: [{ field: 'secretAccessKey' }] });
  }
  return cipher.open(known.secret, secretLabel(destination.name));
}

export function putDestination(context: DestinationContext, draft: DestinationDraft): OutputDestination {
  const { stores, cipher, changes } = context;
  const { destination } = draft;
  context.transaction(() => {
    const secret = secretOf(context, draft);
    if (stores.outputDestinations.find(destination.name) === null && stores.outputDestinations.count() >= MOST_DESTINATIONS) {
      throw new Fault('E-OUTPUT-STORE-LIMIT', { limit: MOST_DESTINATIONS });
    }
    stores.outputDestinations.put(destination, secret === null ? null : cipher.seal(secret, secretLabel(destination.name)));
  });
  changes.publish({ kind: 'output-destination', name: destination.name });
  return destination;
}

/** Throws a Fault with what the store said. */
export async function testDestination(context: DestinationContext, draft: DestinationDraft): Promise<void> {
  const { destination } = draft;
  const secret = secretOf(context, draft);
  try {
    const place = await context.openOutputPlace(destination, secret);
    try {
      await place.prove();
    } finally {
      place.close();
    }
  } catch (cause) {
    const because = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new Fault('E-OUTPUT-STORE', { name: destination.name, because: because.slice(0, 500) }, { cause });
  }
}

/** Associations whose output goes there. */
export const usersOf = ({ stores }: Pick<Context, 'stores'>, name: string): number =>
  stores.associations.list().filter(({ outputLocation }) => outputLocation?.outputS3BucketName === name).length;

export function deleteDestination(context: DestinationContext, name: string): void {
  const associations = usersOf(context, name);
  if (associations > 0) throw new Fault('E-OUTPUT-STORE-USED', { name, associations });
  if (!context.stores.outputDestinations.delete(name)) throw new Fault('E-OUTPUT-STORE-UNKNOWN', { name });
  context.changes.publish({ kind: 'output-destination', name });
}
