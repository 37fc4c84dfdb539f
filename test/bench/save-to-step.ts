import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { anAssociation } from '../builders/association.ts';
import { BenchSite } from './bench-site.ts';
import { enrollNode } from './enrollment.ts';
import { atMost, type Figure } from './figure.ts';
import { type Bench, type Lab, whyNoShell } from './lab.ts';
import { startAgents } from './real-agents.ts';

const NAME = 'bench-idle';
const BUDGET_MS = 30;
const ROUNDS = 30;
/** So that the node is idle when the next round begins, with its reports stored and its files put away. */
const BETWEEN_ROUNDS_MS = 250;

const NOTE =
  'the step has started when its script has: the script writes the time of its first command (date, which is itself started for that). ' +
  'The line below it is the time in the node’s step-started report, which it makes before it starts the script.';
const NO_NANOSECONDS = 'the script’s own time is not measured on this platform: its date tells no fractions of a second.';

type Round = { script: number | null; report: number };

/** `date` of Linux alone tells nanoseconds. */
const canTellTime = process.platform === 'linux';

async function measure(site: BenchSite, { nodeId, file }: { nodeId: NodeId; file: string }): Promise<Round> {
  const script = canTellTime ? `date +%s%N > '${file}'` : 'true';
  const draft = anAssociation({ script, targets: [{ key: 'InstanceIds', values: [nodeId] }] });
  const savedAt = performance.timeOrigin + performance.now();
  const { associationId } = await site.client.associations.save({ edit: null, draft });
  const { executionId } = await site.finished(associationId);
  const { steps } = await site.client.executions.target({ executionId, nodeId });
  const startedAt = steps[0]?.record?.startedAt;
  if (!startedAt) throw new Error('A step has no start.');
  await site.client.associations.delete({ associationIds: [associationId] });
  const scriptAt = canTellTime ? Number(BigInt(await readFile(file, 'utf8')) / 1000n) / 1000 : null;
  return { script: scriptAt === null ? null : scriptAt - savedAt, report: startedAt.getTime() - savedAt };
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  const budget = atMost(BUDGET_MS);
  const scripts = rounds.flatMap(({ script }) => (script === null ? [] : [script]));
  const reports = rounds.map(({ report }) => report);
  const byReport: Figure = { what: '  the same, by the node’s report', unit: 'ms', values: reports, budget: canTellTime ? null : budget };
  return canTellTime ? [{ what: 'save → first step started', unit: 'ms', values: scripts, budget }, byReport] : [byReport];
}

async function run(lab: Lab) {
  const site = await BenchSite.start(lab);
  const node = await enrollNode(site, NAME);
  await startAgents(lab, site, { nodes: [node], name: NAME });
  const rounds: Round[] = [];
  for (let round = 0; round < lab.rounds(ROUNDS); round += 1) {
    await pause(BETWEEN_ROUNDS_MS);
    rounds.push(await measure(site, { nodeId: node.nodeId, file: join(lab.folder, `started-${round}`) }));
  }
  const first = rounds[0]?.script ?? rounds[0]?.report ?? Number.NaN;
  const notes = [
    canTellTime ? NOTE : NO_NANOSECONDS,
    `the first round, in which the agent loads what runs steps, took ${first.toFixed(0)} ms.`,
  ];
  return { figures: figuresOf(rounds), notes };
}

export const saveToStep: Bench = {
  name: 'save-to-step',
  about: 'from saving an association to the first step on an idle node',
  unable: whyNoShell,
  run,
};
