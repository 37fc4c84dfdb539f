import { mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ExecutionId } from '../protocol/ids.ts';
import { OutputStream, type StreamRef } from '../protocol/messages.ts';
import { STREAM_CAP_BYTES } from '../protocol/output-limits.ts';
import type { AgentDatabase } from './agent-database.ts';
import { readPart } from './private-file.ts';
import { type SpooledStream, StreamWriter } from './stream-writer.ts';

/** All output on this node together: what comes while there is no room left is dropped and counted, as at the cap of a stream. */
export const SPOOL_CAP_BYTES = 2 * 1024 * 1024 * 1024;
/** On a small disk less: this part of what would be free without any output. */
const SHARE_OF_FREE_DISK = 0.1;
/** One stream takes no more than this part of the room there is as it begins, so that the next step has some too … */
const SHARE_OF_ROOM = 0.25;
/** … but so much in any case. */
const SMALL_STREAM_BYTES = 1024 * 1024;
/** The disk is asked again after so many bytes: others fill it as well. */
const DISK_ASKED_EVERY_BYTES = 8 * 1024 * 1024;

export interface SpoolOptions {
  readonly folder: string;
  readonly database: AgentDatabase;
  readonly capBytes?: number;
}

const CreditRow = z.object({ stored_to: z.number() });
const FILE_NAME = /^(\d{1,3})-(\d{1,2})-(stdout|stderr)$/;

/** What steps print: one file per stream, kept until the controller has all of it. */
export class OutputSpool {
  readonly #folder: string;
  readonly #database: AgentDatabase;
  readonly #streams = new Map<ExecutionId, Map<string, SpooledStream>>();
  readonly #capBytes: number;
  #used = 0;
  /** What all output together may take, as the disk was last seen. */
  #budget = 0;
  #claimedSinceAsked = 0;
  #listener: (stream: SpooledStream) => void = () => undefined;

  constructor({ folder, database, capBytes = SPOOL_CAP_BYTES }: SpoolOptions) {
    this.#folder = folder;
    this.#database = database;
    this.#capBytes = capBytes;
    this.#load();
    this.#askDisk();
  }

  /** Calls when a stream has grown or is complete. */
  onChange(listener: (stream: SpooledStream) => void): void {
    this.#listener = listener;
  }

