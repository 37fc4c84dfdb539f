import { onTestFinished } from 'vitest';
import type { IdentityHolder } from '../../../agent/connection/certificate-renewal.ts';
import { Connection } from '../../../agent/connection/connection.ts';
import { ExecutionId } from '../../../agent/protocol/ids.ts';
import type { Report } from '../../../agent/protocol/reports.ts';
import type { AgentStore } from '../../../agent/storage/agent-store.ts';
import type { Identity } from '../../../agent/storage/identity-file.ts';
import { anAgentStore } from '../../builders/agent-folder.ts';
import { AgentClock } from '../../fakes/agent-clock.ts';
import { RecordedLog } from '../../fakes/recorded-log.ts';
import { type HubSession, TestHub } from '../../fakes/test-hub.ts';
import { facts } from '../runner/running-agent.ts';

const NO_EXECUTION = ExecutionId.parse('0192a1b2-0000-7000-8000-0000000000ff');

/** A connection to a hub of the test's own, with a real store and nobody who runs anything. */
export class ConnectedAgent {
  readonly hub: TestHub;
  readonly store: AgentStore;
  readonly clock: AgentClock;
  readonly connection: Connection;
  readonly identity: IdentityHolder & { current: Identity };
  readonly log = new RecordedLog();
  readonly orders: { order: string; signature: string }[] = [];
  readonly cancels: { executionId: ExecutionId; reason: string }[] = [];
  fatal: unknown = null;
  #ordered: () => void = () => undefined;

  private constructor(parts: { hub: TestHub; store: AgentStore; clock: AgentClock; identity: Identity }) {
    const { hub, store, clock } = parts;
    this.hub = hub;
    this.store = store;
    this.clock = clock;
    const holder = {
      current: parts.identity,
      replace(renewed: Identity) {
        holder.current = renewed;
      },
    };
    this.identity = holder;
    this.connection = new Connection({
      store,
      clock,
      log: this.log,
      identity: holder,
      facts: () => facts,
      bootId: 'boot-1',
      agentVersion: '0.1.0',
      random: () => 0,
      commands: {
        run: (signed) => {
          this.orders.push({ order: signed.order, signature: signed.signature });
          this.#ordered();
        },
        cancel: (executionId, reason) => {
          this.cancels.push({ executionId, reason });
          this.#ordered();
        },
      },
      fatal: (error) => {
        this.fatal = error;
      },
    });
  }

  static async start(
    settings: { hub?: TestHub; store?: AgentStore; identity?: Identity; clock?: AgentClock } = {},
  ): Promise<ConnectedAgent> {
    const hub = settings.hub ?? (await TestHub.start());
    const store = settings.store ?? (await anAgentStore());
    const identity = settings.identity ?? (await hub.identity());
    const agent = new ConnectedAgent({ hub, store, identity, clock: settings.clock ?? new AgentClock(new Date()) });
    onTestFinished(async () => {
      await agent.connection.stop();
      await hub.close();
    });
    agent.connection.start();
    return agent;
  }

  /** Puts reports into the outbox, as a runner does. */
  report(...reports: Report[]): void {
    this.store.transaction(() => {
      for (const report of reports) this.store.outbox.append(report);
    });
    this.connection.reportsAdded();
  }

  /** Resolves with the next order or cancel. */
  async commanded(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#ordered = resolve;
    });
  }

  /** Resolves once the agent has followed everything that the hub has sent: messages keep their order. */
  async hasFollowed(session: HubSession): Promise<void> {
    const commanded = this.commanded();
    session.send({ type: 'cancel', executionId: NO_EXECUTION, reason: 'to see that all before it was followed' });
    await commanded;
    this.cancels.pop();
  }
}
