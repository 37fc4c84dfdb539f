import { fileURLToPath } from 'node:url';

/** The project's own folder, wherever the command is called from. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
