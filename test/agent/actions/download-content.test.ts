import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DownloadInputs } from '../../../agent/document/download-inputs.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Question } from '../../../agent/protocol/questions.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aFileServer } from '../../builders/file-server.ts';
import { anObjectStore } from '../../fakes/object-store.ts';
import { download, filesBelow } from '../downloads/download-context.ts';
import { aScriptContext } from '../steps/script-context.ts';

const DONE = { kind: 'exited', exitCode: 0 };

async function aWebServer() {
  return aFileServer((request, response) => response.end(`content of ${request.url}`));
}

const http = (url: string, more: Record<string, unknown> = {}) => ({
  sourceType: 'HTTP',
  sourceInfo: { url, allowInsecureDownload: true },
  ...more,
});

describe('where content goes', () => {
  test('without a destination is the folder of the run, by the name that the address ends with', async () => {
    const { origin } = await aWebServer();
    const context = aScriptContext();
    expect(await download(http(`${origin}/scripts/main%20one.sh`), context)).toEqual(DONE);
    expect(filesBelow(context.downloads)).toEqual({ 'main one.sh': 'content of /scripts/main%20one.sh' });
    expect(statSync(join(context.downloads, 'main one.sh')).mode & 0o777).toBe(0o700);
    expect(existsSync(context.stepFolder)).toBe(false);
  });

  test.each([
    ['a name is that file', 'tools/run', 'tools/run'],
    ['a slash at the end is a folder', 'tools/', 'tools/x.sh'],
    ['a folder that is there takes the file', 'there', 'there/x.sh'],
  ])('relative: %s', async (_what, destinationPath, expected) => {
    const { origin } = await aWebServer();
    const context = aScriptContext();
    mkdirSync(join(context.downloads, 'there'), { recursive: true });
    await download(http(`${origin}/x.sh`, { destinationPath }), context);
    expect(Object.keys(filesBelow(context.downloads))).toEqual([expected]);
  });

  test('absolute is taken as it is, and a file that is there is replaced', async () => {
    const { origin } = await aWebServer();
    const folder = aTemporaryPath();
    mkdirSync(folder);
    writeFileSync(join(folder, 'motd'), 'before');
    await download(http(`${origin}/a`, { destinationPath: join(folder, 'motd') }));
    expect(readFileSync(join(folder, 'motd'), 'utf8')).toBe('content of /a');
  });

  test.each(['../out', 'a/../../out', '..'])('relative, it never leads out of the run: %s', async (destinationPath) => {
    const { origin, requests } = await aWebServer();
    await expect(download(http(origin, { destinationPath }))).rejects.toMatchObject({ code: 'E-DESTINATION' });
    expect(requests).toEqual([]);
  });

  test('nor by a link that an earlier step has left', async () => {
    const { origin } = await aWebServer();
    const context = aScriptContext();
    const elsewhere = aTemporaryPath();
    mkdirSync(elsewhere);
    mkdirSync(context.downloads, { recursive: true });
    symlinkSync(elsewhere, join(context.downloads, 'link'));
    await expect(download(http(`${origin}/x`, { destinationPath: 'link/x' }), context)).rejects.toMatchObject({ code: 'E-DESTINATION' });
    expect(filesBelow(elsewhere)).toEqual({});
  });

  test('a link in the way of a file is replaced, and what it leads to is left', async () => {
    const { origin } = await aWebServer();
    const context = aScriptContext();
    const victim = aTemporaryPath('victim');
    writeFileSync(victim, 'untouched');
    mkdirSync(context.downloads, { recursive: true });
    symlinkSync(victim, join(context.downloads, 'x'));
    await download(http(`${origin}/x`), context).catch(() => undefined);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
  });
});

