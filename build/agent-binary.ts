import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { nodeBundle } from './node-bundle.ts';
import { packedPackages } from './packed-packages.ts';

/**
 * Makes the agent's program. For now that is one JavaScript file with everything inside, which a Node runtime runs;
 * the self-contained executable for machines without Node will be made here, from this file.
 */
export async function makeAgentProgram(projectRoot: string, outFile: string): Promise<void> {
  await build({
    ...nodeBundle,
    absWorkingDir: projectRoot,
    entryPoints: ['agent/main.ts'],
    outfile: outFile,
    // A running agent keeps its program's text in memory: without comments it is smaller, and of one byte a character. Names stay as
    // they are written, so that nothing has to keep them.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: false,
    plugins: [packedPackages(projectRoot)],
  });
  const wide = /[^\x00-\x7f]/.exec(await readFile(outFile, 'latin1'));
  if (wide === null) return;
  const place = (await readFile(outFile, 'utf8')).match(/.{0,40}[^\x00-\x7f]/)?.[0];
  throw new Error(
    `The agent’s program has a character that is not ASCII, which doubles its size in memory. Write it as an escape: ${place}`,
  );
}
