import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { Identity } from '../../agent/storage/identity-file.ts';
import { projectPath } from '../project-root.ts';
import type { BenchSite } from './bench-site.ts';
import { endProcess, nextMessage } from './child-process.ts';
import type { Lab } from './lab.ts';
import { SimulatorAnswer, type SimulatorCommand } from './simulator-messages.ts';

/** A process of simulated agents, which connect over real mutual TLS with certificates of the site's own authority. */
export class Simulator {
  readonly #process: ChildProcess;

  constructor(lab: Lab) {
    this.#process = fork(projectPath('test/bench/simulated-agents.ts'));
    lab.cleanUp.add(() => endProcess(this.#process, { signal: 'SIGKILL' }));
  }

  /** Resolves when all of them are welcome. */
  async connect({ hubPort }: BenchSite, identities: readonly Identity[]): Promise<void> {
    const nodes = identities.map(({ key, certificate, authority }) => ({ key, certificate, authority }));
    await this.#ask({ kind: 'connect', hubPort, nodes });
  }

  /** Resolves when the agents hold this many orders. */
  async gather(orders: number): Promise<void> {
    await this.#ask({ kind: 'gather', orders });
  }

  async report(reportsPerFrame: number): Promise<{ reports: number; milliseconds: number }> {
    const answer = await this.#ask({ kind: 'report', reportsPerFrame });
    if (answer.kind !== 'stored') throw new Error(`The simulator answered ${answer.kind}.`);
    return answer;
  }

  async #ask(command: SimulatorCommand): Promise<SimulatorAnswer> {
    this.#process.send(command);
    const answer = SimulatorAnswer.parse(await nextMessage(this.#process));
    if (answer.kind === 'failed') throw new Error(answer.problem);
    return answer;
  }
}
