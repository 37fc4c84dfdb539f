import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from './project-root.ts';

const vectorsFolder = resolve(projectRoot, '../shared/vectors');

/** The text of one file below the shared vectors, such as `document-samples/01-shell-hello.yaml`. */
export function vectorText(path: string): string {
  const file = join(vectorsFolder, path);
  if (!existsSync(file)) {
    throw new Error(`No vector file ${file}. The vectors are kept beside the project, in shared/vectors.`);
  }
  return readFileSync(file, 'utf8');
}

/** The parsed JSON of one vector file, such as `cron-vectors.json`; its shape is for the test to check. */
export function vectorFile(name: string): unknown {
  return JSON.parse(vectorText(name));
}
