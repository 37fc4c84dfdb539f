import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../agent/protocol/reports.ts';
import type { RunOrder } from '../../../agent/protocol/run-order.ts';
import { type SealedSecret, sealedFor } from '../../../agent/protocol/sealed-secret.ts';
import { openSecrets } from '../../../agent/runner/secrets.ts';
import { sealForNode } from '../../../electron/controller/secrets/node-seal.ts';
import { anAgentFolder } from '../../builders/agent-folder.ts';
import { aFileServer } from '../../builders/file-server.ts';
import { filesWith } from '../../builders/raw-bytes.ts';
import { anOrder, type OrderSettings } from '../../builders/run-order.ts';
import { RunningAgent } from './running-agent.ts';

const SECRET = 'correct-horse-battery-staple';
const EXECUTION = '0192a1b2-0000-7000-8000-0000000000e1';
const OTHER_EXECUTION = '0192a1b2-0000-7000-8000-0000000000e2';

const aKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** An order with a secret for its parameter `Password`, sealed for the holder of `key` as the controller seals it. */
function aSecretOrder(key: string, settings: OrderSettings & { secret?: string } = {}): RunOrder {
  const order = anOrder({
    executionId: EXECUTION,
    parameters: { Password: { type: 'String', interpolationType: 'ENV_VAR' } },
    ...settings,
  });
  const publicKeyPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const belongsTo = sealedFor({ executionId: order.executionId, nodeId: order.nodeId, parameter: 'Password' });
  return { ...order, sealed: { Password: sealForNode(settings.secret ?? SECRET, { publicKeyPem, belongsTo }) } };
}

/** The same order with the secret under this name. */
function sealedAs(name: string, key: string, order: RunOrder): RunOrder {
  const publicKeyPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const belongsTo = sealedFor({ executionId: order.executionId, nodeId: order.nodeId, parameter: name });
  return { ...order, sealed: { [name]: sealForNode(SECRET, { publicKeyPem, belongsTo }) } };
}

