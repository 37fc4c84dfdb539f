import { build } from 'esbuild';
import { nodeBundle } from './node-bundle.ts';

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
  });
}
