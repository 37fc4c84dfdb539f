import { request } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_ENROLLMENT_BYTES } from '../../../../agent/protocol/enrollment.ts';
import { HUB_SERVER_NAME } from '../../../../agent/protocol/version.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import { sendRaw } from './agent-peer.ts';
import { TestHub } from './test-hub.ts';

let site: TestHub;
beforeAll(async () => {
  site = await TestHub.start({ limits: { requestMilliseconds: 400, headersMilliseconds: 300 } });
});
afterAll(() => site.stop());
beforeEach(() => {
  site.agents.told.length = 0;
  site.agents.fails = {};
});

const enrollment = {
  protocolVersion: 1,
  agentVersion: '0.1.0',
  activationId: '018f3a3e-0000-7000-8000-00000000000a',
  activationCode: 'a-code-of-twenty-characters',
  csr: '-----BEGIN CERTIFICATE REQUEST-----',
  facts: {
    platformType: 'Linux',
    platformName: 'Debian',
    platformVersion: '12',
    architecture: 'x86_64',
    computerName: 'lab-07',
    ipAddress: '10.0.0.7',
  },
};

type Answer = { status: number | undefined; body: { code?: string; title?: string; remedy?: string; nodeId?: string } };

function enroll(body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', servername: HUB_SERVER_NAME, method: 'POST', agent: false, path: '/enroll', headers };
    const asking = request({ ...options, ...site.stranger() });
    asking.on('error', reject);
    asking.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    asking.end(body);
  });
}

describe('an enrollment', () => {
  test('from a peer without a certificate is answered with what the controller says', async () => {
    const answer = await enroll(JSON.stringify(enrollment), { 'content-type': 'application/json; charset=utf-8' });
    expect(answer).toMatchObject({ status: 200, body: { nodeId: 'mi-0000000000000000e', siteName: 'Lab' } });
    expect(site.agents.told).toEqual([{ call: 'enroll', given: [enrollment, '127.0.0.1'] }]);
  });

  test.each([
    ['InvalidActivationId', 403, new Fault('InvalidActivationId', undefined)],
    ['InvalidActivation', 403, new Fault('InvalidActivation', { because: 'it has expired' })],
    ['E-ENROLL-RATE', 429, new Fault('E-ENROLL-RATE', { waitSeconds: 30 })],
    ['E-ENROLL-REQUEST', 400, new Fault('E-ENROLL-REQUEST', { problem: 'its key is not an ECDSA P-256 key' })],
    ['E-DISK-FULL', 503, new Fault('E-DISK-FULL', { cause: 'ENOSPC' })],
  ])('that the controller refuses with %s is answered with its words', async (code, status, fault) => {
    site.agents.fails = { enroll: fault };
    expect(await enroll(JSON.stringify(enrollment))).toEqual({ status, body: { code, title: fault.message, remedy: fault.remedy } });
  });

  test('that meets a bug says so without telling what it is; the log has it under the same reference', async () => {
    site.agents.fails = { enroll: new Error('secret detail') };
    const { status, body } = await enroll(JSON.stringify(enrollment));
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'E-INTERNAL' });
    expect(JSON.stringify(body)).not.toContain('secret detail');
    const reference = /\(([0-9a-f]+)\)/.exec(body.title ?? '')?.[1];
    expect(site.log.find((line) => line.includes('secret detail'))).toContain(reference);
  });
});

describe('an enrollment is refused before the controller hears of it', () => {
  const cases: [string, string, RegExp][] = [
    ['that is not JSON', 'hello', /not what an agent sends/],
    ['without a code', JSON.stringify({ ...enrollment, activationCode: undefined }), /activationCode/],
    ['with a field too many', JSON.stringify({ ...enrollment, nodeId: 'mi-0123456789abcdef0' }), /not what an agent sends/],
    ['with facts that are none', JSON.stringify({ ...enrollment, facts: { platformType: 'Amiga' } }), /facts/],
    ['of another version of the protocol', JSON.stringify({ ...enrollment, protocolVersion: 9, news: 1 }), /version 9 .* version 1/],
  ];
  test.each(cases)('%s', async (_what, body, title) => {
    const answer = await enroll(body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 'E-ENROLL-REQUEST' });
    expect(answer.body.title).toMatch(title);
    expect(site.agents.told).toEqual([]);
  });

  test('without the content type of JSON', async () => {
    expect((await enroll(JSON.stringify(enrollment), { 'content-type': 'text/plain' })).status).toBe(400);
    expect(site.agents.told).toEqual([]);
  });

  test('that announces more than it may send', async () => {
    const head = [
      'POST /enroll HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      `Content-Length: ${MAX_ENROLLMENT_BYTES + 1}`,
      '',
      '',
    ];
    expect(await sendRaw(site.stranger(), head.join('\r\n'))).toMatch(/^HTTP\/1\.1 400 .*larger than 32768 bytes/s);
  });

  test('that sends more than it may without announcing it', async () => {
    const head = ['POST /enroll HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Transfer-Encoding: chunked', '', ''];
    const body = `${(MAX_ENROLLMENT_BYTES + 1).toString(16)}\r\n${'x'.repeat(MAX_ENROLLMENT_BYTES + 1)}\r\n`;
    expect(await sendRaw(site.stranger(), head.join('\r\n') + body)).toMatch(/^HTTP\/1\.1 400 .*larger than 32768 bytes/s);
    expect(site.agents.told).toEqual([]);
  });

  test('whose body comes too slowly', async () => {
    const head = ['POST /enroll HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 1000', '', '{'];
    expect(await sendRaw(site.stranger(), head.join('\r\n'))).toMatch(/^HTTP\/1\.1 408 /);
    expect(site.agents.told).toEqual([]);
    expect(site.log.filter((line) => line.includes('enrollment-failed') && !line.includes('secret'))).toEqual([]);
  });
});
