import { join } from 'node:path';
import type { ActionContext } from '../../../agent/actions/action.ts';
import { ScriptInputs } from '../../../agent/document/action-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';

export interface TestContext extends ActionContext {
  readonly clock: AgentClock;
  readonly printed: { stdout: string; stderr: string };
  readonly stopping: AbortController;
  readonly processes: number[];
  /** Resolves once the script has printed this. */
  readonly said: (text: string) => Promise<void>;
}

/** What a runner gives to an action, with everything that comes back kept for the test. */
export function aScriptContext(settings: Partial<ActionContext> = {}): TestContext {
  const printed = { stdout: '', stderr: '' };
  const processes: number[] = [];
  const stopping = new AbortController();
  const clock = new AgentClock();
  const folder = aTemporaryPath();
  let listen = () => undefined as void;
  return {
    printed,
    processes,
    stopping,
    signal: stopping.signal,
    stdout: { write: (bytes) => void ((printed.stdout += Buffer.from(bytes).toString()), listen()) },
    stderr: { write: (bytes) => void ((printed.stderr += Buffer.from(bytes).toString()), listen()) },
    stepFolder: join(folder, '0-1'),
    downloads: join(folder, 'downloads'),
    environment: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: '/' },
    parameterEnvironment: {},
    marker: `HOLDFAST_STEP=test-${process.pid}-${performance.now()}`,
    onProcess: (pid) => void processes.push(pid),
    said: (text) =>
      new Promise((resolve) => {
        listen = () => (printed.stdout.includes(text) ? resolve() : undefined);
        listen();
      }),
    ...settings,
    clock,
  };
}

export function scriptInputs(lines: string | string[], more: Partial<ScriptInputs> = {}): ScriptInputs {
  return ScriptInputs.parse({ runCommand: lines, ...more });
}
