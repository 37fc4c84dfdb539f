import * as z from 'zod';
import { ActivationId, AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { MOST_REFRESHED, RefreshedAssociation } from '../../agent/protocol/messages.ts';
import { Activation, ActivationDraft } from '../domain/activation.ts';
import { ComplianceItem, ComplianceStatus, SyncCompliance } from '../domain/compliance.ts';
import { TargetStatus } from '../domain/execution.ts';
import { ManagedNode, NodeName, PingStatus } from '../domain/node.ts';
import { Tags } from '../domain/tag.ts';
import { call, PageInput, pageOf } from './call.ts';

export const NodeRow = z.object({
  ...ManagedNode.shape,
  /** There is a session with the node at this moment: what is due runs there. */
  isConnected: z.boolean(),
  /** Null until an association has finished on the node. */
  compliance: ComplianceStatus.nullable(),
  associationCount: z.number(),
  lastExecutionAt: z.date().nullable(),
});
export type NodeRow = z.infer<typeof NodeRow>;

/** One association as it stands on one node (DescribeInstanceAssociationsStatus). */
export const NodeAssociation = z.object({
  associationId: AssociationId,
  title: z.string(),
  documentName: z.string(),
  /** Why it applies here, in words: by id, every node, or the tags. */
  because: z.string(),
  /** What it runs: the version that is chosen, and what that comes to now; null with why where it comes to nothing. */
  documentVersion: z.string(),
  runsVersion: z.number().nullable(),
  problem: z.string().nullable(),
  syncCompliance: SyncCompliance,
  nextRunAt: z.date().nullable(),
  latest: z
    .object({
      executionId: ExecutionId,
      associationVersion: z.number(),
      status: TargetStatus,
      detailedStatus: z.string(),
      at: z.date(),
      executionSummary: z.string(),
    })
    .nullable(),
  compliance: ComplianceItem.nullable(),
});
export type NodeAssociation = z.infer<typeof NodeAssociation>;

export const CreatedActivation = z.object({
  activation: Activation,
  /** Shown once and kept nowhere: only its hash is stored. */
  activationCode: z.string(),
  /** The exact line to run on the machine, per kind of shell. */
  commands: z.object({ posix: z.string(), powershell: z.string() }),
  caFingerprint: z.string(),
});
export type CreatedActivation = z.infer<typeof CreatedActivation>;

export const NodeSort = z.enum(['name', 'pingStatus', 'platform', 'lastPingAt', 'compliance']);

export const nodes = {
  list: call
    .input(
      z.strictObject({
        ...PageInput.shape,
        search: z.string().max(200),
        pingStatus: PingStatus.nullable(),
        /** Only those with a session at this moment. */
        connectedOnly: z.boolean().default(false),
        sort: NodeSort,
        order: z.enum(['ascending', 'descending']),
      }),
    )
    .output(pageOf(NodeRow)),
  get: call.input(z.strictObject({ nodeId: NodeId })).output(NodeRow),
  associations: call.input(z.strictObject({ nodeId: NodeId })).output(z.array(NodeAssociation)),
  update: call.input(z.strictObject({ nodeId: NodeId, name: NodeName, tags: Tags })).output(NodeRow),
  /** Applies its associations now, or those that are named; the ones in progress or waiting are left out. None names all. */
  refresh: call
    .input(z.strictObject({ nodeId: NodeId, associationIds: z.array(AssociationId).max(MOST_REFRESHED) }))
    .output(z.array(RefreshedAssociation)),
  /** Revokes the certificate, closes the session, and takes the node out of every list. It cannot be undone. */
  deregister: call.input(z.strictObject({ nodeId: NodeId })).output(z.void()),
  /** Every key that any node has, with its values: what an editor offers. */
  tags: call.output(z.array(z.object({ key: z.string(), values: z.array(z.string()), nodes: z.number() }))),
};

export const activations = {
  list: call.output(z.array(Activation)),
  create: call.input(z.strictObject({ draft: ActivationDraft, address: z.string().min(1).max(255) })).output(CreatedActivation),
  delete: call.input(z.strictObject({ activationId: ActivationId })).output(z.void()),
};
