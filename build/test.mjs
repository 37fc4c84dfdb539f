import './bootstrap/node-version.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareChromium } from './bootstrap/chromium.mjs';
import { CommandError, runCommand, say, secondsSince } from './bootstrap/command.mjs';
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
 * @typedef {{ runtime: string, reports: string, filters: readonly string[], preparations: Map<string, Promise<string | null>> }} Round
 */

await runCommand(async () => {
  const { stages, filters } = chooseStages(process.argv.slice(2));
  const runtime = await prepareRuntime();
  const reports = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  try {
    const round = { runtime, reports, filters, preparations: new Map() };
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
async function runTool(stage, { runtime, remaining }) {
  const ending = await runStep({
    command: runtime,
    args: stage.args,
    env: runtimeEnvironment(),
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
async function runVitest(stage, { runtime, reports, filters, remaining }) {
  const report = join(reports, `${stage.name}.json`);
  const args = [...stage.args, ...filters, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ending = await runStep({ command: runtime, args, env: testEnvironment(), cwd: projectRoot, limitMilliseconds: remaining });
  if (ending.outOfTime) say(`${stage.name} was ended: the time for the whole run is used up.`);
  return countTests(existsSync(report) ? readFileSync(report, 'utf8') : null, ending.exitCode);
}

/** Chromium is found once, here, so that every test uses the same one. */
let chromium = '';

function testEnvironment() {
  return chromium === '' ? runtimeEnvironment() : { ...runtimeEnvironment(), HOLDFAST_CHROMIUM: chromium };
}

/**
 * Builds, or gets the browser, when the first stage needs it; null when that worked, else why not.
 * @param {'build' | 'chromium'} need
 * @param {Round} round
 * @returns {Promise<string | null>}
 */
function preparation(need, { runtime, preparations }) {
  const begun = preparations.get(need) ?? problemWith(need === 'build' ? buildWhereStale(runtime) : rememberChromium());
  preparations.set(need, begun);
  return begun;
}

async function rememberChromium() {
  chromium = await prepareChromium();
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
