import * as z from 'zod';

/** A managed node, as SSM spells one that is not an EC2 instance. Comes from the node's certificate and from nothing else. */
export const NodeId = z
  .string()
  .regex(/^mi-[0-9a-f]{17}$/, 'A node id is mi- and 17 hexadecimal digits.')
  .brand<'NodeId'>();
export type NodeId = z.infer<typeof NodeId>;

export const AssociationId = z.uuid().brand<'AssociationId'>();
export type AssociationId = z.infer<typeof AssociationId>;

/**
 * One application of an association to its targets. It is also the id of the occurrence: a scheduled one is a UUIDv5 over
 * association, version and fire time, so that controller and node name the same moment alike; every other one is a UUIDv7.
 */
export const ExecutionId = z.uuid().brand<'ExecutionId'>();
export type ExecutionId = z.infer<typeof ExecutionId>;

export const ActivationId = z.uuid().brand<'ActivationId'>();
export type ActivationId = z.infer<typeof ActivationId>;

export const SiteId = z.uuid().brand<'SiteId'>();
export type SiteId = z.infer<typeof SiteId>;
