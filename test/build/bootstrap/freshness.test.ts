import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProblem, readSources, stampBuild } from '../../../build/bootstrap/freshness.mjs';
import { temporaryFolder } from '../temporary-folder.ts';

const products = ['dist/agent/holdfast-agent.mjs', 'dist/electron/serve-main.js', 'dist/electron/main.js', 'dist/renderer/index.html'];

function aBuiltProject(): string {
  const root = temporaryFolder();
  for (const path of ['agent/main.ts', 'electron/main.ts', 'renderer/index.html', 'build/bundle.ts', 'package-lock.json', ...products]) {
    write(root, path, path);
  }
  stampBuild(root, readSources(root));
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const problemOf = (root: string) => buildProblem(root, readSources(root));

test('nothing is built when the sources are those of the last build', () => {
  expect(problemOf(aBuiltProject())).toBeNull();
});

test('new time stamps, as after a clone, are no reason to build', () => {
  const root = aBuiltProject();
  utimesSync(join(root, 'agent/main.ts'), new Date(), new Date());
  expect(problemOf(root)).toBeNull();
});

test('the first start builds', () => {
  const root = aBuiltProject();
  rmSync(join(root, 'dist'), { recursive: true });
  expect(problemOf(root)).toBe('nothing is built yet');
});

test('a changed, a new and a removed source are reasons to build, and are named', () => {
  const changed = aBuiltProject();
  write(changed, 'agent/main.ts', 'something else');
  expect(problemOf(changed)).toBe('agent/main.ts changed since the last build');

  const added = aBuiltProject();
  write(added, 'renderer/nodes/node-list.tsx', '');
  write(added, 'package-lock.json', '{}');
  expect(problemOf(added)).toBe('package-lock.json and 1 other file changed since the last build');

  const removed = aBuiltProject();
  rmSync(join(removed, 'electron/main.ts'));
  expect(problemOf(removed)).toBe('electron/main.ts changed since the last build');
});

test('a part of the build that is gone is built again', () => {
  const root = aBuiltProject();
  rmSync(join(root, 'dist/renderer/index.html'));
  expect(problemOf(root)).toBe('a part of the last build is missing');
});

test('a stamp that was cut short is no stamp', () => {
  const root = aBuiltProject();
  write(root, 'dist/build-sources.json', '{ "agent/main.ts": ');
  expect(problemOf(root)).toBe('nothing is built yet');
});
