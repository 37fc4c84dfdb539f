import { setTimeout as pause } from 'node:timers/promises';
import { anAssociation } from '../builders/association.ts';
import { startBareLoop } from './bare-spawns.ts';
import { BenchSite } from './bench-site.ts';
import { type EnrollmentPlan, enrollNodes } from './enrollment.ts';
import { atMost, type Figure } from './figure.ts';
import { type Bench, type Lab, whyNoShell } from './lab.ts';
import { startAgents } from './real-agents.ts';

const ROUNDS = 7;
const NAME = 'bench-fleet';
const SETTLE_MS = 3_000;
const BETWEEN_ROUNDS_MS = 250;

/** The budgets are for this many agents. */
const BUDGET_SIZE = 200;
const RATIO_BUDGET = atMost(2);
const TIME_BUDGET = atMost(1_600, 'parallel ssh over open connections');

const NOTES = [
  'measured from the call that saves the association to the time at which the controller stored the last result (the execution’s ' +
    'lastExecutionAt), with a window open that follows the execution.',
  'the bare loop starts /bin/true directly and all at once, which is the fastest that a Node gets; an agent starts a shell that runs a script.',
];

const tagFor = (size: number) => ({ key: `fleet-${size}`, value: 'in' });

/** The agents up to each size carry the tag of that size and of every larger one. */
function plansFor(sizes: readonly number[]): EnrollmentPlan[] {
  const plans = sizes.map((size, position) => ({
    name: NAME,
    count: size - (sizes[position - 1] ?? 0),
    tags: sizes.slice(position).map(tagFor),
  }));
  return plans.filter(({ count }) => count > 0);
}

async function runOnFleet(site: BenchSite, size: number): Promise<number> {
  const { key, value } = tagFor(size);
  const limits = { maxConcurrency: '100%', maxErrors: '100%' };
  const draft = anAssociation({ script: 'true', targets: [{ key: `tag:${key}`, values: [value] }], ...limits });
  const savedAt = Date.now();
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { lastExecutionAt, counts, resourceCountByStatus } = await site.finished(associationId);
  if (counts.Success !== size) throw new Error(`Of ${size} agents, not all ran true: ${resourceCountByStatus}`);
  await site.client.associations.delete({ associationIds: [associationId] });
  return lastExecutionAt.getTime() - savedAt;
}

type Round = { agents: number; bare: number };
type Measured = { size: number; first: number; rounds: Round[] };

type Contest = { size: number; agents(): Promise<number>; bare(): Promise<number> };

/** One after the other in turn, so that what else the machine does hits both alike. */
async function measure(lab: Lab, { size, agents, bare }: Contest): Promise<Measured> {
  const rounds: Round[] = [];
  const first = await agents();
  await bare();
  for (let round = 0; round < lab.rounds(ROUNDS); round += 1) {
    await pause(BETWEEN_ROUNDS_MS);
    if (round % 2 === 0) rounds.push({ bare: await bare(), agents: await agents() });
    else rounds.push({ agents: await agents(), bare: await bare() });
  }
  lab.say(`${size} agents are measured`);
  return { size, first, rounds };
}

function figuresOf({ size, rounds }: Measured): Figure[] {
  const isBudgeted = size === BUDGET_SIZE;
  return [
    {
      what: `true on ${size} ${size === 1 ? 'agent' : 'agents'}, all stored`,
      unit: 'ms',
      values: rounds.map(({ agents }) => agents),
      budget: isBudgeted ? TIME_BUDGET : null,
    },
    { what: `  bare loop of ${size}`, unit: 'ms', values: rounds.map(({ bare }) => bare), budget: null },
    { what: '  ratio', unit: '×', values: rounds.map(({ agents, bare }) => agents / bare), budget: isBudgeted ? RATIO_BUDGET : null },
  ];
}

async function run(lab: Lab) {
  const sizes = lab.options.fleetSizes.filter((size) => size > 0);
  const bareLoop = startBareLoop(lab);
  const site = await BenchSite.start(lab);
  await startAgents(lab, site, { nodes: await enrollNodes(site, plansFor(sizes)), name: NAME });
  await pause(SETTLE_MS);
  const all: Measured[] = [];
  for (const size of sizes) {
    all.push(await measure(lab, { size, agents: () => runOnFleet(site, size), bare: () => bareLoop(size) }));
  }
  const firsts = all.map(({ size, first }) => `${size}: ${first} ms`).join(', ');
  return {
    figures: all.flatMap(figuresOf),
    notes: [...NOTES, `not counted are the first runs, in which agents that never ran a step load what runs it (${firsts}).`],
  };
}

export const fleet: Bench = {
  name: 'fleet',
  about: 'true on real agents, beside a bare loop that spawns as many',
  unable: whyNoShell,
  run,
};
