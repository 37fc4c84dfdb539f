import './bootstrap/node-version.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareChromium } from './bootstrap/chromium.mjs';
import { CommandError, runCommand, say, secondsSince } from './bootstrap/command.mjs';
import { prepareDebianPackages } from './bootstrap/debian-packages.mjs';
import { runStep } from './bootstrap/program.mjs';
import { projectRoot } from './bootstrap/project.mjs';
import { runtimeEnvironment } from './bootstrap/runtime.mjs';
import { buildWhereStale, prepareRuntime } from './bootstrap/set-up.mjs';
import { countTests, summaryLine, sumOf } from './bootstrap/test-counts.mjs';
import { chooseStages } from './bootstrap/test-stages.mjs';

/** Whoever waits for this command waits a quarter of an hour at most; a stage that hangs is ended in time to say which. */
const limitMilliseconds = 14 * 60_000;

/**
 * @typedef {import('./bootstrap/test-stages.mjs').TestStage} TestStage
 * @typedef {import('./bootstrap/test-counts.mjs').Counts} Counts
 * @typedef {object} Round one run of this command
 * @property {string} runtime
 * @property {string} reports folder for Vitest's counts
 * @property {readonly string[]} filters
 * @property {NodeJS.ProcessEnv} environment
 * @property {Map<string, Promise<string | null>>} preparations what was made ready, or why it could not be
 */

await runCommand(async () => {
  const { stages, filters } = chooseStages(process.argv.slice(2));
  const runtime = await prepareRuntime();
  const reports = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  try {
    /** @type {Round} */
    const round = { runtime, reports, filters, environment: runtimeEnvironment(), preparations: new Map() };
    /** @type {Counts[]} */
    const results = [];
    for (const stage of stages) results.push(await runStage(stage, round));
    const sum = sumOf(results);
    say(summaryLine(sum));
    return sum.failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

/**
 * @param {TestStage} stage
 * @param {Round} round
 * @returns {Promise<Counts>}
 */
async function runStage(stage, round) {
  for (const need of stage.needs) {
    const problem = await preparation(need, round);
    if (problem !== null) return skipStage(stage, problem);
  }
  const remaining = limitMilliseconds - performance.now();
  if (remaining <= 0) return skipStage(stage, 'The time for the whole run is used up.');
  say(`\n── ${stage.name}`);
  const startedAt = performance.now();
  const counts = await (stage.kind === 'tool' ? runTool(stage, { ...round, remaining }) : runVitest(stage, { ...round, remaining }));
  say(`── ${stage.name}: ${summaryLine(counts)} in ${secondsSince(startedAt)}`);
  return counts;
}

/**
 * A stage that cannot run is a failure, not a skip: a green line means that everything was checked.
 * @param {TestStage} stage
 * @param {string} because
 * @returns {Counts}
 */
function skipStage(stage, because) {
  say(`\n── ${stage.name}: could not run, counted as failed. ${because}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {TestStage} stage
 * @param {Round & { remaining: number }} round
 * @returns {Promise<Counts>}
 */
async function runTool(stage, { runtime, environment, remaining }) {
  const ending = await runStep({
    command: runtime,
    args: stage.args,
    env: environment,
    cwd: projectRoot,
    limitMilliseconds: remaining,
  });
  if (ending.outOfTime) say(`${stage.name} was ended: the time for the whole run is used up.`);
  return ending.exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {TestStage} stage
 * @param {Round & { remaining: number }} round
 * @returns {Promise<Counts>}
 */
async function runVitest(stage, { runtime, reports, filters, environment, remaining }) {
  const report = join(reports, `${stage.name}.json`);
  const args = [...stage.args, ...filters, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ending = await runStep({ command: runtime, args, env: environment, cwd: projectRoot, limitMilliseconds: remaining });
  if (ending.outOfTime) say(`${stage.name} was ended: the time for the whole run is used up.`);
  return countTests(existsSync(report) ? readFileSync(report, 'utf8') : null, ending.exitCode);
}

/**
 * Builds, or gets the browser or the other programs, when the first stage needs it; null when that worked, else why not.
 * @param {'build' | 'chromium' | 'debian-packages'} need
 * @param {Round} round
 * @returns {Promise<string | null>}
 */
function preparation(need, round) {
  const begun = round.preparations.get(need) ?? problemWith(prepare(need, round));
  round.preparations.set(need, begun);
  return begun;
}

/**
 * @param {'build' | 'chromium' | 'debian-packages'} need
 * @param {Round} round
 */
function prepare(need, round) {
  /** @type {Record<typeof need, () => Promise<void>>} */
  const preparations = {
    build: () => buildWhereStale(round.runtime),
    chromium: () => chooseBrowser(round),
    'debian-packages': prepareDebianPackages,
  };
  return preparations[need]();
}

/**
 * Every test uses the same browser.
 * @param {Round} round
 */
async function chooseBrowser(round) {
  round.environment = { ...round.environment, HOLDFAST_CHROMIUM: await prepareChromium() };
}

/**
 * @param {Promise<void>} work
 * @returns {Promise<string | null>}
 */
async function problemWith(work) {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}
