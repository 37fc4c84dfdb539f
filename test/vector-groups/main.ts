import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runVectors } from './run-vectors.ts';
import { SHARED_VECTORS } from './vector-files.ts';

/** `npm run vectors -- DIR`. Ends with 1 when anything is not as the vectors say or there are none, with 2 when there is no such folder. */
function run([given, ...rest]: readonly string[]): number {
  const folder = given === undefined ? SHARED_VECTORS : resolve(given);
  if (rest.length > 0 || !existsSync(folder)) {
    console.error(rest.length > 0 ? 'Usage: npm run vectors -- [DIR]' : `There is no folder ${folder}.`);
    return 2;
  }
  return runVectors(folder, (line) => console.log(line)) ? 0 : 1;
}

process.exitCode = run(process.argv.slice(2));
