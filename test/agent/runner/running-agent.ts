import type { Restarter } from '../../../agent/platform/restart-machine.ts';
import { Report } from '../../../agent/protocol/reports.ts';
import type { RunOrder } from '../../../agent/protocol/run-order.ts';
import { Runner, type RunnerTools } from '../../../agent/runner/runner.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import type { AgentStore } from '../../../agent/storage/agent-store.ts';
import type { DataFolder } from '../../../agent/storage/data-folder.ts';
import { anAgentFolder, anAgentStore } from '../../builders/agent-folder.ts';
import { A_NODE, TestSigner } from '../../builders/run-order.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';
import { RecordedLog } from '../../fakes/recorded-log.ts';

const EVERYTHING = { reports: 100_000, bytes: 1_000_000_000 };

export const facts = {
  platformType: 'Linux',
  platformName: 'Debian GNU/Linux',
  platformVersion: '12',
  architecture: 'x86_64',
  computerName: 'lab-07',
  ipAddress: '10.0.0.7',
} as const;

/** A controller that is away, and stays so. */
const awayController: ControllerDesk = {
  ask: () => Promise.resolve(null),
  fetchBlob: () => Promise.resolve(false),
  isReachable: () => Promise.resolve(false),
};

/** A runner with real processes and a real store, and nobody connected. */
export class RunningAgent {
  readonly runner: Runner;
  readonly store: AgentStore;
  readonly folder: DataFolder;
  readonly clock: AgentClock;
  readonly log = new RecordedLog();
  readonly signer: TestSigner;
  readonly refreshes: Parameters<RunnerTools['refresh']>[0][] = [];
  privateKeys: readonly string[] = [];
  fatal: unknown = null;
  #wake: () => void = () => undefined;

  private constructor(parts: {
    store: AgentStore;
    folder: DataFolder;
    clock: AgentClock;
    signer: TestSigner;
    bootId: string;
    controller: ControllerDesk;
    restarter: Restarter | null;
  }) {
    this.store = parts.store;
    this.folder = parts.folder;
    this.clock = parts.clock;
    this.signer = parts.signer;
    this.runner = new Runner({
      store: parts.store,
      clock: parts.clock,
      log: this.log,
      facts,
      bootId: parts.bootId,
      environment: { PATH: process.env.PATH },
      nodeId: A_NODE,
      siteName: 'Lab',
      privateKeys: () => this.privateKeys,
      signingKey: parts.signer.publicKey,
      refresh: (request) => {
        this.refreshes.push(request);
        return Promise.resolve({ kind: 'done', associations: [] });
      },
      controller: parts.controller,
      restarter: parts.restarter,
      reportsAdded: () => this.#wake(),
      fatal: (error) => {
        this.fatal = error;
        this.#wake();
      },
    });
  }

  static async start(
    settings: { folder?: DataFolder; signer?: TestSigner; bootId?: string; controller?: ControllerDesk; restarter?: Restarter | null } = {},
  ): Promise<RunningAgent> {
    const {
      folder = anAgentFolder(),
      signer = new TestSigner(),
      bootId = 'boot-1',
      controller = awayController,
      restarter = null,
    } = settings;
    const store = await anAgentStore(folder);
    const agent = new RunningAgent({ store, folder, signer, bootId, controller, restarter, clock: new AgentClock() });
    await agent.runner.resume();
    return agent;
  }

  accept(order: RunOrder): void {
    this.runner.accept(this.signer.sign(order));
  }

  reports(): Report[] {
    return this.store.outbox.batchAfter(0, EVERYTHING).map(({ json }) => Report.parse(JSON.parse(json)));
  }

  reportsOf({ executionId }: Pick<RunOrder, 'executionId'>): Report[] {
    return this.reports().filter((report) => report.executionId === executionId);
  }

  /** Each report in a word or two, such as `step 0.1 Success`: step 0, first attempt. */
  story(order: Pick<RunOrder, 'executionId'>): string[] {
    return this.reportsOf(order).map(inShort);
  }

  /** Resolves once the outbox has what is looked for. */
  async until(isSo: (agent: RunningAgent) => boolean): Promise<void> {
    while (!isSo(this)) {
      if (this.fatal !== null) throw this.fatal;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async finished(order: Pick<RunOrder, 'executionId'>): Promise<Report[]> {
    await this.until(() => this.reportsOf(order).some(({ kind }) => kind === 'execution-finished' || kind === 'execution-refused'));
    return this.reportsOf(order);
  }

  /** Resolves once the running step has printed this. */
  async said(text: string): Promise<void> {
    const isSaid = () => this.store.spool.waiting().some((stream) => this.store.spool.read(stream, 0, stream.size).includes(text));
    while (!isSaid()) await new Promise<void>((resolve) => this.store.spool.onChange(() => resolve()));
  }

  outputOf({ executionId }: Pick<RunOrder, 'executionId'>, attempt = 1): string {
    const stream = this.store.spool.find({ executionId, stepIndex: 0, attempt, stream: 'stdout' });
    return stream === null ? '' : this.store.spool.read(stream, 0, stream.size).toString();
  }

  async stop(): Promise<void> {
    await this.runner.stop();
    this.store.close();
  }
}

function inShort(report: Report): string {
  switch (report.kind) {
    case 'execution-started':
      return 'started';
    case 'step-started':
      return `step ${report.stepIndex}.${report.attempt} started`;
    case 'step-finished':
      return `step ${report.stepIndex}.${report.attempt} ${report.result.status}`;
    case 'execution-finished':
      return report.status;
    case 'execution-refused':
      return `refused ${report.code}`;
  }
}