  /** The stream gets its file with its first byte: most steps print nothing on one of the two. */
  open(ref: StreamRef, capBytes = STREAM_CAP_BYTES): StreamWriter {
    const stream: SpooledStream = { ref, size: 0, storedTo: 0, isComplete: false };
    this.#askDisk();
    const most = Math.min(capBytes, Math.max(SMALL_STREAM_BYTES, Math.floor((this.#budget - this.#used) * SHARE_OF_ROOM)));
    return new StreamWriter({
      stream,
      file: this.#fileOf(ref),
      create: () => {
        mkdirSync(join(this.#folder, ref.executionId), { recursive: true, mode: 0o700 });
        this.#remember(stream);
      },
      claim: (bytes) => this.#claim(Math.min(bytes, most - stream.size)),
      changed: () => this.#listener(stream),
    });
  }

  /** Streams of which the controller does not have everything that is on disk, oldest execution first. */
  waiting(): SpooledStream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams.values()]).filter(({ size, storedTo }) => storedTo < size);
  }

  find(ref: StreamRef): SpooledStream | null {
    return this.#streams.get(ref.executionId)?.get(nameOf(ref)) ?? null;
  }

  read(stream: SpooledStream, offset: number, length: number): Buffer {
    return readPart(this.#fileOf(stream.ref), { offset, length: Math.min(length, stream.size - offset) });
  }

  /** Never back: a late message must not make bytes go twice. Harmless to lose, so not worth a flush of the disk. */
  credit(stream: SpooledStream, storedTo: number): void {
    const { executionId, stepIndex, attempt, stream: name } = stream.ref;
    stream.storedTo = Math.max(stream.storedTo, Math.min(storedTo, stream.size));
    this.#database.relaxed(() => {
      const sql = 'REPLACE INTO credit (execution_id, step_index, attempt, stream, stored_to) VALUES (?, ?, ?, ?, ?)';
      this.#database.prepare(sql).run(executionId, stepIndex, attempt, name, stream.storedTo);
    });
  }

  /** Whether the controller has all output of the execution, and none is being written. */
  isSettled(executionId: ExecutionId): boolean {
    const streams = this.#streams.get(executionId)?.values() ?? [];
    return [...streams].every(({ isComplete, size, storedTo }) => isComplete && storedTo >= size);
  }

  remove(executionId: ExecutionId): void {
    const streams = this.#streams.get(executionId);
    if (streams === undefined) return;
    rmSync(join(this.#folder, executionId), { recursive: true, force: true });
    this.#database.relaxed(() => this.#database.prepare('DELETE FROM credit WHERE execution_id = ?').run(executionId));
    for (const { size } of streams.values()) this.#used -= size;
    this.#streams.delete(executionId);
  }

  executions(): ExecutionId[] {
    return [...this.#streams.keys()];
  }

  #claim(bytes: number): number {
    if (this.#claimedSinceAsked + bytes > DISK_ASKED_EVERY_BYTES) this.#askDisk();
    const granted = Math.max(0, Math.min(bytes, this.#budget - this.#used));
    this.#used += granted;
    this.#claimedSinceAsked += granted;
    return granted;
  }

  #askDisk(): void {
    this.#claimedSinceAsked = 0;
    this.#budget = Math.min(this.#capBytes, Math.floor((freeBytesAt(this.#folder) + this.#used) * SHARE_OF_FREE_DISK));
  }

  /** After a restart nothing writes to any of the files, so each is complete as it is. */
  #load(): void {
    for (const name of readdirSync(this.#folder)) {
      const executionId = ExecutionId.safeParse(name);
      if (!executionId.success) continue;
      for (const file of readdirSync(join(this.#folder, name))) this.#loadStream(executionId.data, file);
    }
  }

  #loadStream(executionId: ExecutionId, file: string): void {
    const [, stepIndex, attempt, stream] = FILE_NAME.exec(file) ?? [];
    if (stream === undefined) return;
    const ref = { executionId, stepIndex: Number(stepIndex), attempt: Number(attempt), stream: OutputStream.parse(stream) };
    const { size } = statSync(this.#fileOf(ref));
    this.#used += size;
    this.#remember({ ref, size, storedTo: Math.min(size, this.#creditOf(ref)), isComplete: true });
  }

  #creditOf({ executionId, stepIndex, attempt, stream }: StreamRef): number {
    const sql = 'SELECT stored_to FROM credit WHERE execution_id = ? AND step_index = ? AND attempt = ? AND stream = ?';
    const row = this.#database.read(() => this.#database.prepare(sql).get(executionId, stepIndex, attempt, stream));
    return row === undefined ? 0 : CreditRow.parse(row).stored_to;
  }

  #remember(stream: SpooledStream): void {
    const { executionId } = stream.ref;
    const streams = this.#streams.get(executionId) ?? new Map<string, SpooledStream>();
    streams.set(nameOf(stream.ref), stream);
    this.#streams.set(executionId, streams);
  }

  /** Made of a UUID, two numbers and one of two words, and of nothing that came as free text. */
  #fileOf(ref: StreamRef): string {
    return join(this.#folder, ExecutionId.parse(ref.executionId), nameOf(ref));
  }
}

function nameOf({ stepIndex, attempt, stream }: StreamRef): string {
  return `${stepIndex}-${attempt}-${stream}`;
}

function freeBytesAt(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // A file system that does not say: then the cap alone counts, and what cannot be written is dropped.
    return Number.MAX_SAFE_INTEGER;
  }
}