describe('what a download is asked for', () => {
  const problemsOf = (inputs: unknown): string[] => DownloadInputs.safeParse(inputs).error?.issues.map(({ message }) => message) ?? [];

  test('may be a map, or a map as JSON text, with the empty texts of parameters that nobody gave', () => {
    const source = { owner: 'lab', repository: 'site', tokenInfo: '', getOptions: '' };
    const parsed = DownloadInputs.parse({ sourceType: 'GitHub', sourceInfo: JSON.stringify(source) });
    expect(parsed).toEqual(DownloadInputs.parse({ sourceType: 'GitHub', sourceInfo: source }));
    expect(parsed.source).toMatchObject({ type: 'GitHub', owner: 'lab', repository: 'site' });
    expect(parsed.source).toHaveProperty('tokenInfo', undefined);
  });

  test.each([
    [{ sourceType: 'HTTP', sourceInfo: {} }, /for HTTP: url is missing/],
    [{ sourceType: 'Git', sourceInfo: 'not json' }, /must be a map/],
    [{ sourceType: 'Git', sourceInfo: { repository: 'x', getOptions: 'branch:--upload-pack=evil' } }, /branch:<name>/],
    [{ sourceType: 'Git', sourceInfo: { repository: 'x', getOptions: 'commitID:HEAD' } }, /commitID:<id>/],
    [{ sourceType: 'GitHub', sourceInfo: { owner: '-evil', repository: '../x' } }, /one word/],
    [{ sourceType: 'HTTP', sourceInfo: { url: 'https://x', sha256: 'abc' } }, /SHA-256/],
  ])('%j is refused', (inputs, sentence) => expect(problemsOf(inputs).join(' ')).toMatch(sentence));
});

describe('HTTP', () => {
  test('needs https unless the document allows it otherwise', async () => {
    const { origin } = await aWebServer();
    const refused = download({ sourceType: 'HTTP', sourceInfo: { url: origin } });
    await expect(refused).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
  });

  test('logs in as the document says, and is checked by its SHA-256', async () => {
    const { origin } = await aFileServer((request, response) => response.end(request.headers.authorization ?? 'nobody'));
    const expected = `Basic ${Buffer.from('ann:secret').toString('base64')}`;
    const sha256 = createHash('sha256').update(expected).digest('hex');
    const sourceInfo = {
      url: `${origin}/who`,
      authMethod: 'Basic',
      username: 'ann',
      password: 'secret',
      allowInsecureDownload: 'true',
      sha256,
    };
    const context = aScriptContext();
    expect(await download({ sourceType: 'HTTP', sourceInfo }, context)).toEqual(DONE);
    expect(filesBelow(context.downloads)).toEqual({ who: expected });
    const wrong = { ...sourceInfo, sha256: 'a'.repeat(64) };
    await expect(download({ sourceType: 'HTTP', sourceInfo: wrong }, aScriptContext())).rejects.toMatchObject({ code: 'E-CHECKSUM' });
    const nobody = { ...sourceInfo, password: '' };
    await expect(download({ sourceType: 'HTTP', sourceInfo: nobody })).rejects.toThrow(/needs a username and a password/);
  });

  test('is left when the step is stopped', async () => {
    const { origin, requests } = await aFileServer(() => undefined);
    const context = aScriptContext();
    const ended = download(http(origin), context);
    await expect.poll(() => requests.length).toBe(1);
    context.stopping.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
  });
});

