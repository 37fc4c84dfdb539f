import { fileURLToPath } from 'node:url';
import { build, type Configuration } from 'electron-builder';

/**
 * What goes into the desktop app. Everything is bundled but better-sqlite3, whose native half cannot be; of that, one platform's
 * is kept. The agent is a program of its own, run by a Node that knows nothing of asar archives.
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
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
    'node_modules/better-sqlite3/prebuilds/${os}-${arch}.node',
  ],
  asar: true,
  asarUnpack: ['dist/agent/**', '**/*.node'],
  // Prebuilt for every platform: there is nothing to compile, on a machine that could not.
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
  },
  linux: { target: ['deb', 'AppImage'], category: 'System' },
  mac: { target: ['dmg'] },
  win: { target: ['nsis'] },
};

if (import.meta.main) await build({ projectDir: fileURLToPath(new URL('..', import.meta.url)), config: appConfiguration });
