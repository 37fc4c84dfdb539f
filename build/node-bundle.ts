import type { BuildOptions } from 'esbuild';

/** Packages bundled from CommonJS call `require` for Node's own modules; a module has none, so each bundle makes itself one. */
const requireForBundledPackages = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

/** What every program for Node has in common: one ESM file with all its packages inside, readable in a stack trace. */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  keepNames: true,
  banner: { js: requireForBundledPackages },
  // Native helpers that ws uses when they are installed; they never are.
  external: ['bufferutil', 'utf-8-validate'],
  logLevel: 'warning',
} satisfies BuildOptions;
