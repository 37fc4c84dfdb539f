import * as z from 'zod';
import { ActivationId, NodeId, SiteId } from './ids.ts';
import { PlatformFacts } from './messages.ts';

/** Largest enrollment request, in bytes. */
export const MAX_ENROLLMENT_BYTES = 32 * 1024;

export const EnrollmentRequest = z.strictObject({
  protocolVersion: z.number().int().positive(),
  agentVersion: z.string().max(256),
  activationId: ActivationId,
  activationCode: z.string().min(20).max(250),
  /** PEM. The key was made on the node and never leaves it. */
  csr: z.string().max(16_384),
  facts: PlatformFacts,
});
export type EnrollmentRequest = z.infer<typeof EnrollmentRequest>;

/** What an agent pins: from here on it talks to this site's authority and obeys this site's signing key, and no other. */
export const EnrollmentAnswer = z.strictObject({
  nodeId: NodeId,
  siteId: SiteId,
  siteName: z.string().max(256),
  /** PEM of the node's client certificate. */
  certificate: z.string().max(16_384),
  /** PEM of the site's certificate authority. */
  authority: z.string().max(16_384),
  /** PEM (SPKI) of the site's Ed25519 signing key. */
  signingKey: z.string().max(4096),
});
export type EnrollmentAnswer = z.infer<typeof EnrollmentAnswer>;

/** What a refused enrollment gets: a code of the controller's faults, what happened, and what to do. */
export const EnrollmentRefusal = z.strictObject({ code: z.string().max(64), title: z.string().max(500), remedy: z.string().max(500) });
export type EnrollmentRefusal = z.infer<typeof EnrollmentRefusal>;
