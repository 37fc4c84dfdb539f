import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { OutputLocation } from '../../domain/association.ts';
import type { Execution } from '../../domain/execution.ts';
import type { CopiedStream, OutputCopy } from '../../domain/output-copy.ts';
import { afterFailure, copiedStreams, INCOMPLETE_AFTER_MS, isComplete, runFolder } from '../../domain/output-copy.ts';
import type { OutputDestination } from '../../domain/output-destination.ts';
import { secretLabel } from '../../domain/output-destination.ts';
import type { OutputPlace } from '../ports/output-places.ts';
import type { Context } from './context.ts';

type CopyContext = Pick<Context, 'stores' | 'outputs' | 'library' | 'cipher' | 'clock' | 'changes' | 'openOutputPlace'>;

const locationOf = ({ stores }: Pick<Context, 'stores'>, execution: Execution): OutputLocation | null =>
  stores.associations.versionDraft(execution.associationId, execution.associationVersion)?.outputLocation ?? null;

/** Where the association wants it, the output of the node's run is to be copied. Belongs into the transaction that ends the run. */
export function enqueueCopy(context: Pick<Context, 'stores' | 'clock'>, execution: Execution, nodeId: NodeId): void {
  const { executionId } = execution;
  if (locationOf(context, execution) === null || context.stores.outputCopies.find(executionId, nodeId) !== null) return;
  const now = context.clock.now();
  const nothingYet = { status: 'Waiting' as const, tries: 0, outputUrl: null, problem: null };
  context.stores.outputCopies.put({ executionId, nodeId, ...nothingYet, dueAt: now, enqueuedAt: now });
}

/** The place with this name, open; throws when there is none, or none can be opened. */
export async function openDestination(
  { stores, cipher, openOutputPlace }: Pick<Context, 'stores' | 'cipher' | 'openOutputPlace'>,
  name: string,
): Promise<{ place: OutputPlace; destination: OutputDestination }> {
  const found = stores.outputDestinations.find(name);
  if (found === null) throw new Error(`There is no output store “${name}” any more.`);
  const { destination, secret } = found;
  return { destination, place: await openOutputPlace(destination, secret === null ? null : cipher.open(secret, secretLabel(name))) };
}

/**
 * Tries to copy the output of one target, and keeps how that went. One whose output has not all come waits for it; when nothing more
 * comes, what there is is copied, and said to be in part.
 */
export async function copyOutput(context: CopyContext, copy: OutputCopy): Promise<OutputCopy> {
  const after = await tried(context, copy);
  if (after !== copy) context.stores.outputCopies.put(after);
  context.changes.publish({ kind: 'target', executionId: copy.executionId, nodeId: copy.nodeId });
  return after;
}

async function tried(context: CopyContext, copy: OutputCopy): Promise<OutputCopy> {
  const { executionId, nodeId } = copy;
  const { stores, outputs, clock } = context;
  const execution = stores.executions.find(executionId);
  const location = execution === null ? null : locationOf(context, execution);
  if (execution === null || location === null) return { ...copy, status: 'Failed', dueAt: null, problem: 'Its association is gone.' };
  if (stores.retention.dropped(executionId, nodeId) !== null) {
    return { ...copy, status: 'Failed', dueAt: null, problem: 'The output was dropped before it could be copied.' };
  }
  const records = stores.executions.steps(executionId, nodeId);
  const isWhole = isComplete(records, (stream) => outputs.size({ ...stream, executionId, nodeId }));
  const givenUpAt = new Date(copy.enqueuedAt.getTime() + INCOMPLETE_AFTER_MS);
  if (!isWhole && clock.now() < givenUpAt) return { ...copy, dueAt: givenUpAt };
  try {
    const outputUrl = await copyStreams(context, { execution, nodeId, location });
    const problem = isWhole ? null : 'The node did not send all of the output; what came is there.';
    return { ...copy, status: 'Copied', dueAt: null, tries: copy.tries + 1, outputUrl, problem };
  } catch (cause) {
    return afterFailure(copy, cause instanceof Error ? cause.message || cause.name : String(cause), clock.now());
  }
}

type Run = { execution: Execution; nodeId: NodeId; location: OutputLocation };

async function copyStreams(context: CopyContext, { execution, nodeId, location }: Run): Promise<string> {
  const { outputs } = context;
  const { executionId } = execution;
  const { place, destination } = await openDestination(context, location.outputS3BucketName);
  try {
    const folder = runFolder({ ...execution, nodeId }, { prefix: location.outputS3KeyPrefix, kind: destination.kind });
    for (const { key, ...stream } of streamsOf(context, execution, nodeId)) {
      const file = { ...stream, executionId, nodeId };
      const bytes = outputs.size(file);
      if (bytes > 0) await place.put(`${folder}/${key}`, () => outputs.reader(file), bytes);
    }
    return place.urlOf(folder);
  } finally {
    place.close();
  }
}

/** The streams that a node's steps have in the store of their association, below the run's folder. */
export function streamsOf({ stores, library }: Pick<Context, 'stores' | 'library'>, execution: Execution, nodeId: NodeId): CopiedStream[] {
  const { executionId, documentName, documentVersion } = execution;
  const steps = library.steps(documentName, documentVersion) ?? [];
  const schemaVersion = library.schemaVersion(documentName, documentVersion) ?? '2.2';
  return copiedStreams(stores.executions.steps(executionId, nodeId), { schemaVersion, steps });
}
