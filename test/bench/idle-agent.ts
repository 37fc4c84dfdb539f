import { setTimeout as pause } from 'node:timers/promises';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { Identity } from '../../agent/storage/identity-file.ts';
import { anAssociation } from '../builders/association.ts';
import { BenchSite } from './bench-site.ts';
import { enrollNodes } from './enrollment.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';
import { memoryOf, processorMillisecondsOf, whyNoProcessFigures } from './process-figures.ts';
import { agentFolder, startAgent } from './real-agents.ts';

const ROUNDS = 5;
/** After this much time a new process has put its start behind it. */
const SETTLE_MS = 5_000;
/** One heartbeat falls into it. */
const WINDOW_MS = 30_000;

const BUDGETS = { connected: atMost(1_000), rss: atMost(60), private: atMost(20), processor: atMost(0.1) };

const NOTES = [
  'each round is another agent. The start is timed from the moment before the process is made to the controller’s record of its hello, ' +
    `with the agents before it idle; memory ${(SETTLE_MS + WINDOW_MS) / 1000} s later.`,
  'private memory is Private_Clean + Private_Dirty: what would be free if this agent ended.',
];

type RunningAgent = { nodeId: NodeId; pid: number; connectedAfter: number };

/** From the start of the process to the moment at which the controller took its hello. */
async function start(lab: Lab, site: BenchSite, identity: Identity): Promise<RunningAgent> {
  const { nodeId } = identity;
  const folder = agentFolder(lab, identity);
  const startedAt = Date.now();
  const { pid = 0 } = startAgent(lab, folder);
  const helloAt = await site.until('the agent is connected', async () => {
    const { isConnected, lastPingAt } = await site.client.nodes.get({ nodeId });
    return isConnected ? lastPingAt : null;
  });
  return { nodeId, pid, connectedAfter: helloAt.getTime() - startedAt };
}

/** Percent of a core that each of them used meanwhile. */
async function processorOf(agents: readonly RunningAgent[]): Promise<number[]> {
  const startedAt = performance.now();
  const before = agents.map(({ pid }) => processorMillisecondsOf(pid));
  await pause(WINDOW_MS);
  const elapsed = performance.now() - startedAt;
  return agents.map(({ pid }, index) => ((processorMillisecondsOf(pid) - (before[index] ?? 0)) / elapsed) * 100);
}

async function runStepOn(site: BenchSite, agents: readonly RunningAgent[]): Promise<void> {
  for (const { nodeId } of agents) {
    const draft = anAssociation({ script: 'true', targets: [{ key: 'InstanceIds', values: [nodeId] }] });
    const { associationId } = await site.client.associations.save({ edit: null, draft });
    await site.finished(associationId);
    await site.client.associations.delete({ associationIds: [associationId] });
  }
}

async function measureIdle(site: BenchSite, agents: readonly RunningAgent[]): Promise<Figure[]> {
  await pause(SETTLE_MS);
  const processor = await processorOf(agents);
  const fresh = agents.map(({ pid }) => memoryOf(pid));
  await runStepOn(site, agents);
  await pause(SETTLE_MS);
  const seasoned = agents.map(({ pid }) => memoryOf(pid));
  return [
    { what: 'agent: idle private memory', unit: 'MB', values: fresh.map(({ privateMB }) => privateMB), budget: BUDGETS.private },
    { what: '  after it ran a step', unit: 'MB', values: seasoned.map(({ privateMB }) => privateMB), budget: BUDGETS.private },
    { what: 'agent: idle RSS', unit: 'MB', values: fresh.map(({ rssMB }) => rssMB), budget: BUDGETS.rss },
    { what: '  after it ran a step', unit: 'MB', values: seasoned.map(({ rssMB }) => rssMB), budget: BUDGETS.rss },
    { what: 'agent: idle processor, of one core', unit: '%', values: processor, budget: BUDGETS.processor },
  ];
}

async function run(lab: Lab) {
  const site = await BenchSite.start(lab);
  const agents: RunningAgent[] = [];
  for (const identity of await enrollNodes(site, [{ name: 'bench-agent', count: lab.rounds(ROUNDS), tags: [] }])) {
    agents.push(await start(lab, site, identity));
  }
  const values = agents.map(({ connectedAfter }) => connectedAfter);
  const connected: Figure = { what: 'agent: start → connected', unit: 'ms', values, budget: BUDGETS.connected };
  const unable = whyNoProcessFigures();
  if (unable !== null) return { figures: [connected], notes: [...NOTES, `memory and processor time are ${unable}`] };
  return { figures: [connected, ...(await measureIdle(site, agents))], notes: NOTES };
}

export const idleAgent: Bench = { name: 'idle-agent', about: 'an agent’s start, and its memory when idle', unable: () => null, run };
