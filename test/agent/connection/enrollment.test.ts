import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Enrollment, enroll } from '../../../agent/connection/enrollment.ts';
import { parseFingerprint } from '../../../agent/connection/pinned-authority.ts';
import { ActivationId } from '../../../agent/protocol/ids.ts';
import { HUB_SERVER_NAME } from '../../../agent/protocol/version.ts';
import { A_NODE } from '../../builders/run-order.ts';
import { TestAuthority } from '../../fakes/test-authority.ts';
import { A_CODE, TestHub } from '../../fakes/test-hub.ts';
import { facts } from '../runner/running-agent.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(() => hub.close());

function anEnrollment(settings: Partial<Enrollment> & { port?: number } = {}): Enrollment {
  const { port = hub.port, ...rest } = settings;
  return {
    address: { host: '127.0.0.1', port },
    fingerprint: { sha256: hub.authority.fingerprint },
    activationId: ActivationId.parse('0192a1b2-0000-7000-8000-000000000001'),
    activationCode: A_CODE,
    facts,
    agentVersion: '0.1.0',
    ...rest,
  };
}

/** A TLS server with this certificate chain that counts what it is told after the handshake. */
async function aListeningServer(key: string, chain: readonly string[]) {
  const heard = { bytes: 0 };
  const server = tls.createServer({ key, cert: chain.join('\n'), minVersion: 'TLSv1.3' }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.bytes += bytes.length;
    });
  });
  server.on('tlsClientError', () => undefined);
  const hungUp = new Promise<void>((resolve) => server.once('connection', (raw: net.Socket) => raw.once('close', () => resolve())));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, port, hungUp };
}

describe('enrolling', () => {
  test('makes a key here and brings back a certificate for it, with what is to be pinned', async () => {
    const identity = await enroll(anEnrollment());
    expect(identity).toMatchObject({ nodeId: A_NODE, siteName: 'Lab', controller: { host: '127.0.0.1', port: hub.port } });
    const certificate = new X509Certificate(identity.certificate);
    expect(certificate.checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
    expect(certificate.verify(new X509Certificate(hub.authority.certificatePem).publicKey)).toBe(true);
    expect(new X509Certificate(identity.authority).fingerprint256).toBe(new X509Certificate(hub.authority.certificatePem).fingerprint256);
    expect(identity.signingKey).toBe(hub.signer.publicKeyPem);
  });

  test('sends the code, the facts and a request, and never the key', async () => {
    const { key } = await enroll(anEnrollment());
    const sent = hub.enrollments.at(-1);
    expect(sent).toMatchObject({ activationCode: A_CODE, facts, agentVersion: '0.1.0', protocolVersion: 1 });
    expect(JSON.stringify(sent)).not.toContain(key.split('\n')[1]);
    expect(sent?.csr).toContain('BEGIN CERTIFICATE REQUEST');
  });

  test('with a wrong fingerprint says nothing at all', async () => {
    const { key, cert } = await hub.authority.issue({ commonName: 'hub', usage: 'server', dnsName: HUB_SERVER_NAME });
    const { heard, port, hungUp } = await aListeningServer(key, [cert, hub.authority.certificatePem]);
    await expect(enroll(anEnrollment({ port, fingerprint: { sha256: '0'.repeat(64) } }))).rejects.toMatchObject({
      code: 'E-FINGERPRINT',
      message: expect.stringContaining(`sha256:${hub.authority.fingerprint}`),
    });
    await hungUp;
    expect(heard.bytes).toBe(0);
  });

  test('says nothing to a controller that does not show its authority', async () => {
    const { key, cert } = await hub.authority.issue({ commonName: 'hub', usage: 'server', dnsName: HUB_SERVER_NAME });
    const { heard, port, hungUp } = await aListeningServer(key, [cert]);
    await expect(enroll(anEnrollment({ port }))).rejects.toMatchObject({ code: 'E-FINGERPRINT' });
    await hungUp;
    expect(heard.bytes).toBe(0);
  });

  test('says nothing to one that shows the right authority, and has its own certificate from another', async () => {
    const other = await TestAuthority.create();
    const { key, cert } = await other.issue({ commonName: 'hub', usage: 'server', dnsName: HUB_SERVER_NAME });
    const { heard, port, hungUp } = await aListeningServer(key, [cert, hub.authority.certificatePem]);
    const code = expect.stringMatching(/^E-(UNREACHABLE|FINGERPRINT)$/);
    await expect(enroll(anEnrollment({ port }))).rejects.toMatchObject({ code });
    await hungUp;
    expect(heard.bytes).toBe(0);
  });

  test('with a wrong code says what the controller says', async () => {
    const wrong = enroll(anEnrollment({ activationCode: 'another-code-that-is-long' }));
    await expect(wrong).rejects.toMatchObject({
      code: 'E-ENROLLMENT-REFUSED',
      message: 'The activation code is wrong.',
      remedy: 'Copy it again.',
    });
  });

  test('says when nobody answers, or somebody who speaks no TLS', async () => {
    const silent = net.createServer((socket) => socket.resume().end('220 mail ready\r\n'));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await expect(enroll(anEnrollment({ port }))).rejects.toMatchObject({ code: 'E-UNREACHABLE' });
    silent.close();
    await once(silent, 'close');
    await expect(enroll(anEnrollment({ port }))).rejects.toMatchObject({ code: 'E-UNREACHABLE' });
  });
});

describe('a fingerprint', () => {
  const digits = 'ab'.repeat(32);

  test('is taken with or without colons, in any case', () => {
    const withColons = digits.toUpperCase().match(/../g)?.join(':');
    expect(parseFingerprint(`sha256:${digits}`)).toEqual({ sha256: digits });
    expect(parseFingerprint(`SHA256:${withColons}`)).toEqual({ sha256: digits });
  });

  test.each(['', digits, 'sha256:', `sha256:${digits}00`, `sha1:${digits}`, `sha256:${'zz'.repeat(32)}`])('%j is none', (text) => {
    expect(() => parseFingerprint(text)).toThrow(expect.objectContaining({ code: 'E-ARGUMENTS' }));
  });
});
