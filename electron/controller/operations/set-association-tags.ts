import type { AssociationId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { Tag } from '../../domain/tag.ts';
import { checkTags } from '../../domain/tag.ts';
import type { Context } from './context.ts';

/** The tags as they may be stored; throws the fault of the first trouble. */
export function checkedTags(raw: unknown): Tag[] {
  const checked = checkTags(raw);
  if (checked.ok) return checked.tags;
  const places = [{ field: 'tags' }];
  if (checked.code === 'TooManyTagsError') throw new Fault('TooManyTagsError', { sent: checked.sent }, { places });
  throw new Fault('InvalidTag', { problem: checked.problem }, { places });
}

/** Replaces an association's tags. They are no setting: no version is made and nothing runs (spec.md 1.5). */
export function setAssociationTags(
  { stores, changes }: Pick<Context, 'stores' | 'changes'>,
  { associationId, tags }: { associationId: AssociationId; tags: unknown },
): void {
  if (stores.associations.find(associationId) === null) throw new Fault('AssociationDoesNotExist', { associationId });
  stores.associations.setTags(associationId, checkedTags(tags));
  changes.publish({ kind: 'association', associationId });
}
