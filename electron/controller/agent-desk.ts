import { CloseCode } from '../../agent/protocol/close-codes.ts';
import type { ActivationId, NodeId } from '../../agent/protocol/ids.ts';
import type { NodeOrigin } from '../domain/node.ts';
import { answerQuestion } from './operations/answer-question.ts';
import type { Context } from './operations/context.ts';
import { enrollNode, renewCertificate } from './operations/enroll-node.ts';
import { delayTargets } from './operations/expire-deadlines.ts';
import { recordOutput } from './operations/record-output.ts';
import { answerRefresh } from './operations/refresh-node.ts';
import { recordHello, welcomeNode } from './operations/welcome-node.ts';
import type { AgentEvents } from './ports/agent-events.ts';
import { createReportIntake } from './report-intake.ts';

export type AgentDesk = AgentEvents & {
  /** Who enrolls with this activation is one of ours, on this computer. */
  expect(activationId: ActivationId, origin: NodeOrigin): void;
  /** Stores what has arrived, before the store is closed. */
  flush(): void;
  /** Stores when connected nodes were heard last: once for all of them, not at every heartbeat. */
  keepPings(): void;
  onDisconnected(listener: (nodeId: NodeId) => void): void;
};

/** Each looks through all associations of the node, and a step that asks is answered once: a node that goes on asking is put off. */
export const MOST_REFRESHES_PER_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Whether the node has asked too often in this minute, over however many sessions. */
function createRefreshCount(clock: Context['clock']): (nodeId: NodeId) => boolean {
  const asked = new Map<NodeId, number>();
  let minute = 0;
  return (nodeId) => {
    const now = Math.floor(clock.now().getTime() / MINUTE_MS);
    if (now !== minute) asked.clear();
    minute = now;
    const times = (asked.get(nodeId) ?? 0) + 1;
    asked.set(nodeId, times);
    return times > MOST_REFRESHES_PER_MINUTE;
  };
}

/** Whoever asks knows the hash out of a signed answer to a step of its own: nothing else names it. */
const packageFile = ({ stores, blobs }: Context, sha256: string) => (stores.packages.usesFile(sha256) ? blobs.find(sha256) : null);

/** Where everything that agents say arrives: each message goes to the operation that answers it. */
export function createAgentDesk(context: Context): AgentDesk {
  const origins = new Map<ActivationId, NodeOrigin>();
  const intake = createReportIntake(context);
  const heard = new Map<NodeId, Date>();
  const asksTooOften = createRefreshCount(context.clock);
  const listeners = new Set<(nodeId: NodeId) => void>();
  const wentAway = (nodeId: NodeId) => {
    heard.delete(nodeId);
    context.stores.nodes.recordPing(nodeId, context.clock.now());
    delayTargets(context, nodeId);
    context.changes.publish({ kind: 'node', nodeId });
    for (const listener of listeners) listener(nodeId);
  };
  return {
    expect: (activationId, origin) => origins.set(activationId, origin),
    flush: intake.flush,
    keepPings: () =>
      context.transaction(() => {
        for (const [nodeId, at] of heard) context.stores.nodes.recordPing(nodeId, at);
        heard.clear();
      }),
    onDisconnected: (listener) => listeners.add(listener),
    admit({ serial, nodeId }) {
      const certificate = context.stores.nodes.certificate(serial);
      if (certificate === null || certificate.nodeId !== nodeId) return { ok: false, because: 'unknown' };
      return certificate.revokedAt === null ? { ok: true, nodeId } : { ok: false, because: 'revoked' };
    },
    enroll: (request, remoteAddress) =>
      enrollNode(context, { request, remoteAddress, origin: origins.get(request.activationId) ?? 'Activation' }),
    hello: (nodeId, hello) => recordHello(context, nodeId, hello),
    connected: (nodeId) => welcomeNode(context, nodeId),
    disconnected: wentAway,
    heartbeat: (nodeId) => heard.set(nodeId, context.clock.now()),
    reports: (nodeId, { reports }) => intake.add(nodeId, reports),
    output: (nodeId, message) => recordOutput(context, nodeId, message),
    refresh(nodeId, message) {
      if (asksTooOften(nodeId)) {
        // Its step asks again when it is back.
        context.link.close(nodeId, { code: CloseCode.MessageInvalid, reason: 'the node asks too often for its associations' });
        return;
      }
      // What the node has reported as done is no longer in progress.
      intake.flush();
      answerRefresh(context, nodeId, message);
    },
    ask(nodeId, question) {
      // What the node has reported as begun is in progress.
      intake.flush();
      return answerQuestion(context, nodeId, question);
    },
    blob: (_nodeId, sha256) => packageFile(context, sha256),
    renew: (nodeId, csr) => renewCertificate(context, nodeId, csr),
  };
}
