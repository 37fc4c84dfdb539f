import { join } from 'node:path';
import { defaultDataFolder } from './host/default-data-folder.ts';
import { startShell } from './shell/shell.ts';

// Introduces the shell to the programs that it starts; they lie beside this one in the build.
startShell({
  controllerProgram: join(import.meta.dirname, 'controller-process.js'),
  preload: join(import.meta.dirname, 'preload.cjs'),
  pageFolder: join(import.meta.dirname, '../renderer'),
  defaultDataFolder: defaultDataFolder(),
});
