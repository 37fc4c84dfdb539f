import { fileURLToPath } from 'node:url';
import { build, type Configuration } from 'electron-builder';

/** The native half of better-sqlite3 for one operating system; the placeholder is electron-builder's. */
const sqliteFor = (system: 'linux' | 'darwin' | 'win32') => [`node_modules/better-sqlite3/prebuilds/${system}-\${arch}.node`];

/**
 * What goes into the desktop app. Everything is bundled but better-sqlite3, whose native half cannot be. The agent is a program
 * of its own, run by a Node that knows nothing of asar archives.
 */
export const appConfiguration: Configuration = {
  appId: 'dev.holdfast.app',
  productName: 'Holdfast',
  directories: { output: 'dist/app' },
  files: [
    'package.json',
    'dist/{agent,electron,renderer}/**',
    '!**/*.map',
    '!node_modules/**',
    'node_modules/better-sqlite3/package.json',
    'node_modules/better-sqlite3/lib/**',
  ],
  asar: true,
  asarUnpack: ['dist/agent/**', '**/*.node'],
  // Prebuilt for every platform: there is nothing to compile, on a machine that could not.
  npmRebuild: false,
  linux: { target: ['deb', 'AppImage'], category: 'System', files: sqliteFor('linux') },
  mac: { target: ['dmg'], files: sqliteFor('darwin') },
  win: { target: ['nsis'], files: sqliteFor('win32') },
};

if (import.meta.main) await build({ projectDir: fileURLToPath(new URL('..', import.meta.url)), config: appConfiguration });
