import type { NodeId } from '../../agent/protocol/ids.ts';
import { BenchSite } from './bench-site.ts';
import { enrollNode, enrollNodes } from './enrollment.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { fillSite, groupOf, LABS, nodeIdOf, tagsOf } from './large-site.ts';
import { processorMillisecondsOf, whyNoProcessFigures } from './process-figures.ts';
import { Simulator } from './simulator.ts';

const NODES = 5_000;
const ASSOCIATIONS = 500;
const CONNECTED = 50;
const ROUNDS = 7;
const EDITS = 100;
const BUDGET = atMost(20);

const NOTES = [
  `${NODES} nodes with four tags each, ${ASSOCIATIONS} associations (400 for one lab, 50 for two tags, 25 for a group, 20 for nodes by id, 5 for ` +
    'every node), 25 groups. Measured as a window’s call, from the request to the answer.',
  `a round is ${EDITS} edits one after the other, each of which moves a node from one lab to another: it leaves one or two associations and ` +
    'joins one or two. A connected node gets the new ones at once: they are recorded, signed and sent before the answer.',
];

/** The time of each edit in milliseconds, and the controller's own processor time for one of them where it can be told. */
type Round = { times: readonly number[]; processor: number | null };

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Every edit is of another node, and brings it to a lab in which it was not. */
async function editTags(site: BenchSite, nodeIds: readonly NodeId[], round: number): Promise<Round> {
  const times: number[] = [];
  const processor = () => (whyNoProcessFigures() === null ? processorMillisecondsOf(site.pid) : null);
  const before = processor();
  for (let edit = 0; edit < EDITS; edit += 1) {
    const place = (round * EDITS + edit) % nodeIds.length;
    const nodeId = nodeIds[place] ?? nodeIdOf(0);
    const lab = (place + (round * EDITS + edit) * 7 + 1) % LABS;
    times.push(await timeOf(() => site.client.nodes.update({ nodeId, name: `pc-${place}`, tags: tagsOf(place, lab) })));
  }
  const after = processor();
  return { times, processor: before === null || after === null ? null : (after - before) / EDITS };
}

/** A group of one floor takes in the next: 200 nodes come in, and the next time they go out again. */
async function editGroup(site: BenchSite, edit: number): Promise<number> {
  const group = groupOf(edit % 5);
  const values = edit % 10 < 5 ? [`floor-${edit % 5}`, `floor-${(edit % 5) + 10}`] : [`floor-${edit % 5}`];
  const draft = { name: group.name, description: '', tagFilters: [{ key: 'floor', values }] };
  const { lastUpdatedAt } = await site.client.groups.get({ name: group.name });
  return timeOf(() => site.client.groups.update({ draft, lastUpdatedAt }));
}

async function repeat<Result>(times: number, work: (round: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let round = 0; round < times; round += 1) results.push(await work(round));
  return results;
}

function tagFigures(what: string, rounds: readonly Round[]): Figure[] {
  const line = (name: string, part: number, budget: Figure['budget']): Figure => ({
    what: name,
    unit: 'ms',
    values: rounds.map(({ times }) => percentile(times, part)),
    budget,
  });
  const processor = rounds.flatMap((round) => (round.processor === null ? [] : [round.processor]));
  const ownTime: Figure = { what: '  the controller’s processor time for one', unit: 'ms', values: processor, budget: null };
  const lines = [line(`${what}, p95`, 0.95, BUDGET), line('  p50', 0.5, null), line('  max', 1, null)];
  return processor.length === 0 ? lines : [...lines, ownTime];
}

async function run(lab: Lab) {
  fillSite(lab.folder, { nodes: NODES - CONNECTED, associations: ASSOCIATIONS });
  const site = await BenchSite.start(lab);
  const simulator = new Simulator(lab);
  const connected = await enrollNodes(site, [{ name: 'pc', count: CONNECTED, tags: [] }]);
  await simulator.connect(site, connected);
  await simulator.report(40);
  lab.say(`${NODES} nodes are there, ${CONNECTED} of them connected`);
  const rounds = lab.rounds(ROUNDS);
  const away = Array.from({ length: NODES - CONNECTED }, (_, number) => nodeIdOf(number));
  const offline = await repeat(rounds, (round) => editTags(site, away, round));
  lab.say('tags of nodes that are away are measured');
  const online = await repeat(rounds, async (round) => {
    const measured = await editTags(
      site,
      connected.map(({ nodeId }) => nodeId),
      round,
    );
    await simulator.report(40);
    return measured;
  });
  lab.say('tags of connected nodes are measured');
  const groups = await repeat(rounds * 5, (edit) => editGroup(site, edit));
  const enrollments = await repeat(rounds * 3, () => timeOf(() => enrollNode(site, 'late')));
  const figures: Figure[] = [
    ...tagFigures('tag edit of a connected node', online),
    ...tagFigures('tag edit of a node that is away', offline),
    { what: 'group edit, 200 nodes come or go', unit: 'ms', values: groups, budget: null },
    { what: 'enrollment of one node more, with its activation', unit: 'ms', values: enrollments, budget: null },
  ];
  return { figures, notes: NOTES };
}

export const membership: Bench = {
  name: 'membership',
  about: `who matches what, after a change, with ${NODES} nodes and ${ASSOCIATIONS} associations`,
  unable: () => null,
  run,
};
