import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EnrollmentAnswer } from '../../agent/protocol/enrollment.ts';
import { dataFolderAt, prepareDataFolder } from '../../agent/storage/data-folder.ts';
import { saveIdentity } from '../../agent/storage/identity-file.ts';
import { AGENT_PROGRAM } from '../system/test-agent.ts';
import type { BenchSite } from './bench-site.ts';
import { endProcess } from './child-process.ts';
import type { EnrolledNodes } from './enrollment.ts';
import type { Lab } from './lab.ts';

/** As the controller starts the agents of its own computer. */
const AGENT_OPTIONS = ['--max-semi-space-size=1'];

/** Processes that are started before the next wait until those are connected: each wants a processor for a moment. */
const START_AT_A_TIME = 10;

/** A real agent's data folder, as enrolling leaves it. */
export function agentFolder(lab: Lab, { hubPort }: BenchSite, { key, answer }: { key: string; answer: EnrollmentAnswer }): string {
  const folder = dataFolderAt(join(lab.folder, 'agents', answer.nodeId));
  prepareDataFolder(folder);
  const controller = { host: '127.0.0.1', port: hubPort };
  const { nodeId, siteId, siteName, certificate, authority, signingKey } = answer;
  saveIdentity(folder, { nodeId, siteId, siteName, controller, key, certificate, authority, signingKey });
  return folder.path;
}

/** The real program in a process of its own. */
export function startAgent(lab: Lab, folder: string): ChildProcess {
  const child = spawn(process.execPath, [...AGENT_OPTIONS, AGENT_PROGRAM, 'run', '--data', folder], { stdio: 'ignore', cwd: folder });
  lab.cleanUp.add(() => endProcess(child, { signal: 'SIGKILL' }));
  return child;
}

export async function stopAgent(child: ChildProcess): Promise<void> {
  await endProcess(child);
}

/** Starts an agent for each enrolled node; done when all are connected. `name` is what they were enrolled as. */
export async function startAgents(lab: Lab, site: BenchSite, { nodes, name }: { nodes: EnrolledNodes; name: string }): Promise<void> {
  const { key, answers } = nodes;
  for (let from = 0; from < answers.length; from += START_AT_A_TIME) {
    const group = answers.slice(from, from + START_AT_A_TIME);
    const children = group.map((answer) => startAgent(lab, agentFolder(lab, site, { key, answer })));
    const ended = Promise.race(children.map(async (child) => `An agent ended with ${await once(child, 'exit')}.`));
    const expected = from + group.length;
    const connected = site.until(`${expected} agents are connected`, async () => ((await site.onlineCount(name)) >= expected ? '' : null));
    const problem = await Promise.race([connected, ended]);
    if (problem !== '') throw new Error(problem);
    lab.say(`${expected} of ${answers.length} agents are connected`);
  }
}
