import * as z from 'zod';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { ComplianceFinding, ComplianceItem } from './compliance.ts';
import { ASSOCIATION_TYPE, ComplianceStatus, ComplianceType, ItemSeverity, isCustomType } from './compliance.ts';
import type { ExecutionSummary, ItemMove } from './compliance-change.ts';
import { bytesAfter } from './compliance-change.ts';
import { printable } from './tag.ts';

/** spec.md 7.2 and 15. */
export const UPLOAD_ITEM_LIMIT = 10_000;
export const CUSTOM_TYPE_LIMIT = 10;
export const TYPE_BYTES_LIMIT = 3 * 1024 * 1024;
export const NODE_BYTES_LIMIT = 10 * 1024 * 1024;
export const MANAGED_INSTANCE = 'ManagedInstance' as const;

const text = (name: string, limit: number) =>
  z
    .string(`${name} is text.`)
    .max(limit, `${name} has at most ${limit} characters.`)
    .refine(printable, `${name} has no control characters.`);

const Details = z.record(
  z.string().min(1, 'A key of Details has 1 to 64 characters.').max(64, 'A key of Details has 1 to 64 characters.'),
  z.string('A value of Details is text.').max(4096, 'A value of Details has at most 4096 characters.'),
  'Details are pairs of a key and a text.',
);

/** ComplianceItemEntry. */
const UploadItem = z.strictObject({
  Id: text('Id', 100).optional(),
  Title: text('Title', 500).optional(),
  Severity: z.enum(ItemSeverity.options, `Severity is ${ItemSeverity.options.join(', ')}.`),
  Status: z.enum(ComplianceStatus.options, `Status is ${ComplianceStatus.options.join(' or ')}.`),
  Details: Details.optional(),
});
export type UploadItem = z.output<typeof UploadItem>;

/** ComplianceExecutionSummary. */
export const UploadSummary = z.strictObject({
  ExecutionTime: z.date(),
  ExecutionId: text('ExecutionId', 100).optional(),
  ExecutionType: text('ExecutionType', 50).optional(),
});

/** PutComplianceItems as the API has it (spec.md 7.2). That a resource type is ManagedInstance and a node is there is asked later. */
export const ComplianceUpload = z.strictObject({
  ResourceId: z
    .string('ResourceId is a node id.')
    .min(1, 'ResourceId has 1 to 100 characters.')
    .max(100, 'ResourceId has 1 to 100 characters.'),
  ResourceType: z.string(`ResourceType is ${MANAGED_INSTANCE}.`),
  ComplianceType: ComplianceType,
  ExecutionSummary: UploadSummary,
  // Counted before they are read: a million of them is one problem and not a million.
  Items: z
    .array(z.unknown(), 'Items are a list.')
    .max(UPLOAD_ITEM_LIMIT, `Items are at most ${UPLOAD_ITEM_LIMIT}.`)
    .pipe(z.array(UploadItem)),
  ItemContentHash: text('ItemContentHash', 256).optional(),
  UploadType: z.enum(['COMPLETE', 'PARTIAL'], 'UploadType is COMPLETE or PARTIAL.').default('COMPLETE'),
});
export type ComplianceUpload = z.output<typeof ComplianceUpload>;

export const summaryOf = ({ ExecutionSummary: given }: ComplianceUpload): ExecutionSummary => ({
  executionTime: given.ExecutionTime,
  executionId: given.ExecutionId ?? null,
  executionType: given.ExecutionType ?? null,
});

/** The association that an item of type `Association` names, as far as putting it asks. */
export type UploadAssociation = {
  title: string;
  complianceSeverity: ItemSeverity;
  syncCompliance: 'AUTO' | 'MANUAL';
  /** Whether it covers the node. */
  applies: boolean;
};

export type FindAssociation = (itemId: string) => UploadAssociation | null;

/** What the service does not take although it is well-formed, and which item is at fault. */
export type ContentProblem = { problem: string; field: string };

function associationProblem(id: string, isPartial: boolean, association: UploadAssociation | null): string | null {
  if (association === null) return `There is no association ${id}.`;
  if (!association.applies) return `The association ${id} does not apply to this node.`;
  if (isPartial && association.syncCompliance === 'AUTO') {
    return `UploadType PARTIAL is for associations with SyncCompliance MANUAL; ${association.title} is AUTO.`;
  }
  return null;
}

