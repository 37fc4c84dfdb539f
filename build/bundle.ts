import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { makeAgentProgram } from './agent-binary.ts';
import { nodeBundle } from './node-bundle.ts';

const entryFiles = [
  'agent/main.ts',
  'electron/main.ts',
  'electron/controller-process.ts',
  'electron/serve-main.ts',
  'electron/shell/preload.ts',
  'renderer/index.html',
];

const products = ['agent', 'electron', 'renderer'];

export class MissingSources extends Error {}

/**
 * Builds everything that `npm start` runs, beside the last build, and puts it in place only when all of it succeeded:
 * a broken source never leaves half a program behind.
 */
export async function bundleAll(projectRoot: string): Promise<void> {
  const missing = entryFiles.filter((file) => !existsSync(join(projectRoot, file)));
  if (missing.length > 0) throw new MissingSources(`Cannot build without ${missing.join(', ')}.`);
  const dist = join(projectRoot, 'dist');
  const workshop = join(dist, `.build-${process.pid}`);
  await removeLeftovers(dist);
  await mkdir(workshop, { recursive: true });
  try {
    // Each part is let finish, so that every finding is shown and nobody still writes when the workshop is cleared.
    const parts = await Promise.allSettled([
      makeAgentProgram(projectRoot, join(workshop, 'agent/holdfast-agent.mjs')),
      bundleElectronPrograms(projectRoot, join(workshop, 'electron')),
      bundlePreload(projectRoot, join(workshop, 'electron/preload.cjs')),
      copyMigrations(projectRoot, join(workshop, 'electron/migrations')),
      bundleRenderer(projectRoot, join(workshop, 'renderer')),
    ]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    for (const product of products) await putInPlace(workshop, dist, product);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function bundleElectronPrograms(projectRoot: string, outdir: string): Promise<void> {
  await esbuild({
    ...nodeBundle,
    absWorkingDir: projectRoot,
    entryPoints: ['electron/main.ts', 'electron/controller-process.ts', 'electron/serve-main.ts'],
    outdir,
    external: [...nodeBundle.external, 'electron', 'better-sqlite3'],
  });
}

/** A sandboxed preload is CommonJS and has no Node modules: for the browser platform, asking for one fails here, not in the app. */
async function bundlePreload(projectRoot: string, outfile: string): Promise<void> {
  await esbuild({
    absWorkingDir: projectRoot,
    entryPoints: ['electron/shell/preload.ts'],
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'chrome140',
    sourcemap: 'linked',
    sourcesContent: false,
    external: ['electron'],
    logLevel: 'warning',
  });
}

async function bundleRenderer(projectRoot: string, outDir: string): Promise<void> {
  await vite({ configFile: join(projectRoot, 'build/vite.config.ts'), logLevel: 'warn', build: { outDir } });
}

async function copyMigrations(projectRoot: string, to: string): Promise<void> {
  const from = join(projectRoot, 'electron/controller/store/migrations');
  await cp(from, to, { recursive: true, filter: (source) => source === from || source.endsWith('.sql') });
}

async function putInPlace(workshop: string, dist: string, product: string): Promise<void> {
  const target = join(dist, product);
  if (existsSync(target)) await rename(target, join(workshop, `${product}-before`));
  await rename(join(workshop, product), target);
}

/** A build that was killed leaves its workshop behind; one that still runs has a process of that number. */
async function removeLeftovers(dist: string): Promise<void> {
  if (!existsSync(dist)) return;
  for (const name of await readdir(dist)) {
    const builder = /^\.build-(\d+)$/.exec(name)?.[1];
    if (builder !== undefined && !isRunning(Number(builder))) await rm(join(dist, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** esbuild has printed its findings, with the place, by the time it throws them. */
function isPrintedAlready(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errors' in error && 'warnings' in error;
}

if (import.meta.main) {
  try {
    await bundleAll(fileURLToPath(new URL('..', import.meta.url)));
  } catch (error) {
    if (!isPrintedAlready(error)) console.error(error instanceof MissingSources ? error.message : error);
    process.exitCode = 1;
  }
}
