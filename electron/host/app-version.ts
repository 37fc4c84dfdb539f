import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The version that this Holdfast calls itself, from its package.json. */
export const readAppVersion = (file: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
