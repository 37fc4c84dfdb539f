import { writeFile } from 'node:fs/promises';
import { calendars } from './calendars.ts';
import { compliancePages } from './compliance-pages.ts';
import { executionHistory } from './execution-history.ts';
import { summaryOf } from './figure.ts';
import { fleet } from './fleet.ts';
import { idleAgent } from './idle-agent.ts';
import { idleController } from './idle-controller.ts';
import { inventorySearch } from './inventory-search.ts';
import type { Bench, Outcome } from './lab.ts';
import { Lab } from './lab.ts';
import { machineFacts, machineText } from './machine-facts.ts';
import { membership } from './membership.ts';
import type { BenchOptions } from './options.ts';
import { readOptions, USAGE, UsageError } from './options.ts';
import { saveToStep } from './save-to-step.ts';
import { schedules } from './schedules.ts';
import { storedReports } from './stored-reports.ts';
import { tableText } from './table.ts';

const benches: readonly Bench[] = [
  saveToStep,
  fleet,
  storedReports,
  schedules,
  calendars,
  executionHistory,
  compliancePages,
  inventorySearch,
  membership,
  idleController,
  idleAgent,
];

/** As a shell reports a program that ended by this signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let lab: Lab | null = null;
let isEnding = false;

/** What was started ends with us, also when a person has seen enough. */
function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      process.stderr.write('Stopping, and cleaning up.\n');
      void Promise.resolve(lab?.cleanUp.run()).then(() => process.exit(EXIT_CODES[signal]));
    });
  }
}

async function outcomeOf(bench: Bench, options: BenchOptions): Promise<Outcome> {
  const unable = bench.unable();
  if (unable !== null) return { name: bench.name, figures: [], notes: [unable] };
  lab = await Lab.open(bench.name, options);
  const startedAt = performance.now();
  try {
    lab.say(bench.about);
    return { name: bench.name, ...(await bench.run(lab)) };
  } catch (cause) {
    // What was interrupted fails in its own ways, and none of them is worth telling.
    if (!isEnding) process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
    process.exitCode = 1;
    return { name: bench.name, figures: [], notes: [`failed: ${cause instanceof Error ? cause.message : String(cause)}`] };
  } finally {
    await lab.cleanUp.run();
    lab.say(`done in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
}

async function run(options: BenchOptions): Promise<void> {
  const facts = machineFacts(new Date());
  const outcomes: Outcome[] = [];
  for (const bench of benches) {
    if (options.only === null || options.only.includes(bench.name)) outcomes.push(await outcomeOf(bench, options));
  }
  process.stdout.write(`\n${machineText(facts)}\n\n${tableText(outcomes)}\n`);
  if (options.json === null) return;
  const figures = outcomes.flatMap(({ name, figures: ofOne }) => ofOne.map((figure) => ({ bench: name, ...figure, ...summaryOf(figure) })));
  const notes = outcomes.flatMap(({ name, notes: ofOne }) => ofOne.map((note) => ({ bench: name, note })));
  await writeFile(options.json, `${JSON.stringify({ machine: facts, figures, notes }, null, 2)}\n`);
}

try {
  const options = readOptions(
    process.argv.slice(2),
    benches.map(({ name }) => name),
  );
  endOnSignals();
  if (options.help) process.stdout.write(`${USAGE}\n\n${benches.map(({ name, about }) => `  ${name.padEnd(16)}  ${about}`).join('\n')}\n`);
  else await run(options);
} catch (cause) {
  if (!(cause instanceof UsageError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 2;
}
