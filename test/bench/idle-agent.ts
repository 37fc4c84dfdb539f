import { setTimeout as pause } from 'node:timers/promises';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { BenchSite } from './bench-site.ts';
import { endProcess } from './child-process.ts';
import { enrollNode } from './enrollment.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { memoryOf, processorMillisecondsOf, whyNoProcessFigures } from './process-figures.ts';
import { agentFolder, startAgent } from './real-agents.ts';

const ROUNDS = 5;
/** After this much time a new process has put its start behind it. */
const SETTLE_MS = 5_000;
const WINDOW_MS = 10_000;

const BUDGETS = { connected: atMost(1_000), rss: atMost(60), private: atMost(20), processor: atMost(0.1) };

const NOTE =
  `from the moment before the process is made to the controller’s record of its hello; memory ${(SETTLE_MS + WINDOW_MS) / 1000} s later. ` +
  'Private memory is Private_Clean + Private_Dirty: what would be free if this agent ended.';

type Memory = { rssMB: number; privateMB: number };
/** `fresh` before its first step, `seasoned` after it; null where this platform does not tell. */
type Round = { connected: number; idle: { fresh: Memory; seasoned: Memory; processor: number } | null };

async function measure(lab: Lab, site: BenchSite, { nodeId, folder }: { nodeId: NodeId; folder: string }): Promise<Round> {
  const startedAt = Date.now();
  const child = startAgent(lab, folder);
  const helloAt = await site.until('the agent is connected', async () => {
    const { pingStatus, lastPingAt } = await site.client.nodes.get({ nodeId });
    return pingStatus === 'Online' ? lastPingAt : null;
  });
  const { pid } = child;
  const idle = pid === undefined || whyNoProcessFigures() !== null ? null : await measureIdle(site, { nodeId, pid });
  await endProcess(child);
  await site.until('the agent is gone', async () => ((await site.client.nodes.get({ nodeId })).pingStatus === 'Online' ? null : true));
  return { connected: helloAt.getTime() - startedAt, idle };
}

async function measureIdle(site: BenchSite, { nodeId, pid }: { nodeId: NodeId; pid: number }): Promise<Round['idle']> {
  await pause(SETTLE_MS);
  const before = { processor: processorMillisecondsOf(pid), at: performance.now() };
  await pause(WINDOW_MS);
  const used = processorMillisecondsOf(pid) - before.processor;
  const processor = (used / (performance.now() - before.at)) * 100;
  const fresh = memoryOf(pid);
  const draft = anAssociation({ script: 'true', targets: [{ key: 'InstanceIds', values: [nodeId] }] });
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  await site.finished(associationId);
  await site.client.associations.delete({ associationIds: [associationId] });
  await pause(SETTLE_MS);
  return { fresh, seasoned: memoryOf(pid), processor };
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  const idle = rounds.flatMap((round) => (round.idle === null ? [] : [round.idle]));
  const figures: Figure[] = [
    { what: 'agent: start → connected', unit: 'ms', values: rounds.map(({ connected }) => connected), budget: BUDGETS.connected },
    { what: 'agent: idle private memory', unit: 'MB', values: idle.map(({ fresh }) => fresh.privateMB), budget: BUDGETS.private },
    { what: '  after it ran a step', unit: 'MB', values: idle.map(({ seasoned }) => seasoned.privateMB), budget: BUDGETS.private },
    { what: 'agent: idle RSS', unit: 'MB', values: idle.map(({ fresh }) => fresh.rssMB), budget: BUDGETS.rss },
    { what: '  after it ran a step', unit: 'MB', values: idle.map(({ seasoned }) => seasoned.rssMB), budget: BUDGETS.rss },
    { what: 'agent: idle processor, of one core', unit: '%', values: idle.map(({ processor }) => processor), budget: BUDGETS.processor },
  ];
  return figures.filter(({ values }) => values.length > 0);
}

async function run(lab: Lab) {
  const site = await BenchSite.start(lab);
  const node = await enrollNode(site, 'bench-agent');
  const folder = agentFolder(lab, node);
  const rounds: Round[] = [];
  for (let round = 0; round < lab.rounds(ROUNDS); round += 1) rounds.push(await measure(lab, site, { nodeId: node.nodeId, folder }));
  const unable = whyNoProcessFigures();
  return { figures: figuresOf(rounds), notes: unable === null ? [NOTE] : [NOTE, `memory and processor time are ${unable}`] };
}

export const idleAgent: Bench = { name: 'idle-agent', about: 'an agent’s start, and its memory when idle', unable: () => null, run };
