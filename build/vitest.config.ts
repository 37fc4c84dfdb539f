import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Stage {
  readonly name: string;
  readonly include: readonly string[];
  readonly timeoutSeconds: number;
  /** Stages that start real processes and browsers take the whole computer: one file at a time. */
  readonly oneFileAtATime: boolean;
}

const stages: readonly Stage[] = [
  { name: 'architecture', include: ['architecture'], timeoutSeconds: 60, oneFileAtATime: false },
  { name: 'unit', include: ['agent', 'electron', 'renderer', 'build', 'vector-groups'], timeoutSeconds: 20, oneFileAtATime: false },
  { name: 'simulation', include: ['simulation'], timeoutSeconds: 60, oneFileAtATime: false },
  { name: 'system', include: ['system'], timeoutSeconds: 120, oneFileAtATime: false },
  { name: 'shell', include: ['shell'], timeoutSeconds: 120, oneFileAtATime: true },
  { name: 'window', include: ['window'], timeoutSeconds: 120, oneFileAtATime: true },
];

function projectOf(stage: Stage, position: number): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name: stage.name,
      include: stage.include.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`),
      testTimeout: stage.timeoutSeconds * 1000,
      hookTimeout: stage.timeoutSeconds * 1000,
      ...(stage.oneFileAtATime ? { maxWorkers: 1 } : {}),
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