describe('an S3-compatible store', () => {
  async function aStore() {
    const store = await anObjectStore('lab');
    await store.put('lab', 'scripts/main.sh', 'echo main');
    await store.put('lab', 'scripts/roles/web more.yml', 'role');
    await store.put('lab', 'scripts-not/other', 'other');
    return store;
  }

  test('gives one object, anonymously or with its keys', async () => {
    const { endpoint, accessKeyId, secretAccessKey } = await aStore();
    const path = `${endpoint}/lab/scripts/main.sh`;
    for (const keys of [{}, { username: accessKeyId, password: secretAccessKey }]) {
      const context = aScriptContext();
      const sourceInfo = { path, allowInsecureDownload: true, ...keys };
      expect(await download({ sourceType: 'S3', sourceInfo, destinationPath: 'run.sh' }, context)).toEqual(DONE);
      expect(filesBelow(context.downloads)).toEqual({ 'run.sh': 'echo main' });
    }
  });

  test('refuses wrong keys, and what is not there', async () => {
    const { endpoint, accessKeyId } = await aStore();
    const sourceInfo = { path: `${endpoint}/lab/scripts/main.sh`, allowInsecureDownload: true };
    const wrong = download({ sourceType: 'S3', sourceInfo: { ...sourceInfo, username: accessKeyId, password: 'wrong' } });
    await expect(wrong).rejects.toThrow(/403/);
    await expect(download({ sourceType: 'S3', sourceInfo: { ...sourceInfo, path: `${endpoint}/lab/none` } })).rejects.toThrow(/404/);
    await expect(download({ sourceType: 'S3', sourceInfo: { path: sourceInfo.path } })).rejects.toMatchObject({
      code: 'E-DOWNLOAD-REFUSED',
    });
  });

  test.each(['scripts', 'scripts/'])('gives all below the prefix %s, in its folders', async (prefix) => {
    const { endpoint, accessKeyId, secretAccessKey } = await aStore();
    const context = aScriptContext();
    const keys = { username: accessKeyId, password: secretAccessKey };
    const sourceInfo = { path: `${endpoint}/lab/${prefix}`, allowInsecureDownload: true, ...keys };
    expect(await download({ sourceType: 'S3', sourceInfo, destinationPath: 'playbook' }, context)).toEqual(DONE);
    expect(filesBelow(context.downloads)).toEqual({ 'playbook/main.sh': 'echo main', 'playbook/roles/web more.yml': 'role' });
    expect(context.stdout.text).toContain('(2 files)');
  });

  test('takes the place of Amazon’s where the document names an endpoint', async () => {
    const { endpoint } = await aStore();
    for (const path of [
      'https://s3.amazonaws.com/lab/scripts/main.sh',
      'https://lab.s3.eu-west-1.amazonaws.com/scripts/main.sh',
      's3://lab/scripts/main.sh',
    ]) {
      const context = aScriptContext();
      expect(await download({ sourceType: 'S3', sourceInfo: { path, endpoint, allowInsecureDownload: true } }, context)).toEqual(DONE);
      expect(filesBelow(context.downloads)).toEqual({ 'main.sh': 'echo main' });
    }
  });

  test('with an object whose name leads out is refused', async () => {
    const { origin } = await aFileServer((_request, response) =>
      response.end('<ListBucketResult><Contents><Key>a/../../../evil</Key><Size>1</Size></Contents></ListBucketResult>'),
    );
    const sourceInfo = { path: `${origin}/lab/a/`, allowInsecureDownload: true };
    const context = aScriptContext();
    await expect(download({ sourceType: 'S3', sourceInfo }, context)).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    expect(filesBelow(context.downloads)).toEqual({});
  });
});

describe('a document of the controller', () => {
  const executionId = ExecutionId.parse('0192a1b2-0000-7000-8000-0000000000e1');

  function aDesk() {
    const asked: Question[] = [];
    const controller = {
      ask: (question: Question) => {
        asked.push(question);
        return Promise.resolve({
          kind: 'document',
          executionId,
          name: 'Lab-Hello',
          documentVersion: 3,
          format: 'YAML',
          source: 'schemaVersion: "2.2"',
        } as never);
      },
      fetchBlob: () => Promise.resolve(true),
      isReachable: () => Promise.resolve(true),
    };
    return { asked, context: aScriptContext({ controller }) };
  }

  test.each([
    ['Lab-Hello', { name: 'Lab-Hello', version: '$DEFAULT' }],
    ['Lab-Hello:3', { name: 'Lab-Hello', version: '3' }],
    ['arn:aws:ssm:eu-west-1:123456789012:document/Lab-Hello:$LATEST', { name: 'Lab-Hello', version: '$LATEST' }],
  ])('is asked for as %s, and written as it is', async (name, expected) => {
    const { asked, context } = aDesk();
    expect(await download({ sourceType: 'SSMDocument', sourceInfo: { name } }, context)).toEqual(DONE);
    expect(asked).toMatchObject([{ ask: 'document', ...expected }]);
    expect(filesBelow(context.downloads)).toEqual({ 'Lab-Hello.yaml': 'schemaVersion: "2.2"' });
  });

  test('is refused where the name is none, and where there is no controller', async () => {
    const { context } = aDesk();
    await expect(download({ sourceType: 'SSMDocument', sourceInfo: { name: '../x' } }, context)).rejects.toThrow(/no name of a document/);
    await expect(download({ sourceType: 'SSMDocument', sourceInfo: { name: 'Lab-Hello' } })).rejects.toMatchObject({
      code: 'E-NO-CONTROLLER',
    });
  });
});
