import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectPath } from '../project-root.ts';
import { runVectors } from './run-vectors.ts';
import { SHARED_VECTORS } from './vector-files.ts';

const PATIENCE_MS = 120_000;

function folder(files: Readonly<Record<string, unknown>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), JSON.stringify(content));
  return path;
}

function run(path: string): { isFine: boolean; lines: string[] } {
  const lines: string[] = [];
  return { isFine: runVectors(path, (line) => lines.push(line)), lines };
}

const overview = (word: string) => ({ overviewFromExecutions: [{ id: 'A', executionsNewestFirst: ['Success'], overview: word }] });

describe('npm run vectors', () => {
  test('runs the shared vectors without a folder, and ends well', { timeout: PATIENCE_MS }, () => {
    const { status, stdout } = spawnSync(process.execPath, [projectPath('build/vectors.mjs')], { encoding: 'utf8' });
    expect(stdout).toContain('cron-vectors.json vectors: ');
    expect(stdout.split('\n').filter((line) => /: (\d+)\/(?!\1$)/.test(line))).toEqual([]);
    expect(status).toBe(0);
  });

  test('ends with a failure for one row that is not so, and says which', { timeout: PATIENCE_MS }, () => {
    const path = folder({ 'some.json': overview('Failed') });
    const { status, stdout } = spawnSync(process.execPath, [projectPath('build/vectors.mjs'), path], { encoding: 'utf8' });
    expect(stdout).toContain('some.json overviewFromExecutions: 0/1\n  A: expected "Failed", got "Success"\n');
    expect(status).toBe(1);
  });
});

test('a folder that is not there is said, and more than one is too much', { timeout: PATIENCE_MS }, () => {
  const started = (...args: string[]) => spawnSync(process.execPath, [projectPath('build/vectors.mjs'), ...args], { encoding: 'utf8' });
  const none = started('no such folder');
  expect([none.status, none.stderr]).toEqual([2, expect.stringMatching(/^There is no folder .*no such folder\.$/m)]);
  expect(started('a', 'b')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run vectors -- [DIR]') });
});

describe('a folder of vectors', () => {
  test('may have any of the files with any of their groups, in folders or flat', () => {
    const path = folder({ 'one.json': overview('Success') });
    mkdirSync(join(path, 'deep'));
    writeFileSync(join(path, 'deep', 'two.json'), JSON.stringify({ about: 'x', joins: [] }));
    expect(run(path)).toEqual({ isFine: true, lines: ['deep/two.json joins: 0/0', 'one.json overviewFromExecutions: 1/1'] });
  });

  test('may have the samples beside their index', () => {
    const path = folder();
    cpSync(join(SHARED_VECTORS, 'document-samples'), path, { recursive: true });
    expect(run(path)).toEqual({ isFine: true, lines: ['index.json samples: 26/26', 'index.json operations: 9/9'] });
  });

  test('may have sentences without samples of its own: those that everybody has are meant then', () => {
    const index: unknown = JSON.parse(readFileSync(join(SHARED_VECTORS, 'document-samples', 'index.json'), 'utf8'));
    const operations = typeof index === 'object' && index !== null && 'operations' in index ? index.operations : [];
    expect(run(folder({ 'index.json': { operations } })).isFine).toBe(true);
  });

  test.each([
    ['nothing at all', {}, 'There are no vectors in'],
    [
      'a file that is not known',
      { 'a.json': overview('Success'), 'b.json': { other: [1] } },
      'b.json: not a vector file that is known here',
    ],
    ['a group that is no list', { 'a.json': { ...overview('Success'), joins: {} } }, 'a.json joins: not a list of rows'],
    ['a list that is not known', { 'a.json': { ...overview('Success'), other: [{}] } }, 'a.json other: not a group that is known here'],
    ['a sentence that is not known', { 'a.json': { operations: [{ case: 'juggle 01' }] } }, 'a sentence that is not known here'],
    [
      'a row of another form',
      { 'a.json': { joins: [{ id: 'J1', limit: 'many' }] } },
      'J1: expected "a row of the known form", got ["limit: ',
    ],
    [
      'a calendar that is not there',
      { 'a.json': { samples: [{ file: 'x.ics', documentType: 'ChangeCalendar', documentFormat: 'TEXT', valid: true }] } },
      'There is no file x.ics beside a.json',
    ],
  ])('with %s is not fine, and says so', (_what, files, sentence) => {
    const { isFine, lines } = run(folder(files));
    expect(isFine).toBe(false);
    expect(lines.join('\n')).toContain(sentence);
  });

  test('with a file that is no JSON is not fine, and says where it ends to be', () => {
    const path = folder({ 'a.json': overview('Success') });
    writeFileSync(join(path, 'b.json'), '{ "joins": [');
    const { isFine, lines } = run(path);
    expect(isFine).toBe(false);
    expect(lines[0]).toMatch(/^b\.json: cannot be read as JSON: .+/);
  });

  test('may be one of links, as where files are shared', () => {
    const path = folder();
    symlinkSync(join(folder({ 'a.json': overview('Failed') }), 'a.json'), join(path, 'b.json'));
    symlinkSync(join(path, 'nowhere'), join(path, 'c.json'));
    expect(run(path)).toEqual({
      isFine: false,
      lines: [
        expect.stringMatching(/^c\.json: cannot be read/),
        'b.json overviewFromExecutions: 0/1',
        '  A: expected "Failed", got "Success"',
      ],
    });
  });

  test('is told what nobody looks at in a row', () => {
    const path = folder({
      'a.json': {
        joins: [{ id: 'J', limit: 1, runningWhenNodesAppear: 0, newNodes: 1, burst: 2, expect: { startNow: 1, waitForNextInterval: 0 } }],
      },
    });
    expect(run(path)).toEqual({ isFine: true, lines: ['a.json joins J: nobody looks at “burst”', 'a.json joins: 1/1'] });
  });
});
