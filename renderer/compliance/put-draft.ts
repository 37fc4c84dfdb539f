import type { NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceItem, ComplianceStatus, ItemSeverity } from '../../electron/domain/compliance.ts';

/** One item as it is being written. */
export interface ItemDraft {
  /** Tells the rows apart while ids are being typed. */
  key: number;
  id: string;
  title: string;
  severity: ItemSeverity;
  status: ComplianceStatus;
  /** One `key = value` a line. */
  details: string;
}

export const emptyItem = (key: number): ItemDraft => ({
  key,
  id: '',
  title: '',
  severity: 'UNSPECIFIED',
  status: 'COMPLIANT',
  details: '',
});

/** An item that is there, to be put again. A value's line breaks do not fit on a line of their own. */
export const draftOf = (item: ComplianceItem, key: number): ItemDraft => ({
  key,
  id: item.itemId,
  title: item.title,
  severity: item.severity,
  status: item.status,
  details: Object.entries(item.details)
    .map(([name, value]) => `${name} = ${value.replaceAll('\n', ' ')}`)
    .join('\n'),
});

/** Lines without a `=` are keys without a value. */
export function detailsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

export interface PutTarget {
  nodeId: NodeId;
  complianceType: string;
}

/** What the API shows as the kind of run behind an item that was put here. */
export const BY_HAND = 'ByHand';

/** PutComplianceItems as the API has it: items of associations one by one, of every other type as a whole. */
export const requestOf = (
  { nodeId, complianceType }: { nodeId: string; complianceType: string },
  items: readonly ItemDraft[],
  now: Date,
) => ({
  ResourceId: nodeId,
  ResourceType: 'ManagedInstance',
  ComplianceType: complianceType,
  ExecutionSummary: { ExecutionTime: now.toISOString(), ExecutionType: BY_HAND },
  UploadType: complianceType === 'Association' ? 'PARTIAL' : 'COMPLETE',
  Items: items.map(({ id, title, severity, status, details }) => ({
    Id: id.trim(),
    ...(title.trim() === '' ? {} : { Title: title.trim() }),
    Severity: severity,
    Status: status,
    Details: detailsOf(details),
  })),
});

export type ItemField = 'Id' | 'Title' | 'Severity' | 'Status' | 'Details';

/** Whether a fault points at that member of that item, or at something in it. */
export const pointsAt = (places: readonly { field?: string | undefined }[], position: number, member: ItemField): boolean =>
  places.some(({ field }) => field === `Items.${position}.${member}` || field?.startsWith(`Items.${position}.${member}.`) === true);
