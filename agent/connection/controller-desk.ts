import { createHash, type KeyObject, verify } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type * as z from 'zod';
import { type Clock, pause } from '../platform/clock.ts';
import { Failure } from '../protocol/failures.ts';
import {
  type AnswerTo,
  BLOB_PATH,
  MAX_ANSWER_BYTES,
  plainAnswers,
  QUESTION_PATH,
  type Question,
  QuestionRefusal,
  SignedText,
  signedAnswers,
} from '../protocol/questions.ts';
import type { Identity } from '../storage/identity-file.ts';
import { requestOfController, textOf } from './controller-request.ts';

export interface DeskTools {
  /** Asked for with every request: a certificate is renewed now and then. */
  readonly identity: () => Identity;
  /** The site's, pinned at enrollment. */
  readonly signingKey: KeyObject;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 30_000;
/** The controller is there and cannot answer now: it is asked again, as if it were away. */
const ASK_AGAIN = new Set([401, 429, 500, 502, 503]);
const PARTIAL_CONTENT = 206;
const RANGE_NOT_SATISFIABLE = 416;

/** The name of a file that there is not. */
const NO_BLOB = '0'.repeat(64);

interface Blob {
  readonly sha256: string;
  readonly size: number;
}

/** The controller for the steps of a document: asked again and again while it is away, and believed only what it has signed. */
export class ControllerDesk {
  readonly #tools: DeskTools;

  constructor(tools: DeskTools) {
    this.#tools = tools;
  }

  /** Null when `signal` ends the waiting. A refusal is a Failure. */
  async ask<Asked extends Question>(question: Asked, signal: AbortSignal): Promise<AnswerTo<Asked> | null> {
    const body = JSON.stringify(question);
    const text = await this.#untilAnswered(signal, async () => {
      const response = await requestOfController(this.#tools.identity(), { method: 'POST', path: QUESTION_PATH, body }, signal);
      const answer = await textOf(response.body, MAX_ANSWER_BYTES);
      if (response.status === 200) return answer;
      if (ASK_AGAIN.has(response.status)) return null;
      throw refusalOf(answer, response.status);
    });
    return text === null ? null : this.#answerIn(text, question);
  }

  /** The file is there, and right, when this resolves with true; what came before a cut is not fetched again. */
  async fetchBlob({ sha256, size }: Blob, file: string, signal: AbortSignal): Promise<boolean> {
    const part = `${file}.part`;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const done = await this.#untilAnswered(signal, () => this.#fetchRest({ sha256, size }, part, signal));
    if (done === null) return false;
    const found = await hashOf(part);
    if (found !== sha256) {
      rmSync(part, { force: true });
      throw new Failure('E-CONTROLLER-ANSWER', { problem: `a file whose SHA-256 shall be ${sha256} has ${found}` });
    }
    renameSync(part, file);
    return true;
  }

  /** Whatever it answers: TLS has shown by then that it is this site's controller. */
  async isReachable(signal: AbortSignal): Promise<boolean> {
    try {
      const request = { method: 'GET', path: `${BLOB_PATH}/${NO_BLOB}` } as const;
      const { body } = await requestOfController(this.#tools.identity(), request, signal);
      body.resume();
      return true;
    } catch {
      // No way to it, no answer in time, or somebody else there: none of them is the controller.
      return false;
    }
  }

  /** True when all bytes are there; null when it has to be asked again. */
  async #fetchRest({ sha256, size }: Blob, part: string, signal: AbortSignal): Promise<true | null> {
    const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
    if (have > size) rmSync(part, { force: true });
    if (have === size) {
      if (size === 0) writeFileSync(part, '', { mode: 0o600 });
      return true;
    }
    const from = have > size ? 0 : have;
    const headers: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
    const response = await requestOfController(this.#tools.identity(), { method: 'GET', path: `${BLOB_PATH}/${sha256}`, headers }, signal);
    if (response.status !== 200 && response.status !== PARTIAL_CONTENT) {
      const answer = await textOf(response.body, MAX_ANSWER_BYTES);
      if (response.status === RANGE_NOT_SATISFIABLE) rmSync(part, { force: true });
      else if (!ASK_AGAIN.has(response.status)) throw refusalOf(answer, response.status);
      return null;
    }
    const flags = response.status === PARTIAL_CONTENT ? 'a' : 'w';
    await pipeline(response.body, createWriteStream(part, { flags, mode: 0o600 }), { signal });
    return statSync(part).size === size ? true : null;
  }

  /** Tries until there is a result; null when `signal` is aborted before. */
  async #untilAnswered<Result>(signal: AbortSignal, attempt: () => Promise<Result | null>): Promise<Result | null> {
    const { clock, random } = this.#tools;
    for (let wait = FIRST_WAIT_MILLISECONDS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS)) {
      try {
        const result = await attempt();
        if (result !== null) return result;
      } catch (error) {
        // Anything else is the way to the controller, or a disk: the one comes back, and the other is for the step to tell.
        if (error instanceof Failure || isLocal(error)) throw error;
      }
      await pause({ clock, milliseconds: wait * (0.5 + random() / 2), signal });
    }
    return null;
  }

  #answerIn<Asked extends Question>(text: string, question: Asked): AnswerTo<Asked> {
    const json = parsed(text);
    // The schema is looked up by the question's own name, which the compiler cannot follow through the table.
    const schema = (isSigned(question) ? signedAnswers : plainAnswers)[question.ask as never] as z.ZodType<AnswerTo<Asked>>;
    const answer = schema.safeParse(isSigned(question) ? this.#signedIn(json) : json);
    if (!answer.success) throw new Failure('E-CONTROLLER-ANSWER', { problem: `it is no answer to a question about ${question.ask}` });
    if (hasExecution(answer.data) && answer.data.executionId !== question.executionId) {
      throw new Failure('E-CONTROLLER-ANSWER', { problem: 'it is for another run' });
    }
    return answer.data;
  }

  #signedIn(json: unknown): unknown {
    const signed = SignedText.safeParse(json);
    if (!signed.success) throw new Failure('E-CONTROLLER-ANSWER', { problem: 'it is not signed' });
    const { text, signature } = signed.data;
    if (!verify(null, Buffer.from(text), this.#tools.signingKey, Buffer.from(signature, 'base64'))) {
      throw new Failure('E-SIGNATURE', undefined);
    }
    return parsed(text);
  }
}

const isSigned = ({ ask }: Question): boolean => Object.hasOwn(signedAnswers, ask);

const hasExecution = (answer: unknown): answer is { executionId: unknown } =>
  typeof answer === 'object' && answer !== null && 'executionId' in answer;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('E-CONTROLLER-ANSWER', { problem: 'it is not JSON' });
  }
}

function refusalOf(text: string, status: number): Failure {
  const refusal = QuestionRefusal.safeParse(safelyParsed(text));
  if (!refusal.success) return new Failure('E-CONTROLLER-ANSWER', { problem: `it has the status ${status}` });
  return new Failure('E-CONTROLLER-REFUSED', refusal.data);
}

function safelyParsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const LOCAL_TROUBLES: readonly unknown[] = ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EISDIR', 'ENAMETOOLONG'];

const isLocal = (error: unknown): boolean => error instanceof Error && 'code' in error && LOCAL_TROUBLES.includes(error.code);

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
