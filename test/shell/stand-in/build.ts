import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { nodeBundle } from '../../../build/node-bundle.ts';
import { projectRoot } from '../../project-root.ts';

/** Builds the app into a folder: the real main and preload, as `npm start` has them, with a stand-in's controller and page. */
export async function buildWithStandIn(folder: string): Promise<string> {
  const dist = join(folder, 'dist/electron');
  const forPages = { absWorkingDir: projectRoot, bundle: true, platform: 'browser', external: ['electron'] } satisfies BuildOptions;
  await Promise.all([
    build({
      ...nodeBundle,
      absWorkingDir: projectRoot,
      entryPoints: { main: 'electron/main.ts', 'controller-process': 'test/shell/stand-in/controller.ts' },
      outdir: dist,
      external: [...nodeBundle.external, 'electron'],
    }),
    build({ ...forPages, entryPoints: ['electron/shell/preload.ts'], outfile: join(dist, 'preload.cjs'), format: 'cjs' }),
    build({ ...forPages, entryPoints: ['test/shell/stand-in/page.ts'], outfile: join(folder, 'dist/renderer/page.js'), format: 'esm' }),
  ]);
  mkdirSync(join(folder, 'dist/renderer'), { recursive: true });
  copyFileSync(join(projectRoot, 'test/shell/stand-in/index.html'), join(folder, 'dist/renderer/index.html'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'holdfast', type: 'module', main: 'dist/electron/main.js' }));
  return folder;
}
