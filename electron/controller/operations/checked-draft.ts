import type { AssociationId } from '../../../agent/protocol/ids.ts';
import type { AssociationDraft } from '../../domain/association.ts';
import type { CheckedDraft } from '../../domain/association-check.ts';
import type { FaultPlace } from '../../domain/faults.ts';
import { Fault } from '../../domain/faults.ts';
import type { CheckContext } from './check-association.ts';
import { checkAssociation } from './check-association.ts';

/** The fault for the first problem, pointing at every field that has one. */
export function draftRefusal({ problems, draft }: Pick<CheckedDraft, 'problems' | 'draft'>): Fault {
  const places: FaultPlace[] = problems.map(({ field }) => ({ field }));
  const sentences = problems.map(({ message }) => message);
  const [first] = problems;
  const all = sentences.join(' ');
  switch (first?.code) {
    case 'InvalidSchedule':
      return new Fault('InvalidSchedule', { problem: all }, { places });
    case 'InvalidTarget':
      return new Fault('InvalidTarget', { problem: all }, { places });
    case 'InvalidInstanceId':
      return first.field === 'instanceId'
        ? new Fault('InvalidInstanceId', { problem: first.message }, { places })
        : new Fault('InvalidTarget', { problem: all }, { places });
    case 'InvalidParameters':
      return new Fault('InvalidParameters', { problems: sentences }, { places });
    case 'MaxDocumentSizeExceeded':
    case 'InvalidTargetMaps':
    case 'UnsupportedPlatformType':
    case 'InvalidOutputLocation':
      return new Fault(first.code, { problem: first.message }, { places });
    case 'InvalidDocument':
      return new Fault('InvalidDocument', { problem: first.message }, { places });
    case 'InvalidDocumentVersion':
      if (draft === null) break;
      return new Fault('InvalidDocumentVersion', { name: draft.documentName, version: draft.documentVersion }, { places });
  }
  return new Fault('ValidationException', { problems: sentences }, { places });
}

/** The draft as it may be saved; throws the fault of what is wrong with it. */
export function checkedDraft(context: CheckContext, raw: unknown, own: AssociationId | null): AssociationDraft {
  const checked = checkAssociation(context, raw, own);
  if (checked.problems.length === 0 && checked.draft !== null) return checked.draft;
  throw draftRefusal(checked);
}
