import { join } from 'node:path';
import type { ActionContext, OutputSink } from '../../../agent/actions/action.ts';
import { ScriptInputs } from '../../../agent/document/action-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';

/** Keeps what a script prints. */
export class Printed implements OutputSink {
  text = '';
  bytes = 0;
  #listen: () => void = () => undefined;

  write(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.bytes < 10_000_000) this.text += Buffer.from(bytes).toString();
    this.#listen();
  }

  /** Resolves once this has been printed. */
  said(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#listen = () => {
        if (this.text.includes(text)) resolve();
      };
      this.#listen();
    });
  }

  /** The lines that are numbers, such as those of processes. */
  numbers(): number[] {
    return this.text
      .split('\n')
      .map(Number)
      .filter((number) => number > 0);
  }
}

export interface TestContext extends ActionContext {
  readonly clock: AgentClock;
  readonly stdout: Printed;
  readonly stderr: Printed;
  readonly stopping: AbortController;
  readonly processes: number[];
}

/** What a runner gives to an action, with everything that comes back kept for the test. */
export function aScriptContext(
  settings: Pick<Partial<ActionContext>, 'environment' | 'parameterEnvironment' | 'refresh'> = {},
): TestContext {
  const processes: number[] = [];
  const stopping = new AbortController();
  const folder = aTemporaryPath();
  return {
    clock: new AgentClock(),
    stdout: new Printed(),
    stderr: new Printed(),
    processes,
    stopping,
    signal: stopping.signal,
    stepFolder: join(folder, '0-1'),
    downloads: join(folder, 'downloads'),
    environment: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: '/' },
    parameterEnvironment: {},
    marker: `HOLDFAST_STEP=test-${process.pid}-${performance.now()}`,
    refresh: () => Promise.resolve(null),
    onProcess(pid) {
      processes.push(pid);
    },
    ...settings,
  };
}

export function scriptInputs(lines: string | string[], more: Partial<ScriptInputs> = {}): ScriptInputs {
  return ScriptInputs.parse({ runCommand: lines, ...more });
}
