import { setTimeout as pause } from 'node:timers/promises';
import { BenchSite } from './bench-site.ts';
import { enrollNodes } from './enrollment.ts';
import { atMost, type Budget, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { memoryOf, processorMillisecondsOf, whyNoProcessFigures } from './process-figures.ts';
import { Simulator } from './simulator.ts';

const ROUNDS = 5;
/** Five of them make a minute, so that what the controller does once a minute is in it. */
const WINDOW_MS = 12_000;
const SETTLE_MS = 5_000;

/** The design's budgets are for this many agents. */
const BUDGET_AGENTS = 5_000;
const BUDGET_MEMORY_MB = 600;
const BUDGET_PROCESSOR_PERCENT = 5;

const NOTES = [
  `the budgets of ${BUDGET_AGENTS} agents (${BUDGET_MEMORY_MB} MB, ${BUDGET_PROCESSOR_PERCENT} %) are scaled to the largest number measured: ` +
    'the memory without agents, and the same share of the rest; the same share of the processor time.',
  'the controller is restarted after the enrollments, so that it holds the memory of connections and not of making certificates; ' +
    'it has one more agent, the embedded one, and one window.',
];

type Level = { agents: number; memory: number[]; processor: number[] };

async function measure(lab: Lab, site: BenchSite, agents: number): Promise<Level> {
  const level: Level = { agents, memory: [], processor: [] };
  await pause(SETTLE_MS);
  for (let round = 0; round < lab.rounds(ROUNDS); round += 1) {
    const before = { processor: processorMillisecondsOf(site.pid), at: performance.now() };
    await pause(WINDOW_MS);
    const used = processorMillisecondsOf(site.pid) - before.processor;
    level.processor.push((used / (performance.now() - before.at)) * 100);
    level.memory.push(memoryOf(site.pid).rssMB);
  }
  lab.say(`${agents} idle agents are measured`);
  return level;
}

type Budgets = { memory: Budget | null; processor: Budget | null };

function budgetsOf({ agents }: Level, memoryWithout: number): Budgets {
  const share = agents / BUDGET_AGENTS;
  const note = agents === BUDGET_AGENTS ? undefined : 'scaled';
  return {
    memory: atMost(memoryWithout + (BUDGET_MEMORY_MB - memoryWithout) * share, note),
    processor: atMost(BUDGET_PROCESSOR_PERCENT * share, note),
  };
}

function figuresOf(levels: readonly Level[]): Figure[] {
  const memoryWithout = Math.min(...levels.flatMap(({ memory }) => memory));
  return levels.flatMap((level, position) => {
    const isLargest = position === levels.length - 1 && level.agents > 0;
    const budgets = isLargest ? budgetsOf(level, memoryWithout) : { memory: null, processor: null };
    return [
      { what: `controller RSS, ${level.agents} idle agents`, unit: 'MB', values: level.memory, budget: budgets.memory },
      { what: '  processor, of one core', unit: '%', values: level.processor, budget: budgets.processor },
    ];
  });
}

async function run(lab: Lab) {
  const sizes = lab.options.idleSizes;
  const enrolling = await BenchSite.start(lab);
  const nodes = await enrollNodes(enrolling, [{ name: 'bench-simulated', count: sizes.at(-1) ?? 0, tags: [] }]);
  lab.say(`${nodes.length} simulated agents are enrolled`);
  const site = await enrolling.restart();
  const simulator = new Simulator(lab);
  const levels: Level[] = [];
  for (const [position, size] of sizes.entries()) {
    await simulator.connect(site, nodes.slice(sizes[position - 1] ?? 0, size));
    levels.push(await measure(lab, site, size));
  }
  return { figures: figuresOf(levels), notes: NOTES };
}

export const idleController: Bench = {
  name: 'idle-controller',
  about: 'memory and processor time of a controller with idle agents',
  unable: whyNoProcessFigures,
  run,
};
