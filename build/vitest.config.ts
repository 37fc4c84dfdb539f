import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Stage {
  readonly name: string;
  readonly include: readonly string[];
  readonly timeoutSeconds: number;
}

const stages: readonly Stage[] = [
  { name: 'architecture', include: ['architecture'], timeoutSeconds: 60 },
  { name: 'unit', include: ['agent', 'electron', 'renderer', 'build', 'vector-groups'], timeoutSeconds: 20 },
  { name: 'simulation', include: ['simulation'], timeoutSeconds: 60 },
  { name: 'system', include: ['system'], timeoutSeconds: 120 },
  { name: 'shell', include: ['shell'], timeoutSeconds: 120 },
  { name: 'window', include: ['window'], timeoutSeconds: 120 },
];

function projectOf(stage: Stage, position: number): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name: stage.name,
      include: stage.include.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`),
      testTimeout: stage.timeoutSeconds * 1000,
      hookTimeout: stage.timeoutSeconds * 1000,
      // Also those that start real processes and browsers: they wait for events, and for no time that a busy computer would need.
      maxWorkers: availableParallelism(),
      // One stage after the other, also when all are run at once.
      sequence: { groupOrder: position },
    },
  };
}

export default defineConfig({
  root,
  cacheDir: 'dist/cache/vitest',
  test: {
    environment: 'node',
    pool: 'forks',
    restoreMocks: true,
    unstubEnvs: true,
    projects: stages.map(projectOf),
  },
});
