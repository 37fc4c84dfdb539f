import type { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { Association } from '../../domain/association.ts';
import type { SkipReason, Trigger } from '../../domain/execution.ts';

/** Why, when and where an association is to be applied. */
export type Occasion = {
  association: Association;
  trigger: Trigger;
  /** The scheduled moment; null when no schedule made it begin. One moment makes one execution, however often it is asked for. */
  fireAt: Date | null;
  /** Only these of the matching nodes; null means all of them. */
  onlyNodes: ReadonlySet<NodeId> | null;
  /** Where one request may be made twice, the id that both give what it starts. */
  executionId?: ExecutionId;
  /** When set, nothing is run: every target is recorded as skipped for this reason. */
  skipBecause?: SkipReason;
};
