import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFrom } from '../../electron/shell/page-protocol.ts';

describe('the page’s protocol', () => {
  let folder: string;
  let page: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
    page = join(folder, 'renderer');
    mkdirSync(join(page, 'assets'), { recursive: true });
    writeFileSync(join(page, 'index.html'), '<!doctype html>');
    writeFileSync(join(page, 'assets/main-Ab12.js'), 'export {};');
    writeFileSync(join(page, '.hidden.js'), 'hidden');
    writeFileSync(join(page, 'notes.txt'), 'not a kind of file that a page has');
    writeFileSync(join(folder, 'secret.js'), 'outside');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Not by `new Request`, which would already have tidied the address. */
  const ask = (url: string, method = 'GET') => answerFrom(page, { url, method });

  test.each([
    ['app://holdfast/', 'text/html; charset=utf-8'],
    ['app://holdfast/index.html', 'text/html; charset=utf-8'],
    ['app://holdfast/?a=b#/nodes', 'text/html; charset=utf-8'],
    ['app://holdfast/assets/main-Ab12.js', 'text/javascript; charset=utf-8'],
  ])('%s is a file of the page', async (url, contentType) => {
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(contentType);
  });

  test.each([
    'app://holdfast/../secret.js',
    'app://holdfast/assets/../../secret.js',
    'app://holdfast/%2e%2e/secret.js',
    'app://holdfast/..%2fsecret.js',
    'app://holdfast/..\\secret.js',
    'app://holdfast//secret.js',
    'app://holdfast/assets/',
    'app://holdfast/.hidden.js',
    'app://holdfast/notes.txt',
    'app://holdfast/missing.js',
    'app://holdfast/index.html%00.js',
    'app://holdfast.example.com/index.html',
    'app://other/index.html',
    'file:///etc/passwd',
  ])('%s is nothing', async (url) => {
    const answer = await ask(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  test('nothing can be sent to the page’s address', async () => {
    expect((await ask('app://holdfast/', 'POST')).status).toBe(405);
  });

  test.each(['app://holdfast/', 'app://holdfast/missing.js'])('the answer for %s carries the policy', async (url) => {
    const { headers } = await ask(url);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"]),
    );
    expect(policy.filter((rule) => rule.startsWith('script-src')).join()).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
