import type { EnrollmentAnswer, EnrollmentRequest } from '../../../agent/protocol/enrollment.ts';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { FromAgent } from '../../../agent/protocol/messages.ts';
import type { AnswerTo, Question, SignedText } from '../../../agent/protocol/questions.ts';

export type Hello = Extract<FromAgent, { type: 'hello' }>;
export type ReportMessage = Extract<FromAgent, { type: 'report' }>;
export type RefreshMessage = Extract<FromAgent, { type: 'refresh' }>;
export type OutputMessage = Extract<FromAgent, { type: 'output' }>;

/** Whether the holder of a client certificate that our authority signed may come in now. */
export type Admission = { ok: true; nodeId: NodeId } | { ok: false; because: 'unknown' | 'revoked' };

/** What the hub tells the controller. The node is always the certificate's; messages are parsed already. */
export type AgentEvents = {
  /** Asked at every connection with the certificate's serial number (lower-case hexadecimal) and the node id in its subject. */
  admit(certificate: { serial: string; nodeId: NodeId }): Admission;
  /** Throws a Fault when it is refused; `remoteAddress` is for rate limits and the record, never for trust. */
  enroll(request: EnrollmentRequest, remoteAddress: string): Promise<EnrollmentAnswer>;
  /** The first message of a session. The answer goes into `welcome`. */
  hello(nodeId: NodeId, hello: Hello): { storedSequence: number };
  /** After `welcome` was sent: the session takes orders from here on. */
  connected(nodeId: NodeId): void;
  disconnected(nodeId: NodeId): void;
  heartbeat(nodeId: NodeId): void;
  reports(nodeId: NodeId, message: ReportMessage): void;
  output(nodeId: NodeId, message: OutputMessage): void;
  /** Answers with a `refreshed` message over the node's session. */
  refresh(nodeId: NodeId, message: RefreshMessage): void;
  /** A step that runs on the node asks. Throws a Fault when it is refused. */
  ask(nodeId: NodeId, question: Question): Promise<AnswerTo<Question> | SignedText>;
  /** A file of the package store, for any node of the site; `size` in bytes. Null when there is none of that SHA-256. */
  blob(nodeId: NodeId, sha256: string): { file: string; size: number } | null;
  /** PEM of the new certificate for the same node; throws a Fault when the request is not its own. */
  renew(nodeId: NodeId, csr: string): Promise<string>;
};
