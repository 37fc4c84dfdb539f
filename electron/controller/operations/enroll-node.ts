import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { EnrollmentAnswer, EnrollmentRequest } from '../../../agent/protocol/enrollment.ts';
import { NodeId, SiteId } from '../../../agent/protocol/ids.ts';
import type { Activation } from '../../domain/activation.ts';
import { activationUse } from '../../domain/activation.ts';
import { Fault } from '../../domain/faults.ts';
import type { NodeOrigin } from '../../domain/node.ts';
import { NodeName } from '../../domain/node.ts';
import type { NewNode } from '../store/node-store.ts';
import { oweJoined } from './change-membership.ts';
import type { Context } from './context.ts';
import { activationCodeHash } from './create-activation.ts';
import type { StartContext } from './start-execution.ts';

type EnrollContext = StartContext & Pick<Context, 'certificates' | 'guard' | 'siteId'>;

export type Enrollment = { request: EnrollmentRequest; remoteAddress: string; origin: NodeOrigin };

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

/** The activation that the request may use; a Fault otherwise. Wrong codes are counted against the address. */
function usableActivation(context: EnrollContext, { request, remoteAddress }: Enrollment): Activation {
  const now = context.clock.now();
  const waitSeconds = context.guard.waitSeconds(remoteAddress, now);
  if (waitSeconds > 0) throw new Fault('E-ENROLL-RATE', { waitSeconds });
  const found = context.stores.activations.find(request.activationId);
  if (found === null || !sameHash(found.codeHash, activationCodeHash(request.activationCode))) {
    context.guard.failed(remoteAddress, now);
    throw new Fault('InvalidActivationId', undefined);
  }
  if (found.deletedAt !== null) throw new Fault('InvalidActivation', { because: 'it was deleted' });
  const use = activationUse(found.activation, now);
  if (!use.ok) throw new Fault('InvalidActivation', { because: use.because });
  return found.activation;
}

/** The activation's name, numbered when it is for several machines; without one, what the machine calls itself. */
function nameFor(activation: Activation, request: EnrollmentRequest, nodeId: NodeId): string {
  const { defaultInstanceName, registrationLimit, registrationsCount } = activation;
  if (defaultInstanceName !== null) {
    return registrationLimit === 1 ? defaultInstanceName : `${defaultInstanceName}-${String(registrationsCount + 1).padStart(2, '0')}`;
  }
  const stated = NodeName.safeParse(request.facts.computerName);
  return stated.success ? stated.data : nodeId;
}

/** A node is there, and is owed what applies to it for when it connects. Call inside a transaction, and tell the index after it. */
export function registerNode(context: Pick<Context, 'stores' | 'clock' | 'index'>, node: NewNode): void {
  const { nodeId, tags } = node;
  context.stores.nodes.insert(node);
  for (const { association } of context.index.ifNode(nodeId, tags).joins) {
    oweJoined(context, { associationId: association.associationId, nodeIds: [nodeId] });
  }
}

/** A machine joins: its activation is counted up, it gets a node id and a certificate, and the activation's tags. */
export async function enrollNode(context: EnrollContext, enrollment: Enrollment): Promise<EnrollmentAnswer> {
  const { request, origin } = enrollment;
  usableActivation(context, enrollment);
  const nodeId = NodeId.parse(`mi-${randomBytes(9).toString('hex').slice(0, 17)}`);
  const certificate = await context.certificates.issue(request.csr, nodeId);
  context.transaction(() => {
    // Asked again inside the transaction: another machine may have taken the last registration meanwhile.
    const activation = usableActivation(context, enrollment);
    context.stores.activations.countRegistration(activation.activationId);
    registerNode(context, {
      nodeId,
      name: nameFor(activation, request, nodeId),
      origin,
      activationId: origin === 'Activation' ? activation.activationId : null,
      agentVersion: request.agentVersion,
      facts: request.facts,
      tags: activation.tags,
      registeredAt: context.clock.now(),
      certificateExpiresAt: certificate.expiresAt,
    });
    context.stores.nodes.addCertificate({ ...certificate, nodeId });
  });
  context.index.nodeChanged(nodeId);
  context.changes.publish({ kind: 'node', nodeId });
  context.changes.publish({ kind: 'activation', activationId: request.activationId });
  context.log.info('node-enrolled', { nodeId, activationId: request.activationId, from: enrollment.remoteAddress });
  return {
    nodeId,
    siteId: SiteId.parse(context.siteId),
    siteName: context.stores.sites.find()?.siteName ?? 'Holdfast',
    certificate: certificate.pem,
    authority: context.certificates.authorityPem,
    signingKey: context.certificates.signingKeyPem,
  };
}

/** A node renews with the key that its session has proven; the old certificate ends by itself. */
export async function renewCertificate(
  { stores, certificates, log }: Pick<Context, 'stores' | 'certificates' | 'log'>,
  nodeId: NodeId,
  csr: string,
): Promise<string> {
  const certificate = await certificates.issue(csr, nodeId);
  stores.nodes.addCertificate({ ...certificate, nodeId });
  log.info('certificate-renewed', { nodeId, expiresAt: certificate.expiresAt.toISOString() });
  return certificate.pem;
}
