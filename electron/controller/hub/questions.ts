import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import { MAX_QUESTION_BYTES, Question } from '../../../agent/protocol/questions.ts';
import { Fault, type FaultCode } from '../../domain/faults.ts';
import type { AgentEvents } from '../ports/agent-events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { type HttpRefusal, refuseRequest } from './refusals.ts';

type Desk = { agents: Pick<AgentEvents, 'ask' | 'blob'>; clock: Clock; log: Log };

/** What one node may have on its way at a time, and all of them together: of questions, and of files. */
const MOST_OF_NODE = 4;
const MOST_TOGETHER = 64;
/** Bytes of questions that are not yet whole: they are in memory, and nodes may say what they like. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;
/** What one node may ask in a minute: reading it costs this process time, whatever it says. */
const MOST_QUESTIONS_A_MINUTE = 600;
const MOST_BYTES_A_MINUTE = 64 * 1024 * 1024;
const MINUTE_MILLISECONDS = 60_000;
/** A peer that takes nothing for so long does not want the rest. */
const SILENCE_MILLISECONDS = 60_000;

export type Questions = {
  /** A node's step asks something. */
  answer(nodeId: NodeId, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A node fetches a file by its hash. */
  send(nodeId: NodeId, sha256: string, exchange: { request: IncomingMessage; response: ServerResponse }): Promise<void>;
};

/** Answers what admitted nodes ask, a few at a time: whoever is put off asks again. */
export function answerQuestions({ agents, clock, log }: Desk): Questions {
  const asking = createTurns(log);
  const fetching = createTurns(log);
  const memory = { heldBytes: 0 };
  const minutes = createMinutes(clock);
  return {
    answer: (nodeId, request, response) =>
      asking(nodeId, response, async () => {
        const minute = minutes(nodeId);
        minute.questions += 1;
        const isTooMuch = minute.questions > MOST_QUESTIONS_A_MINUTE || minute.bytes > MOST_BYTES_A_MINUTE;
        const question = isTooMuch ? null : await readQuestion(request, { memory, minute });
        if (question === null) return refuseRequest(response, { status: 429 });
        const answer = JSON.stringify(await agents.ask(nodeId, question));
        response.writeHead(200, { connection: 'close', 'content-type': 'application/json', 'cache-control': 'no-store' }).end(answer);
      }),
    send: (nodeId, sha256, { request, response }) =>
      fetching(nodeId, response, async () => {
        const blob = /^[0-9a-f]{64}$/.test(sha256) ? agents.blob(nodeId, sha256) : null;
        if (blob === null) return refuseRequest(response, { status: 404, fault: new Fault('E-BLOB-UNKNOWN', { sha256 }) });
        response.setTimeout(SILENCE_MILLISECONDS, () => response.destroy());
        await sendFile(blob, request, response);
      }),
  };
}

type Minute = { questions: number; bytes: number };

/** What each node has asked in this minute. */
function createMinutes(clock: Clock): (nodeId: NodeId) => Minute {
  const asked = new Map<NodeId, Minute>();
  let current = 0;
  return (nodeId) => {
    const now = Math.floor(clock.now().getTime() / MINUTE_MILLISECONDS);
    if (now !== current) asked.clear();
    current = now;
    const minute = asked.get(nodeId) ?? { questions: 0, bytes: 0 };
    asked.set(nodeId, minute);
    return minute;
  };
}

type InTurn = (nodeId: NodeId, response: ServerResponse, work: () => Promise<void>) => Promise<void>;

/** Does a few at a time, of one node and together; all others are put off. */
function createTurns(log: Log): InTurn {
  const busy = new Map<NodeId, number>();
  let together = 0;
  return async (nodeId, response, work) => {
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
}

/** Null when there is no room for it now. */
async function readQuestion(
  request: IncomingMessage,
  { memory, minute }: { memory: { heldBytes: number }; minute: Minute },
): Promise<Question | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new Fault('E-QUESTION-INVALID', { problem: 'it is not text' });
      bytes += chunk.length;
      minute.bytes += chunk.length;
      memory.heldBytes += chunk.length;
      if (bytes > MAX_QUESTION_BYTES) throw new Fault('E-QUESTION-INVALID', { problem: `it is larger than ${MAX_QUESTION_BYTES} bytes` });
      if (memory.heldBytes > MOST_HELD_BYTES) return null;
      chunks.push(chunk);
    }
  } finally {
    memory.heldBytes -= bytes;
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
