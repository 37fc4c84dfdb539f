import type { Duplex } from 'node:stream';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { Fault } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { peerCertificate } from './peer-certificate.ts';
import type { HttpRefusal } from './refusals.ts';

export type Entry = { ok: true; nodeId: NodeId } | { ok: false; refusal: HttpRefusal };

export type DoorOptions = { agents: Pick<AgentEvents, 'admit'>; clock: Clock; log: Log };

const QUIET_MILLISECONDS = 60_000;

/** Decides, from the connection's certificate and nothing that was sent over it, whether a peer may come in. */
export function openDoor({ agents, clock, log }: DoorOptions): (socket: Duplex) => Entry {
  let toldAt = Number.NEGATIVE_INFINITY;
  let untold = 0;

  /** One line a minute, with how many it stands for: a peer that keeps trying must not fill the disk. */
  const tell = (facts: Record<string, unknown>): void => {
    untold += 1;
    const now = clock.now().getTime();
    if (now - toldAt < QUIET_MILLISECONDS) return;
    log.info('hub.peers-refused', { ...facts, peers: untold });
    toldAt = now;
    untold = 0;
  };

  return (socket) => {
    const certificate = peerCertificate(socket);
    if (certificate === null) {
      tell({ because: 'no valid certificate' });
      return { ok: false, refusal: { status: 401, fault: new Fault('E-CERT-REQUIRED', undefined) } };
    }
    const admission = agents.admit(certificate);
    if (admission.ok && admission.nodeId === certificate.nodeId) return { ok: true, nodeId: certificate.nodeId };
    tell({ because: admission.ok ? 'another node’s certificate' : admission.because, nodeId: certificate.nodeId });
    return { ok: false, refusal: { status: 403, fault: new Fault('E-CERT-REQUIRED', undefined) } };
  };
}