describe('a sealed secret', () => {
  test('opens with the key that it was sealed for, also when that is not the newest', () => {
    const [key, older] = [aKey(), aKey()];
    const opened = { ok: true, values: { Password: SECRET } };
    expect(openSecrets(aSecretOrder(key), [key])).toEqual(opened);
    expect(openSecrets(aSecretOrder(older), [key, older])).toEqual(opened);
    expect(openSecrets(aSecretOrder(key, { secret: '☃\n"$x' }), [key])).toEqual({ ok: true, values: { Password: '☃\n"$x' } });
  });

  test('opens with no other key, in no other run, on no other node and for no other parameter', () => {
    const key = aKey();
    const order = aSecretOrder(key);
    const { Password } = order.sealed ?? {};
    const refused = { ok: false, failure: expect.objectContaining({ code: 'E-SECRET-SEALED' }) };
    expect(openSecrets(order, [aKey()])).toEqual(refused);
    expect(openSecrets(order, [])).toEqual(refused);
    expect(openSecrets({ ...order, executionId: anOrder({ executionId: OTHER_EXECUTION }).executionId }, [key])).toEqual(refused);
    expect(openSecrets({ ...order, nodeId: anOrder({ nodeId: 'mi-0000000000000000b' }).nodeId }, [key])).toEqual(refused);
    expect(openSecrets({ ...order, sealed: { Other: Password as SealedSecret } }, [key])).toEqual(refused);
  });

  test('that was changed on the way does not open', () => {
    const key = aKey();
    const order = aSecretOrder(key);
    const sealed = order.sealed?.Password as SealedSecret;
    for (const part of ['nonce', 'tag', 'ciphertext', 'ephemeralKey'] as const) {
      const bytes = Buffer.from(sealed[part], 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      const changed = { ...order, sealed: { Password: { ...sealed, [part]: bytes.toString('base64') } } };
      expect(openSecrets(changed, [key]).ok).toBe(false);
    }
  });

  test('says nothing about itself in what is sealed', () => {
    expect(JSON.stringify(aSecretOrder(aKey()))).not.toContain(SECRET);
    expect(aSecretOrder(aKey()).sealed).not.toEqual(aSecretOrder(aKey()).sealed);
  });
});

const finishedStep = (reports: readonly Report[]) => reports.find((report) => report.kind === 'step-finished');

describe('a script with a secret', () => {
  test('has it in its environment, prints a mask, and leaves it in no file of the agent', async () => {
    const folder = anAgentFolder();
    const agent = await RunningAgent.start({ folder });
    const key = aKey();
    agent.privateKeys = [key];
    const script = [
      'printf "length "; printf "%s" "$SSM_Password" | wc -c | tr -d " "',
      'echo "by its token: {{ Password }}"; echo "to stderr $SSM_Password" >&2',
      'printf "correct-horse-"; sleep 0.2; printf "battery-staple\\n"',
    ];
    const order = aSecretOrder(key, { script });
    agent.accept(order);
    const step = finishedStep(await agent.finished(order));
    expect(step).toMatchObject({
      result: { status: 'Success' },
      stdout: { head: `length ${SECRET.length}\nby its token: ********\n********\n` },
      stderr: { head: 'to stderr ********\n' },
    });
    expect(JSON.stringify([agent.reports(), agent.log.lines])).not.toContain(SECRET);
    await agent.stop();
    expect(filesWith(folder.path, SECRET)).toEqual([]);
  });

  test('that waits in the journal is opened by a later start, with a key that was renewed meanwhile', async () => {
    const folder = anAgentFolder();
    const [older, newer] = [aKey(), aKey()];
    const first = await RunningAgent.start({ folder });
    first.privateKeys = [older];
    const blocking = anOrder({ script: ['echo begun', 'sleep 60'] });
    const order = aSecretOrder(older, { executionId: OTHER_EXECUTION, script: 'echo "$SSM_Password" | wc -c | tr -d " "' });
    first.accept(blocking);
    first.accept(order);
    await first.said('begun');
    await first.stop();
    expect(filesWith(folder.path, SECRET)).toEqual([]);
    const second = await RunningAgent.start({ folder, signer: first.signer });
    second.privateKeys = [newer, older];
    second.runner.cancel(blocking.executionId, 'enough');
    expect(finishedStep(await second.finished(order))).toMatchObject({ stdout: { head: `${SECRET.length + 1}\n` } });
    await second.stop();
  });

  test('fails with a code when it cannot be opened, and nothing of it runs', async () => {
    const agent = await RunningAgent.start();
    agent.privateKeys = [aKey()];
    const order = aSecretOrder(aKey(), { script: 'echo ran' });
    agent.accept(order);
    const step = finishedStep(await agent.finished(order));
    expect(step).toMatchObject({
      result: { status: 'Failed', exitCode: null, reason: expect.stringContaining('E-SECRET-SEALED') },
      stdout: { bytes: 0 },
    });
  });

  test('is refused where the parameter would write it into the script', async () => {
    const agent = await RunningAgent.start();
    const key = aKey();
    agent.privateKeys = [key];
    const order = aSecretOrder(key, { script: 'echo {{ Password }}', parameters: { Password: { type: 'String' } } });
    agent.accept(order);
    await agent.finished(order);
    expect(agent.story(order)).toEqual(['refused InvalidParameters']);
  });

  test('does not get it anywhere but in its environment', async () => {
    const agent = await RunningAgent.start();
    const key = aKey();
    agent.privateKeys = [key];
    const steps = [{ script: 'echo "[$OTHER]"', inputs: { environment: { OTHER: '{{ Password }}' } } }];
    const order = aSecretOrder(key, { steps });
    agent.accept(order);
    expect(finishedStep(await agent.finished(order))).toMatchObject({ stdout: { head: '[{{ Password }}]\n' } });
  });
});

describe('a secret among the credentials of a step', () => {
  test('is sent as the login of a download, and is in no file and no output', async () => {
    const logins: string[] = [];
    const { origin } = await aFileServer((request, response) => {
      logins.push(Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString());
      response.writeHead(logins.length > 1 ? 403 : 200).end('content');
    });
    const folder = anAgentFolder();
    const agent = await RunningAgent.start({ folder });
    const key = aKey();
    agent.privateKeys = [key];
    const sourceInfo = {
      url: `${origin}/a`,
      authMethod: 'Basic',
      username: 'ann',
      password: '{{ssm-secure:/lab/password}}',
      allowInsecureDownload: true,
    };
    const steps = [
      { action: 'aws:downloadContent', inputs: { sourceType: 'HTTP', sourceInfo } },
      { script: 'cat a; echo; env' },
      { action: 'aws:downloadContent', inputs: { sourceType: 'HTTP', sourceInfo } },
    ];
    const order = sealedAs('ssm-secure:/lab/password', key, anOrder({ executionId: EXECUTION, steps }));
    agent.accept(order);
    const reports = await agent.finished(order);
    expect(logins).toEqual([`ann:${SECRET}`, `ann:${SECRET}`]);
    expect(reports.filter((report) => report.kind === 'step-finished').map(({ result }) => result.status)).toEqual([
      'Success',
      'Success',
      'Failed',
    ]);
    expect(JSON.stringify([agent.reports(), agent.log.lines])).not.toContain(SECRET);
    await agent.stop();
    expect(filesWith(folder.path, SECRET)).toEqual([]);
  });

  test('is refused when it did not come with the order, or where no step takes it', async () => {
    const agent = await RunningAgent.start();
    const key = aKey();
    agent.privateKeys = [key];
    const download = (sourceInfo: Record<string, unknown>) => [
      { action: 'aws:downloadContent', inputs: { sourceType: 'HTTP', sourceInfo } },
    ];
    const missing = sealedAs(
      'ssm-secure:other',
      key,
      anOrder({ executionId: EXECUTION, steps: download({ url: 'x', password: '{{ssm-secure:p}}' }) }),
    );
    const misplaced = sealedAs(
      'ssm-secure:p',
      key,
      anOrder({ executionId: OTHER_EXECUTION, steps: download({ url: '{{ssm-secure:p}}' }) }),
    );
    for (const order of [missing, misplaced]) {
      agent.accept(order);
      await agent.finished(order);
      expect(agent.story(order)).toEqual(['refused InvalidParameters']);
    }
  });
});
