import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { dataFolderAt, prepareDataFolder } from '../../agent/storage/data-folder.ts';
import { type Identity, saveIdentity } from '../../agent/storage/identity-file.ts';
import { AGENT_NODE_OPTIONS, agentEnvironment } from '../../electron/controller/local-agents/agent-process.ts';
import { AGENT_PROGRAM } from '../system/test-agent.ts';
import type { BenchSite } from './bench-site.ts';
import { endProcess } from './child-process.ts';
import type { Lab } from './lab.ts';

/** Processes that are started before the next wait until those are connected: each wants a processor for a moment. */
const START_AT_A_TIME = 10;

/** A real agent's data folder, as enrolling leaves it. */
export function agentFolder(lab: Lab, identity: Identity): string {
  const folder = dataFolderAt(join(lab.folder, 'agents', identity.nodeId));
  prepareDataFolder(folder);
  saveIdentity(folder, identity);
  return folder.path;
}

/** The real program in a process of its own, as the controller starts the agents of its computer. */
export function startAgent(lab: Lab, folder: string): ChildProcess {
  const args = [...AGENT_NODE_OPTIONS, AGENT_PROGRAM, 'run', '--data', folder];
  const child = spawn(process.execPath, args, { stdio: 'ignore', cwd: folder, env: agentEnvironment() });
  lab.cleanUp.add(() => endProcess(child, { signal: 'SIGKILL' }));
  return child;
}

/** Starts an agent for each node; done when all are connected. `name` is what they were enrolled as. */
export async function startAgents(lab: Lab, site: BenchSite, { nodes, name }: { nodes: readonly Identity[]; name: string }): Promise<void> {
  for (let from = 0; from < nodes.length; from += START_AT_A_TIME) {
    const children = nodes.slice(from, from + START_AT_A_TIME).map((identity) => startAgent(lab, agentFolder(lab, identity)));
    const expected = from + children.length;
    const connected = site.until(`${expected} agents are connected`, async () => ((await site.onlineCount(name)) >= expected ? '' : null));
    const ended = Promise.race(children.map(async (child) => `An agent ended with ${await once(child, 'exit')}.`));
    const problem = await Promise.race([connected, ended]);
    if (problem !== '') throw new Error(problem);
    lab.say(`${expected} of ${nodes.length} agents are connected`);
  }
}
