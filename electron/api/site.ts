import * as z from 'zod';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { Alarm, AlarmReport } from '../domain/alarm.ts';
import { ComplianceType, ItemSeverity } from '../domain/compliance.ts';
import { printable } from '../domain/tag.ts';
import { call } from './call.ts';

/** Goes to every node that enrolls, and into the environment of what runs there. */
const SiteName = z.string().trim().min(1).max(100).refine(printable, 'A site name has no control characters.');

const MOST_UNCONFIRMED = 10_000;

export const SiteFacts = z.object({
  siteName: z.string(),
  version: z.string(),
  dataFolder: z.string(),
  hubPort: z.number(),
  /** Addresses of this computer that agents elsewhere can dial, best first. */
  hubAddresses: z.array(z.string()),
  caFingerprint: z.string(),
  /** Changes that start runs on more nodes than this ask for a typed confirmation. */
  confirmAbove: z.number(),
  now: z.date(),
});
export type SiteFacts = z.infer<typeof SiteFacts>;

/** One thing that wants a person: what, where, since when. */
export const AttentionItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('non-compliant'),
    associationId: AssociationId,
    title: z.string(),
    severity: ItemSeverity,
    nodes: z.number(),
    since: z.date(),
  }),
  z.object({
    kind: z.literal('non-compliant-type'),
    complianceType: ComplianceType,
    severity: ItemSeverity,
    nodes: z.number(),
    since: z.date(),
  }),
  z.object({ kind: z.literal('connection-lost'), nodeId: NodeId, name: z.string(), since: z.date().nullable() }),
  z.object({ kind: z.literal('clock-off'), nodeId: NodeId, name: z.string(), offsetSeconds: z.number() }),
  z.object({ kind: z.literal('certificate-expiring'), nodeId: NodeId, name: z.string(), expiresAt: z.date() }),
]);
export type AttentionItem = z.infer<typeof AttentionItem>;

export const Overview = z.object({
  nodes: z.object({ total: z.number(), online: z.number() }),
  associations: z.object({ total: z.number(), failed: z.number(), pending: z.number(), success: z.number() }),
  compliance: z.object({ compliantNodes: z.number(), nonCompliantNodes: z.number(), unknownNodes: z.number() }),
  running: z.number(),
  health: z.enum(['fine', 'working', 'attention']),
  sentence: z.string(),
  attention: z.array(AttentionItem),
  nextRuns: z.array(z.object({ associationId: AssociationId, title: z.string(), at: z.date(), targets: z.number() })),
  lastExecutions: z.array(ExecutionId),
});
export type Overview = z.infer<typeof Overview>;

export const SampleLab = z.object({
  nodes: z.array(z.object({ nodeId: NodeId.nullable(), name: z.string(), running: z.boolean() })),
  associations: z.number(),
});
export type SampleLab = z.infer<typeof SampleLab>;

export const site = {
  facts: call.output(SiteFacts),
  rename: call.input(z.strictObject({ siteName: SiteName })).output(SiteFacts),
  /** 0 asks for every change that runs something. */
  setConfirmAbove: call.input(z.strictObject({ confirmAbove: z.number().int().min(0).max(MOST_UNCONFIRMED) })).output(SiteFacts),
  overview: call.output(Overview),
  /** The agent's program, to carry to a machine. */
  agentProgram: call.output(z.object({ fileName: z.string(), text: z.string() })),
  sampleLab: call.output(SampleLab),
  startSampleLab: call.input(z.strictObject({ nodes: z.number().int().min(1).max(50) })).output(SampleLab),
  removeSampleLab: call.output(SampleLab),
  /** By name. */
  alarms: call.output(z.array(Alarm)),
  putAlarm: call.input(AlarmReport).output(Alarm),
  deleteAlarm: call.input(z.strictObject({ name: z.string().max(255) })).output(z.void()),
};
