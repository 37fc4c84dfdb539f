import { CommandError, say, secondsSince } from './command.mjs';
import { installDependencies } from './dependencies.mjs';
import { buildProblem, readSources, stampBuild } from './freshness.mjs';
import { runStep } from './program.mjs';
import { projectRoot } from './project.mjs';
import { findRuntime, runtimeEnvironment } from './runtime.mjs';

/**
 * Installs what is missing and finds the runtime, with which everything after this runs.
 * @returns {Promise<string>} the runtime's program
 */
export async function prepareRuntime() {
  await installDependencies();
  return findRuntime();
}

/**
 * Builds the agent, the controller and the window, unless that is done already.
 * @param {string} runtime
 */
export async function buildWhereStale(runtime) {
  const sources = readSources(projectRoot);
  const problem = buildProblem(projectRoot, sources);
  if (problem !== null) await build(runtime, { sources, because: problem });
}

/** @param {string} runtime */
export async function buildAlways(runtime) {
  await build(runtime, { sources: readSources(projectRoot), because: 'asked for' });
}

/**
 * @param {string} runtime
 * @param {{ sources: Record<string, string>, because: string }} facts
 */
async function build(runtime, { sources, because }) {
  say(`Building the agent, the controller and the window: ${because}. This takes about ten seconds …`);
  const startedAt = performance.now();
  const { exitCode } = await runStep({ command: runtime, args: ['build/bundle.ts'], env: runtimeEnvironment(), cwd: projectRoot });
  if (exitCode !== 0) throw new CommandError('The build failed; the reason is above.');
  stampBuild(projectRoot, sources);
  say(`Built in ${secondsSince(startedAt)}.`);
}
