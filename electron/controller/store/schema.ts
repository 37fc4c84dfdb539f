import type { Generated } from 'kysely';
import type { AssociationId, ExecutionId, NodeId, SiteId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import type { Activation } from '../../domain/activation.ts';
import type { Alarm } from '../../domain/alarm.ts';
import type { Association, AssociationDraft } from '../../domain/association.ts';
import type { ComplianceItem, ComplianceStatus, ComplianceType, ItemSeverity } from '../../domain/compliance.ts';
import type { ComplianceResource, ItemChange } from '../../domain/compliance-change.ts';
import type { Execution, ExecutionTarget, TargetStatus } from '../../domain/execution.ts';
import type { CustomInventoryType, InventoryDeletion, InventoryItem } from '../../domain/inventory.ts';
import type { LegacyStatus } from '../../domain/legacy-status.ts';
import type { DocumentIdentifier, DocumentVersion } from '../../domain/managed-document.ts';
import type { ManagedNode } from '../../domain/node.ts';
import type { OutputCopy } from '../../domain/output-copy.ts';
import type { OutputDestination } from '../../domain/output-destination.ts';
import type { DroppedOutput, RetentionSettings } from '../../domain/output-retention.ts';
import type { OwedRun } from '../../domain/owed-run.ts';
import type { PackageFile, PackageVersion } from '../../domain/package.ts';
import type { Parameter } from '../../domain/parameter.ts';
import type { ResourceGroup } from '../../domain/resource-group.ts';
import type { StepRecord } from '../../domain/step.ts';
import type { Tag } from '../../domain/tag.ts';

/**
 * The tables of migrations/, with columns typed by what goes in. Instants, booleans and composite values are encoded on the way
 * in (statement.ts) and parsed by a row's schema on the way out (column.ts).
 */
export interface Schema {
  site: { onlyRow: Generated<number>; siteId: SiteId; siteName: string; createdAt: Date; confirmAbove: Generated<number> } & {
    [Setting in keyof RetentionSettings]: Generated<number>;
  };
  droppedOutput: DroppedOutput & { executionId: ExecutionId; nodeId: string };
  outputDestination: { name: string; destination: OutputDestination; secret: string | null };
  outputCopy: OutputCopy;
  activation: Activation & { codeHash: string; deletedAt: Date | null };
  managedNode: Omit<ManagedNode, 'pingStatus' | 'lastPingAt' | 'tags'> & {
    tags: readonly Tag[];
    bootId: string | null;
    nameOrder: string;
    searchText: string;
    deregisteredAt: Date | null;
  };
  nodeContact: { nodeId: NodeId; lastPingAt: Date | null; storedSequence: Generated<number>; lastExecutionAt: Date | null };
  certificate: { serial: string; nodeId: NodeId; issuedAt: Date; expiresAt: Date; revokedAt: Date | null };
  resourceGroup: ResourceGroup;
  document: Omit<DocumentIdentifier, 'schemaVersion' | 'associationCount'> & { lastVersionNumber: number };
  documentVersion: DocumentVersion;
  alarm: Alarm;
  parameter: Pick<Parameter, 'name' | 'type' | 'dataType' | 'version' | 'createdAt'>;
  parameterVersion: Pick<Parameter, 'name' | 'version' | 'description' | 'allowedPattern' | 'lastModifiedAt'> & { value: string };
  package: { name: string; defaultVersion: string; createdAt: Date; lastModifiedAt: Date };
  packageVersion: PackageVersion;
  packageFile: PackageFile & { name: string; version: string };
  association: Association & { title: string; deletedAt: Date | null };
  associationVersion: { associationId: AssociationId; associationVersion: number; createdAt: Date; draft: AssociationDraft };
  legacyStatus: LegacyStatus & { associationId: AssociationId };
  execution: Execution & { executionNumber: Generated<number> };
  executionTarget: Omit<ExecutionTarget, 'executionId' | 'associationId'> & { targetNumber: Generated<number>; executionNumber: number };
  latestTarget: { associationId: AssociationId; nodeId: NodeId; executionNumber: number; status: TargetStatus };
  latestTargetCount: { associationId: AssociationId; status: TargetStatus; targets: number };
  step: Omit<StepRecord, 'executionId'> & { executionNumber: number };
  complianceItem: Omit<ComplianceItem, 'capturedAt'> & { severityRank: number };
  complianceResource: ComplianceResource & { severityRank: number };
  complianceChange: ItemChange & { changeNumber: Generated<number>; nodeId: NodeId; complianceType: ComplianceType; itemId: string };
  complianceTransition: {
    transitionNumber: Generated<number>;
    nodeId: NodeId;
    complianceType: ComplianceType;
    at: Date;
    status: ComplianceStatus | null;
    overallSeverity: ItemSeverity | null;
    lastRuntime: Date | null;
  };
  complianceSubject: Pick<ComplianceItem, 'complianceType' | 'itemId' | 'title' | 'status' | 'since'> & {
    compliant: number;
    nonCompliant: number;
    severityRank: number;
  };
  inventoryItem: InventoryItem & { itemNumber: Generated<number>; isGone: boolean };
  inventoryValue: { valueNumber: Generated<number>; typeName: string; hash: string; content: InventoryEntry; uses: number };
  inventoryEntry: { itemNumber: number; valueNumber: number; own: string };
  inventoryApplication: { valueNumber: number; nameFolded: string };
  inventoryCustomType: CustomInventoryType;
  inventoryDeletion: InventoryDeletion;
  owedRun: OwedRun;
}
