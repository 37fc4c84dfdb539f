import { v5, v7 } from 'uuid';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { ExecutionId } from '../../agent/protocol/ids.ts';

/** Namespace of Holdfast's scheduled occurrences (a random UUID, fixed for ever: nodes compute the same ids). */
const NAMESPACE = '7b6c1f0e-52d4-4b0e-9a3f-6d1c0f4e8a27';

/** The id that anyone can compute for one fire of one version of an association. `fireAt` in UTC, to the millisecond. */
export function scheduledExecutionId(associationId: AssociationId, associationVersion: number, fireAt: Date): ExecutionId {
  return ExecutionId.parse(v5(`${associationId}/${associationVersion}/${fireAt.toISOString()}`, NAMESPACE));
}

/** The id of what a step's refresh starts of one association: asked for twice, it is the same occurrence, which is there already. */
export function refreshExecutionId(step: { executionId: ExecutionId; stepIndex: number }, associationId: AssociationId): ExecutionId {
  return ExecutionId.parse(v5(`refresh/${step.executionId}/${step.stepIndex}/${associationId}`, NAMESPACE));
}

/** The id of an occurrence that no schedule made: in order of time, and known to nobody before. */
export function newExecutionId(now: Date): ExecutionId {
  return ExecutionId.parse(v7({ msecs: now.getTime() }));
}
