import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ScriptInputs } from '../../../agent/document/script-inputs.ts';
import { platformType } from '../../../agent/platform/facts.ts';
import { AssociationId, ExecutionId } from '../../../agent/protocol/ids.ts';
import { runChildDocument } from '../../../agent/runner/child-document.ts';
import type { ActionContext, OutputSink } from '../../../agent/steps/action.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { A_NODE } from '../../builders/run-order.ts';
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
  settings: Partial<Omit<ActionContext, 'clock' | 'stdout' | 'stderr' | 'signal' | 'onProcess'>> = {},
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
    platform: platformType(),
    run: {
      nodeId: A_NODE,
      executionId: ExecutionId.parse(randomUUID()),
      associationId: AssociationId.parse(randomUUID()),
      stepIndex: 0,
      documentName: 'Test',
    },
    mode: 'Enforce',
    depth: 0,
    signal: stopping.signal,
    stepFolder: join(folder, '0-1'),
    downloads: join(folder, 'downloads'),
    stateFolder: join(folder, 'state'),
    environment: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: '/' },
    parameterEnvironment: {},
    secrets: {},
    marker: `HOLDFAST_STEP=test-${process.pid}-${performance.now()}`,
    controller: null,
    refresh: () => Promise.resolve(null),
    runDocument: runChildDocument,
    onProcess(pid) {
      processes.push(pid);
    },
    ...settings,
  };
}

export function scriptInputs(lines: string | string[], more: Partial<ScriptInputs> = {}): ScriptInputs {
  return ScriptInputs.parse({ runCommand: lines, ...more });
}