/** Items that cannot be told apart, or that are about what is not there. */
export function contentProblem(upload: ComplianceUpload, find: FindAssociation): ContentProblem | null {
  const isPartial = upload.UploadType === 'PARTIAL';
  const isAssociation = upload.ComplianceType === ASSOCIATION_TYPE;
  if (isPartial && !isAssociation) {
    return { problem: `UploadType PARTIAL is only for items of type ${ASSOCIATION_TYPE}.`, field: 'UploadType' };
  }
  const seen = new Set<string>();
  for (const [index, { Id }] of upload.Items.entries()) {
    const field = `Items.${index}.Id`;
    if (Id === undefined || Id === '') return { problem: 'An item without an Id cannot be told from others.', field };
    if (seen.has(Id)) return { problem: `Two items have the Id ${Id}.`, field };
    seen.add(Id);
    const problem = isAssociation ? associationProblem(Id, isPartial, find(Id)) : null;
    if (problem !== null) return { problem, field };
  }
  return null;
}

/**
 * The items as they are to be stored. An item of an association that brings no severity of its own has the association's, because an
 * agent sends UNSPECIFIED (spec.md 7.1).
 */
export function findingsOf(upload: ComplianceUpload, nodeId: NodeId, find: FindAssociation): ComplianceFinding[] {
  const { executionId, executionType } = summaryOf(upload);
  return upload.Items.map(({ Id = '', Title, Severity, Status, Details: details = {} }) => {
    const association = upload.ComplianceType === ASSOCIATION_TYPE ? find(Id) : null;
    return {
      nodeId,
      complianceType: upload.ComplianceType,
      itemId: Id,
      title: Title ?? association?.title ?? '',
      severity: Severity === 'UNSPECIFIED' ? (association?.complianceSeverity ?? Severity) : Severity,
      status: Status,
      details,
      executionId,
      executionType,
    };
  });
}

export type UploadMove = { before: ComplianceItem | null; after: ComplianceFinding | null };

/** COMPLETE leaves of the type on the node what is listed and nothing else; PARTIAL touches only what is listed. */
export function uploadMoves(
  known: readonly ComplianceItem[],
  findings: readonly ComplianceFinding[],
  uploadType: ComplianceUpload['UploadType'],
): UploadMove[] {
  const before = new Map(known.map((item) => [item.itemId, item]));
  const listed = new Set(findings.map(({ itemId }) => itemId));
  const put = findings.map((after): UploadMove => ({ before: before.get(after.itemId) ?? null, after }));
  const gone = uploadType === 'PARTIAL' ? [] : known.filter(({ itemId }) => !listed.has(itemId));
  return [...put, ...gone.map((item): UploadMove => ({ before: item, after: null }))];
}

export type SizeProblem =
  | { code: 'ItemSizeLimitExceededException'; bytes: number; limit: number }
  | { code: 'TotalSizeLimitExceededException'; bytes: number; limit: number }
  | { code: 'ComplianceTypeCountLimitExceededException'; limit: number };

/** What of the node is stored already: how much, by type. */
export type StoredSizes = ReadonlyMap<ComplianceType, number>;

/** Whether what is stored after the upload is more than a type, a node, or a node's custom types may be. */
export function sizeProblem(complianceType: ComplianceType, moves: readonly ItemMove[], stored: StoredSizes): SizeProblem | null {
  const bytes = bytesAfter(stored.get(complianceType) ?? 0, moves);
  if (bytes > TYPE_BYTES_LIMIT) return { code: 'ItemSizeLimitExceededException', bytes, limit: TYPE_BYTES_LIMIT };
  const total = [...stored].reduce((sum, [type, size]) => (type === complianceType ? sum : sum + size), bytes);
  if (total > NODE_BYTES_LIMIT) return { code: 'TotalSizeLimitExceededException', bytes: total, limit: NODE_BYTES_LIMIT };
  const customTypes = new Set([...stored.keys()].filter(isCustomType));
  if (isCustomType(complianceType) && moves.some(({ after }) => after !== null)) customTypes.add(complianceType);
  return customTypes.size > CUSTOM_TYPE_LIMIT ? { code: 'ComplianceTypeCountLimitExceededException', limit: CUSTOM_TYPE_LIMIT } : null;
}
