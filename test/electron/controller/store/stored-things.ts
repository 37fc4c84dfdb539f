import { AssociationId, ExecutionId, NodeId } from '../../../../agent/protocol/ids.ts';
import type { StoredDocument } from '../../../../electron/controller/store/document-store.ts';
import type { NewNode } from '../../../../electron/controller/store/node-store.ts';
import type { Stores } from '../../../../electron/controller/store/stores.ts';
import type { Association } from '../../../../electron/domain/association.ts';
import type { ComplianceFinding } from '../../../../electron/domain/compliance.ts';
import type { Execution, ExecutionTarget } from '../../../../electron/domain/execution.ts';
import { countTargets, NO_TARGETS } from '../../../../electron/domain/execution.ts';
import type { DocumentVersion } from '../../../../electron/domain/managed-document.ts';
import type { StepRecord } from '../../../../electron/domain/step.ts';
import { anAssociation as aDraft } from '../../../builders/association.ts';
import { NOW } from './instants.ts';

const uuid = (kind: number, number: number) => `${String(kind).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export const nodeId = (number: number): NodeId => NodeId.parse(`mi-${number.toString(16).padStart(17, '0')}`);
export const associationId = (number: number): AssociationId => AssociationId.parse(uuid(1, number));
export const executionId = (number: number): ExecutionId => ExecutionId.parse(uuid(2, number));

export const aNode = (number: number, settings: Partial<NewNode> = {}): NewNode => ({
  nodeId: nodeId(number),
  name: `lab-${number}`,
  origin: 'Activation',
  activationId: null,
  agentVersion: '1.0.0',
  facts: {
    platformType: 'Linux',
    platformName: 'Debian GNU/Linux',
    platformVersion: '12',
    architecture: 'x64',
    computerName: `pc-${number}`,
    ipAddress: `10.0.0.${number}`,
  },
  tags: [],
  registeredAt: NOW,
  certificateExpiresAt: new Date('2026-04-30T02:00:00.000Z'),
  ...settings,
});

export const aStoredAssociation = (number: number, settings: Partial<Association> = {}): Association => ({
  ...aDraft({ associationName: `association-${number}` }),
  associationId: associationId(number),
  associationVersion: 1,
  createdAt: NOW,
  lastUpdatedAt: NOW,
  scheduleAnchor: NOW,
  nextRunAt: null,
  lastFiredAt: null,
  lastExecutionAt: null,
  lastSuccessfulExecutionAt: null,
  overview: { status: 'Pending', detailedStatus: 'Associated', counts: { ...NO_TARGETS } },
  tags: [],
  isSample: false,
  ...settings,
});

export const anExecution = (number: number, settings: Partial<Execution> = {}): Execution => ({
  executionId: executionId(number),
  associationId: associationId(1),
  associationVersion: 1,
  documentName: 'AWS-RunShellScript',
  documentVersion: 1,
  mode: 'Enforce',
  trigger: 'Created',
  fireAt: null,
  createdAt: NOW,
  lastExecutionAt: NOW,
  status: 'Pending',
  detailedStatus: 'Pending',
  concurrency: 50,
  toleratedErrors: 10,
  counts: { ...NO_TARGETS },
  cancelRequestedAt: null,
  cutOffAt: null,
  overlapEndsAt: null,
  triggeredAlarms: [],
  ...settings,
});

export const aTarget = (execution: Execution, node: number, settings: Partial<ExecutionTarget> = {}): ExecutionTarget => ({
  executionId: execution.executionId,
  associationId: execution.associationId,
  nodeId: nodeId(node),
  status: 'Pending',
  detailedStatus: 'Pending',
  dispatchedAt: null,
  startedAt: null,
  endedAt: null,
  errorCode: null,
  executionSummary: '',
  changeCount: null,
  driftCount: null,
  stuckAt: null,
  ...settings,
});

export const aStep = (target: ExecutionTarget, settings: Partial<StepRecord> = {}): StepRecord => ({
  executionId: target.executionId,
  nodeId: target.nodeId,
  stepIndex: 0,
  attempt: 1,
  status: 'InProgress',
  startedAt: NOW,
  endedAt: null,
  result: null,
  stdout: null,
  stderr: null,
  ...settings,
});

export const aFinding = (node: number, settings: Partial<ComplianceFinding> = {}): ComplianceFinding => ({
  nodeId: nodeId(node),
  complianceType: 'Association',
  itemId: associationId(1),
  title: 'association-1',
  severity: 'MEDIUM',
  status: 'COMPLIANT',
  details: { DocumentName: 'AWS-RunShellScript', DocumentVersion: '1' },
  executionId: executionId(1),
  executionType: 'Association',
  ...settings,
});

export const aDocument = (name: string, settings: Partial<StoredDocument> = {}): StoredDocument => ({
  name,
  displayName: null,
  owner: 'Self',
  documentType: 'Command',
  schemaVersion: '2.2',
  description: 'Says hello',
  platformTypes: ['Linux', 'MacOS'],
  defaultVersion: 1,
  latestVersion: 1,
  createdAt: NOW,
  aliasOf: null,
  ...settings,
});

export const aVersion = (name: string, settings: Partial<DocumentVersion> = {}): DocumentVersion => ({
  name,
  documentVersion: 1,
  versionName: null,
  schemaVersion: '2.2',
  format: 'YAML',
  content: 'schemaVersion: "2.2"\n',
  hash: 'a'.repeat(64),
  createdAt: NOW,
  ...settings,
});

/** Nodes 1 to `count`, by number. */
export function insertNodes({ nodes }: Pick<Stores, 'nodes'>, count: number): void {
  for (let number = 1; number <= count; number += 1) nodes.insert(aNode(number));
}

/** An execution with a target on each of the nodes, all in the state that is given. */
export function insertExecution(
  { executions }: Pick<Stores, 'executions'>,
  execution: Execution,
  { nodes, ...state }: Partial<ExecutionTarget> & { nodes: readonly number[] },
): { execution: Execution; targets: ExecutionTarget[] } {
  const targets = nodes.map((node) => aTarget(execution, node, state));
  const counted = { ...execution, counts: countTargets(targets.map((target) => target.status)) };
  executions.insert(counted, targets);
  return { execution: counted, targets };
}
