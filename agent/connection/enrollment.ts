import { createPublicKey, X509Certificate } from 'node:crypto';
import https from 'node:https';
import { EnrollmentAnswer, EnrollmentRefusal, type EnrollmentRequest } from '../protocol/enrollment.ts';
import { Failure } from '../protocol/failures.ts';
import { parseFrame } from '../protocol/framing.ts';
import type { ActivationId } from '../protocol/ids.ts';
import type { PlatformFacts } from '../protocol/messages.ts';
import { ENROLL_PATH, HUB_SERVER_NAME, PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Identity } from '../storage/identity-file.ts';
import { addressText, type ControllerAddress } from './address.ts';
import { makeCertificateRequest } from './certificate-request.ts';
import { isCertificateFor } from './node-certificate.ts';
import { type Fingerprint, fetchPinnedAuthority } from './pinned-authority.ts';

export interface Enrollment {
  readonly address: ControllerAddress;
  readonly fingerprint: Fingerprint;
  readonly activationId: ActivationId;
  readonly activationCode: string;
  readonly facts: PlatformFacts;
  readonly agentVersion: string;
}

const ANSWER_MILLISECONDS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Makes this machine a managed node: the authority is pinned first, the key is made here, and only then is the code sent. */
export async function enroll(enrollment: Enrollment): Promise<Identity> {
  const { address, fingerprint, activationId, activationCode, facts, agentVersion } = enrollment;
  const authority = await fetchPinnedAuthority(address, fingerprint);
  const { key, csr } = await makeCertificateRequest();
  const request: EnrollmentRequest = { protocolVersion: PROTOCOL_VERSION, agentVersion, activationId, activationCode, csr, facts };
  const { status, text } = await post(address, authority, JSON.stringify(request));
  if (status !== 200) throw refusalOf(text, address);
  const answer = parseFrame(EnrollmentAnswer, text);
  if (!answer.ok || !isConsistent(answer.message, { key, authority })) {
    throw new Failure('E-ENROLLMENT-ANSWER', { address: addressText(address) });
  }
  const { nodeId, siteId, siteName, certificate, signingKey } = answer.message;
  return { nodeId, siteId, siteName, controller: address, key, certificate, authority: authority.toString(), signingKey };
}

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

function post(address: ControllerAddress, authority: X509Certificate, body: string): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        ...address,
        path: ENROLL_PATH,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        ca: authority.toString(),
        servername: HUB_SERVER_NAME,
        minVersion: 'TLSv1.3',
        timeout: ANSWER_MILLISECONDS,
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > MAX_ANSWER_BYTES) request.destroy(new Error('its answer is too long'));
          else parts.push(part);
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
      },
    );
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', (error) =>
      reject(new Failure('E-UNREACHABLE', { address: addressText(address), cause: error.message }, { cause: error })),
    );
    request.end(body);
  });
}

function refusalOf(text: string, address: ControllerAddress): Failure {
  const refusal = parseFrame(EnrollmentRefusal, text);
  if (!refusal.ok) return new Failure('E-ENROLLMENT-ANSWER', { address: addressText(address) });
  return new Failure('E-ENROLLMENT-REFUSED', { title: refusal.message.title, remedy: refusal.message.remedy });
}

/** The pieces of the answer must fit each other and what was pinned: a node with a wrong one would never connect, and not know why. */
function isConsistent(answer: EnrollmentAnswer, { key, authority }: { key: string; authority: X509Certificate }): boolean {
  try {
    const answered = new X509Certificate(answer.authority);
    return (
      answered.fingerprint256 === authority.fingerprint256 &&
      isCertificateFor(answer.certificate, { key, authority }) &&
      createPublicKey(answer.signingKey).asymmetricKeyType === 'ed25519'
    );
  } catch {
    // One of them is no PEM at all.
    return false;
  }
}
