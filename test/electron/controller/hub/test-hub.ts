import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeId, SiteId } from '../../../../agent/protocol/ids.ts';
import { type Authority, openAuthority } from '../../../../electron/controller/hub/authority.ts';
import { fileVault } from '../../../../electron/controller/hub/file-vault.ts';
import { type Hub, type HubOptions, startHub } from '../../../../electron/controller/hub/listener.ts';
import type { Log } from '../../../../electron/controller/ports/log.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { makeRequest } from '../../../fakes/test-authority.ts';
import { AgentPeer, type PeerOptions } from './agent-peer.ts';
import { AgentRecorder } from './agent-recorder.ts';

export const SITE_ID = SiteId.parse('7f0c1c52-4f0e-4c5b-9d0a-3f1b7a3a9f10');

/** A real hub on a free port of the loopback address, before a controller that only writes down. */
export class TestHub {
  readonly authority: Authority;
  readonly agents: AgentRecorder;
  readonly clock: FakeClock;
  readonly hub: Hub;
  readonly log: readonly string[];
  readonly #folder: string;

  private constructor(parts: Pick<TestHub, 'authority' | 'agents' | 'clock' | 'hub' | 'log'>, folder: string) {
    this.authority = parts.authority;
    this.agents = parts.agents;
    this.clock = parts.clock;
    this.hub = parts.hub;
    this.log = parts.log;
    this.#folder = folder;
  }

  static async start(settings: Partial<HubOptions> = {}): Promise<TestHub> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-hub-'));
    // Certificates are judged by TLS, which has a clock of its own.
    const clock = new FakeClock(new Date());
    const authority = await openAuthority({ folder: join(folder, 'keys'), vault: fileVault, now: () => clock.now(), siteId: SITE_ID });
    const agents = new AgentRecorder();
    const log: string[] = [];
    const hub = await startHub({ host: '127.0.0.1', port: 0, authority, siteId: SITE_ID, agents, clock, log: lineLog(log), ...settings });
    return new TestHub({ authority, agents, clock, hub, log }, folder);
  }

  /** A node that was enrolled earlier: its key, its certificate and the authority that it pins. */
  async node(name = 'mi-0123456789abcdef0'): Promise<PeerOptions & { nodeId: NodeId; serial: string }> {
    const nodeId = NodeId.parse(name);
    const { key, csr } = await makeRequest();
    const { pem, serial } = await this.authority.issue(csr, nodeId);
    return { ...this.stranger(), key, cert: pem, nodeId, serial };
  }

  /** A peer that knows the authority and has no certificate. */
  stranger(): PeerOptions {
    return { port: this.hub.port, ca: this.authority.authorityPem };
  }

  /** A node's agent after its hello was answered. */
  async connect(node: PeerOptions): Promise<AgentPeer> {
    const peer = new AgentPeer(node);
    await peer.greet();
    return peer;
  }

  async stop(): Promise<void> {
    await this.hub.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function lineLog(lines: string[]): Log {
  return {
    info: (event, facts) => lines.push(JSON.stringify({ event, ...facts })),
    error: (event, cause, facts) => lines.push(JSON.stringify({ event, cause: String(cause), ...facts })),
  };
}
