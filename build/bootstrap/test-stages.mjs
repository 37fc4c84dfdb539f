import { CommandError } from './command.mjs';

/**
 * @typedef {object} TestStage
 * @property {string} name as given to `npm test -- <name>`, and the name of the project in build/vitest.config.ts
 * @property {'tool' | 'vitest'} kind
 * @property {readonly string[]} args
 * @property {readonly ('build' | 'chromium' | 'debian-packages')[]} needs
 */

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts', '--project'];

/** @type {readonly TestStage[]} */
export const testStages = [
  { name: 'typecheck', kind: 'tool', args: ['node_modules/typescript/bin/tsc', '-b'], needs: [] },
  { name: 'lint', kind: 'tool', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.', '--error-on-warnings'], needs: [] },
  { name: 'architecture', kind: 'vitest', args: [...vitest, 'architecture'], needs: [] },
  { name: 'unit', kind: 'vitest', args: [...vitest, 'unit'], needs: ['debian-packages'] },
  { name: 'simulation', kind: 'vitest', args: [...vitest, 'simulation'], needs: [] },
  { name: 'system', kind: 'vitest', args: [...vitest, 'system'], needs: ['build', 'debian-packages'] },
  { name: 'shell', kind: 'vitest', args: [...vitest, 'shell'], needs: ['build', 'chromium'] },
  { name: 'window', kind: 'vitest', args: [...vitest, 'window'], needs: ['build', 'chromium'] },
];

/**
 * `npm test` runs every stage, `npm test -- system` one, and `npm test -- system test/system/some.test.ts` a part of one.
 * @param {readonly string[]} args
 * @returns {{ stages: readonly TestStage[], filters: readonly string[] }}
 */
export function chooseStages([name, ...filters]) {
  if (name === undefined) return { stages: testStages, filters };
  const stage = testStages.find((candidate) => candidate.name === name);
  if (stage === undefined) {
    const names = testStages.map((candidate) => candidate.name).join(', ');
    throw new CommandError(`There is no test stage '${name}': choose one of ${names}, or none for all.`, { exitCode: 2 });
  }
  if (stage.kind === 'tool' && filters.length > 0) throw new CommandError(`The stage '${name}' takes no files.`, { exitCode: 2 });
  return { stages: [stage], filters };
}
