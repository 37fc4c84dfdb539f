import { setTimeout as pause } from 'node:timers/promises';
import type { AssociationId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { BenchSite } from './bench-site.ts';
import { enrollNodes } from './enrollment.ts';
import { atLeast, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { Simulator } from './simulator.ts';

const ROUNDS = 5;
const AGENTS = 200;
/** Each makes four reports on every agent. */
const ASSOCIATIONS = 10;
const TAG = { key: 'bench', value: 'reports' };
const BUDGET = atLeast(5_000);
const BETWEEN_ROUNDS_MS = 1_000;

/** As reports come while steps run, and as an outbox is emptied after a time without a controller. */
const FRAMES = [
  { what: 'reports stored, one a frame', reportsPerFrame: 1 },
  { what: 'reports stored, 40 a frame', reportsPerFrame: 40 },
];

const NOTE =
  `${AGENTS} simulated agents, each with a connection and a certificate of its own, report ${ASSOCIATIONS} executions of a one-step document ` +
  'as done, all at once: from the first frame sent to the last stored received.';

async function orderEverything(site: BenchSite): Promise<AssociationId[]> {
  const ids: AssociationId[] = [];
  for (let association = 0; association < ASSOCIATIONS; association += 1) {
    const draft = anAssociation({ script: 'true', targets: [{ key: `tag:${TAG.key}`, values: [TAG.value] }], maxConcurrency: '100%' });
    ids.push((await site.client.associations.save({ edit: null, draft })).associationId);
  }
  return ids;
}

async function measure(site: BenchSite, simulator: Simulator, reportsPerFrame: number): Promise<number> {
  const associationIds = await orderEverything(site);
  await simulator.gather(AGENTS * ASSOCIATIONS);
  await pause(BETWEEN_ROUNDS_MS);
  const { reports, milliseconds } = await simulator.report(reportsPerFrame);
  for (const associationId of associationIds) {
    const { counts, resourceCountByStatus } = await site.finished(associationId);
    if (counts.Success !== AGENTS) throw new Error(`Of ${AGENTS} simulated agents, not all are done: ${resourceCountByStatus}`);
  }
  await site.client.associations.delete({ associationIds });
  return (reports / milliseconds) * 1000;
}

async function run(lab: Lab) {
  const site = await BenchSite.start(lab);
  const simulator = new Simulator(lab);
  const nodes = await enrollNodes(site, [{ name: 'bench-reports', count: AGENTS, tags: [TAG] }]);
  await simulator.connect(site, nodes);
  lab.say(`${AGENTS} simulated agents are connected`);
  const figures: Figure[] = [];
  for (const { what, reportsPerFrame } of FRAMES) {
    const values: number[] = [];
    for (let round = 0; round < lab.rounds(ROUNDS); round += 1) values.push(await measure(site, simulator, reportsPerFrame));
    figures.push({ what, unit: '/s', values, budget: BUDGET });
  }
  return { figures, notes: [NOTE] };
}

export const storedReports: Bench = { name: 'reports', about: 'stored reports per second with simulated agents', unable: () => null, run };
