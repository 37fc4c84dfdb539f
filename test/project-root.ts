import { fileURLToPath } from 'node:url';

/** The project's own folder, wherever the tests are started from. */
export const projectRoot: string = fileURLToPath(new URL('..', import.meta.url));

/** A path below the project's folder. */
export const projectPath = (path: string): string => fileURLToPath(new URL(path, new URL('..', import.meta.url)));
