import type { ComplianceType } from '../../electron/domain/compliance.ts';
import type { ChangeReason } from '../../electron/domain/compliance-change.ts';

const CUSTOM = 'Custom:';

/** What a type is about, in a word. */
export function typeText(complianceType: ComplianceType): string {
  if (complianceType === 'Association') return 'Associations';
  if (complianceType === 'Patch') return 'Patches';
  return complianceType.startsWith(CUSTOM) ? complianceType.slice(CUSTOM.length) : complianceType;
}

export const reasonTexts: Record<ChangeReason, string> = {
  Run: 'A run said so',
  Put: 'Put by hand or by a tool',
  AssociationEdited: 'Its association was edited',
  AssociationDeleted: 'Its association was deleted',
  NoLongerMatches: 'The node no longer matches the association',
  NodeDeregistered: 'The node was deregistered',
};
