// Before @peculiar/x509, which needs it and does not ask for it.
import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import * as x509 from '@peculiar/x509';
import { EnrollmentAnswer, type EnrollmentRequest } from '../../agent/protocol/enrollment.ts';
import { ENROLL_PATH, PROTOCOL_VERSION } from '../../agent/protocol/version.ts';
import type { CreatedActivation } from '../../electron/api/nodes.ts';
import type { Tag } from '../../electron/domain/tag.ts';
import type { BenchSite } from './bench-site.ts';

/** Several nodes of one site. They share one key, because making keys is not what is measured; each has its own certificate. */
export type EnrolledNodes = { key: string; answers: readonly EnrollmentAnswer[] };

export type EnrollmentPlan = { name: string; count: number; tags: Tag[] };

const AT_A_TIME = 8;
/** spec.md 10.1: one activation registers at most this many. */
const ACTIVATION_LIMIT = 1000;

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

const FACTS: EnrollmentRequest['facts'] = {
  platformType: 'Linux',
  platformName: 'Bench',
  platformVersion: '1',
  architecture: 'x86_64',
  computerName: 'bench',
  ipAddress: '127.0.0.1',
};

/** Enrolls through the hub's own door, as agents do, without starting a process for each. */
export async function enrollNodes(site: BenchSite, plans: readonly EnrollmentPlan[]): Promise<EnrolledNodes> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const csr = await certificateRequest(privateKey);
  const answers: EnrollmentAnswer[] = [];
  for (const { name, count, tags } of plans) {
    for (let left = count; left > 0; left -= ACTIVATION_LIMIT) {
      const registrationLimit = Math.min(left, ACTIVATION_LIMIT);
      const draft = { description: 'bench', defaultInstanceName: name, registrationLimit, validHours: 1, tags };
      const created = await site.client.activations.create({ draft, address: '127.0.0.1' });
      answers.push(...(await enrollAll({ hubPort: site.hubPort, created, csr, count: registrationLimit })));
    }
  }
  return { key, answers };
}

type Batch = { hubPort: number; created: CreatedActivation; csr: string; count: number };

async function enrollAll({ count, ...one }: Batch): Promise<EnrollmentAnswer[]> {
  const answers: EnrollmentAnswer[] = [];
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      answers.push(await enrollOne(one));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return answers;
}

async function enrollOne({ hubPort, created, csr }: Omit<Batch, 'count'>): Promise<EnrollmentAnswer> {
  const { activation, activationCode } = created;
  const body: EnrollmentRequest = {
    protocolVersion: PROTOCOL_VERSION,
    agentVersion: 'bench',
    activationId: activation.activationId,
    activationCode,
    csr,
    facts: FACTS,
  };
  const asking = request({
    host: '127.0.0.1',
    port: hubPort,
    path: ENROLL_PATH,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // The hub is the bench's own, on this computer, and the authority is what its answer brings.
    rejectUnauthorized: false,
    agent: false,
  });
  asking.end(JSON.stringify(body));
  const [response]: IncomingMessage[] = await once(asking, 'response');
  if (response === undefined) throw new Error('The hub did not answer an enrollment.');
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`The hub refused an enrollment: ${answer}`);
  return EnrollmentAnswer.parse(JSON.parse(answer));
}

async function certificateRequest(privateKey: KeyObject): Promise<string> {
  const publicKey = createPublicKey(privateKey);
  const keys = { privateKey: privateKey.toCryptoKey(P256, true, ['sign']), publicKey: publicKey.toCryptoKey(P256, true, ['verify']) };
  const request = { name: 'CN=bench', keys, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' } };
  return (await x509.Pkcs10CertificateRequestGenerator.create(request)).toString('pem');
}
