import * as z from 'zod';
import { ActivationId, NodeId } from '../../agent/protocol/ids.ts';
import { PlatformType } from '../../agent/protocol/messages.ts';
import { CONTROL_CHARACTERS, KeptTags } from './tag.ts';

/** How a node came here. Sample nodes are agents on this computer that exist to try Holdfast with. */
export const NodeOrigin = z.enum(['Activation', 'LocalAgent', 'SampleLab']);
export type NodeOrigin = z.infer<typeof NodeOrigin>;

/** spec.md 10.2. Whether something can be handed to a node now is another question: that asks for a session. */
export const PingStatus = z.enum(['Online', 'ConnectionLost']);
export type PingStatus = z.infer<typeof PingStatus>;

/** A name that a person gives, or a computer name as the machine states it. */
export const NodeName = z
  .string()
  .trim()
  .min(1, 'A node needs a name.')
  .max(256, 'A node name has at most 256 characters.')
  .refine((name) => !CONTROL_CHARACTERS.test(name), 'A node name has no control characters.');

export const ManagedNode = z.object({
  nodeId: NodeId,
  name: z.string(),
  origin: NodeOrigin,
  pingStatus: PingStatus,
  lastPingAt: z.date().nullable(),
  registeredAt: z.date(),
  activationId: ActivationId.nullable(),
  agentVersion: z.string(),
  platformType: PlatformType,
  platformName: z.string(),
  platformVersion: z.string(),
  architecture: z.string(),
  computerName: z.string(),
  ipAddress: z.string(),
  tags: KeptTags,
  certificateExpiresAt: z.date(),
  /** Positive: the node's clock is ahead of the controller's. Null before the first hello. */
  clockOffsetSeconds: z.number().nullable(),
  /** Reports that the node said wait on its disk when it connected last. */
  outboxDepth: z.number(),
});
export type ManagedNode = z.infer<typeof ManagedNode>;

/** Three missed pings of five minutes (spec.md 10.2). */
export const CONNECTION_LOST_AFTER_MS = 15 * 60_000;

/** A node that went away is Online for a while: a restart or a cable is no loss. It is Online again with its next word. */
export function pingStatusOf({ isConnected, lastPingAt }: { isConnected: boolean; lastPingAt: Date | null }, now: Date): PingStatus {
  if (isConnected) return 'Online';
  return lastPingAt !== null && now.getTime() - lastPingAt.getTime() < CONNECTION_LOST_AFTER_MS ? 'Online' : 'ConnectionLost';
}

/** A node whose clock is off by more than this is shown (design.md section 6). */
export const CLOCK_OFFSET_LIMIT_SECONDS = 60;

export function isClockOff(node: Pick<ManagedNode, 'clockOffsetSeconds'>): boolean {
  return node.clockOffsetSeconds !== null && Math.abs(node.clockOffsetSeconds) > CLOCK_OFFSET_LIMIT_SECONDS;
}
