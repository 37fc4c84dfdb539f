import { test } from 'vitest';
import { isHere, type TestProgram } from '../build/bootstrap/debian-packages.mjs';

/** `test` where all of these programs are on this computer; where not, a test that is counted as skipped. */
export const testWith = (...programs: readonly TestProgram[]): typeof test.skip => (programs.every(isHere) ? test : test.skip);
