import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { MAX_QUESTION_BYTES, Question } from '../../../agent/protocol/questions.ts';
import { Fault, type FaultCode } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { Log } from '../ports/log.ts';
import { type HttpRefusal, refuseRequest } from './refusals.ts';

type Desk = { agents: Pick<AgentEvents, 'ask' | 'blob'>; log: Log };

/** What one node may have on its way at a time, and all of them together: a question may be large. */
const MOST_OF_NODE = 4;
const MOST_TOGETHER = 64;

export type Questions = {
  /** A node's step asks something. */
  answer(nodeId: NodeId, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A node fetches a file by its hash. */
  send(nodeId: NodeId, sha256: string, exchange: { request: IncomingMessage; response: ServerResponse }): Promise<void>;
};

/** Answers what admitted nodes ask, a few at a time: whoever is put off asks again. */
export function answerQuestions({ agents, log }: Desk): Questions {
  const busy = new Map<NodeId, number>();
  let together = 0;

  const inTurn = async (nodeId: NodeId, response: ServerResponse, work: () => Promise<void>): Promise<void> => {
    const ofNode = busy.get(nodeId) ?? 0;
    if (ofNode >= MOST_OF_NODE || together >= MOST_TOGETHER) return refuseRequest(response, { status: 429 });
    busy.set(nodeId, ofNode + 1);
    together += 1;
    try {
      await work();
    } catch (cause) {
      // A peer that hung up needs no answer.
      if (!response.destroyed) refuse(response, cause, log);
    } finally {
      together -= 1;
      const left = (busy.get(nodeId) ?? 1) - 1;
      if (left > 0) busy.set(nodeId, left);
      else busy.delete(nodeId);
    }
  };

  return {
    answer: (nodeId, request, response) =>
      inTurn(nodeId, response, async () => {
        const answer = JSON.stringify(await agents.ask(nodeId, await readQuestion(request)));
        response.writeHead(200, { connection: 'close', 'content-type': 'application/json', 'cache-control': 'no-store' }).end(answer);
      }),
    send: (nodeId, sha256, { request, response }) =>
      inTurn(nodeId, response, async () => {
        const blob = /^[0-9a-f]{64}$/.test(sha256) ? agents.blob(nodeId, sha256) : null;
        if (blob === null) return refuseRequest(response, { status: 404, fault: new Fault('E-BLOB-UNKNOWN', { sha256 }) });
        await sendFile(blob, request, response);
      }),
  };
}

async function readQuestion(request: IncomingMessage): Promise<Question> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new Fault('E-QUESTION-INVALID', { problem: 'it is not text' });
    bytes += chunk.length;
    if (bytes > MAX_QUESTION_BYTES) throw new Fault('E-QUESTION-INVALID', { problem: `it is larger than ${MAX_QUESTION_BYTES} bytes` });
    chunks.push(chunk);
  }
  const question = Question.safeParse(jsonOf(Buffer.concat(chunks).toString('utf8')));
  if (question.success) return question.data;
  const where = question.error.issues[0]?.path.map(String).join('.');
  throw new Fault('E-QUESTION-INVALID', { problem: where ? `its ${where} is not as it must be` : 'this controller does not know it' });
}

async function sendFile({ file, size }: { file: string; size: number }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const from = Number(/^bytes=(\d{1,15})-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const isPart = request.headers.range !== undefined && from > 0;
  if (from > 0 && from >= size) return refuseRequest(response, { status: 416 });
  response.writeHead(isPart ? 206 : 200, {
    connection: 'close',
    'content-type': 'application/octet-stream',
    'content-length': String(size - from),
    ...(isPart ? { 'content-range': `bytes ${from}-${size - 1}/${size}` } : {}),
  });
  await pipeline(createReadStream(file, { start: from }), response);
}

const STATUS: ReadonlyMap<string, number> = new Map<FaultCode, number>([
  ['E-DISK-FULL', 503],
  ['E-QUESTION-EARLY', 503],
  ['AssociationExecutionDoesNotExist', 403],
]);

function refuse(response: ServerResponse, cause: unknown, log: Log): void {
  if (response.headersSent) response.destroy();
  else refuseRequest(response, refusalOf(cause, log));
}

function refusalOf(cause: unknown, log: Log): HttpRefusal {
  if (cause instanceof Fault) return { status: STATUS.get(cause.code) ?? 400, fault: cause };
  const reference = randomBytes(4).toString('hex');
  log.error('hub.question-failed', cause, { reference });
  // Not one to be asked again: the same question would fail the same way.
  return { status: 422, fault: new Fault('E-INTERNAL', { reference }, { cause }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
