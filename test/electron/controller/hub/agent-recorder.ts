import { EventEmitter, once } from 'node:events';
import type { EnrollmentAnswer } from '../../../../agent/protocol/enrollment.ts';
import { NodeId, SiteId } from '../../../../agent/protocol/ids.ts';
import type { Admission, AgentEvents } from '../../../../electron/controller/ports/agent-events.ts';

/** What the hub told the controller: the call, and what it was given. */
export type Told = { call: keyof AgentEvents; given: readonly unknown[] };

/** A controller that admits everybody until it is told otherwise, and writes down what it hears. */
export class AgentRecorder implements AgentEvents {
  readonly told: Told[] = [];
  readonly #news = new EventEmitter();
  refuses: 'unknown' | 'revoked' | null = null;
  storedSequence = 0;
  renewal: Promise<string> = Promise.resolve('renewed certificate');
  /** Thrown by the call of that name. */
  fails: Partial<Record<keyof AgentEvents, Error>> = {};

  admit(certificate: { serial: string; nodeId: NodeId }): Admission {
    this.#tell('admit', [certificate]);
    return this.refuses === null ? { ok: true, nodeId: certificate.nodeId } : { ok: false, because: this.refuses };
  }

  async enroll(...given: Parameters<AgentEvents['enroll']>): Promise<EnrollmentAnswer> {
    this.#tell('enroll', given);
    return {
      nodeId: NodeId.parse('mi-0000000000000000e'),
      siteId: SiteId.parse('7f0c1c52-4f0e-4c5b-9d0a-3f1b7a3a9f10'),
      siteName: 'Lab',
      certificate: 'certificate',
      authority: 'authority',
      signingKey: 'key',
    };
  }

  hello(...given: Parameters<AgentEvents['hello']>): { storedSequence: number } {
    this.#tell('hello', given);
    return { storedSequence: this.storedSequence };
  }

  connected(...given: Parameters<AgentEvents['connected']>): void {
    this.#tell('connected', given);
  }

  disconnected(...given: Parameters<AgentEvents['disconnected']>): void {
    this.#tell('disconnected', given);
  }

  heartbeat(...given: Parameters<AgentEvents['heartbeat']>): void {
    this.#tell('heartbeat', given);
  }

  reports(...given: Parameters<AgentEvents['reports']>): void {
    this.#tell('reports', given);
  }

  output(...given: Parameters<AgentEvents['output']>): void {
    this.#tell('output', given);
  }

  refresh(...given: Parameters<AgentEvents['refresh']>): void {
    this.#tell('refresh', given);
  }

  async ask(...given: Parameters<AgentEvents['ask']>): ReturnType<AgentEvents['ask']> {
    this.#tell('ask', given);
    return { ignored: false };
  }

  blobs: Record<string, { file: string; size: number }> = {};

  blob(...given: Parameters<AgentEvents['blob']>): { file: string; size: number } | null {
    this.#tell('blob', given);
    return this.blobs[given[1]] ?? null;
  }

  async renew(...given: Parameters<AgentEvents['renew']>): Promise<string> {
    this.#tell('renew', given);
    return this.renewal;
  }

  calls(): readonly string[] {
    return this.told.map(({ call }) => call);
  }

  /** What the controller was told first under this name; waits for it. */
  async heard(call: keyof AgentEvents): Promise<readonly unknown[]> {
    for (;;) {
      const told = this.told.find((one) => one.call === call);
      if (told) return told.given;
      await once(this.#news, 'told');
    }
  }

  #tell(call: keyof AgentEvents, given: readonly unknown[]): void {
    this.told.push({ call, given });
    this.#news.emit('told');
    const failure = this.fails[call];
    if (failure) throw failure;
  }
}
