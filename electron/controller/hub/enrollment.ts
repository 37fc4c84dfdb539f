import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { EnrollmentRequest, MAX_ENROLLMENT_BYTES } from '../../../agent/protocol/enrollment.ts';
import { PROTOCOL_VERSION } from '../../../agent/protocol/version.ts';
import { Fault, type FaultCode } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { Log } from '../ports/log.ts';
import { type HttpRefusal, refuseRequest } from './refusals.ts';

/** A newer agent may send what this version does not know; its version is still where this one has it. */
const Version = z.looseObject({ protocolVersion: z.number() });

/** The only request that a peer without a certificate may make. The server's own limits cut off a body that comes too slowly. */
export async function answerEnrollment(
  { agents, log }: { agents: Pick<AgentEvents, 'enroll'>; log: Log },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const text = await readBody(request, response);
    const answer = await agents.enroll(parseRequest(text), addressOf(request));
    response.writeHead(200, { connection: 'close', 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(answer));
  } catch (cause) {
    // A peer that hung up, or was cut off for its slowness, needs no answer.
    if (request.destroyed && !request.complete) return;
    refuseRequest(response, refusalOf(cause, log));
  }
}

async function readBody(request: IncomingMessage, response: ServerResponse): Promise<string> {
  if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) throw invalid('it is not JSON');
  const tooLarge = invalid(`it is larger than ${MAX_ENROLLMENT_BYTES} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_ENROLLMENT_BYTES) throw tooLarge;
  if (request.headers.expect !== undefined) response.writeContinue();
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early must not destroy the socket, which still carries the refusal.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw invalid('it is not JSON');
    bytes += chunk.length;
    if (bytes > MAX_ENROLLMENT_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseRequest(text: string): EnrollmentRequest {
  const json = jsonOf(text);
  const version = Version.safeParse(json).data?.protocolVersion ?? PROTOCOL_VERSION;
  if (version !== PROTOCOL_VERSION) {
    throw invalid(`the agent speaks version ${version} of the protocol, this controller version ${PROTOCOL_VERSION}`);
  }
  const request = EnrollmentRequest.safeParse(json);
  if (request.success) return request.data;
  const where = request.error.issues[0]?.path.map(String).join('.');
  throw invalid(where ? `its ${where} is missing or not as it must be` : 'it is not what an agent sends');
}

function refusalOf(cause: unknown, log: Log): HttpRefusal {
  if (cause instanceof Fault) return { status: STATUS.get(cause.code) ?? 400, fault: cause };
  const reference = randomBytes(4).toString('hex');
  log.error('hub.enrollment-failed', cause, { reference });
  return { status: 500, fault: new Fault('E-INTERNAL', { reference }, { cause }) };
}

const STATUS: ReadonlyMap<string, number> = new Map<FaultCode, number>([
  ['InvalidActivationId', 403],
  ['InvalidActivation', 403],
  ['E-ENROLL-RATE', 429],
  ['E-DISK-FULL', 503],
]);

/** An IPv4 address as people write it, also where the hub listens on IPv6. */
function addressOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}

function invalid(problem: string): Fault {
  return new Fault('E-ENROLL-REQUEST', { problem });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
