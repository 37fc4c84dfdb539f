import { closeSync, constants, createReadStream, fstatSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { StreamRef } from '../../../agent/protocol/messages.ts';
import { OutputStream } from '../../../agent/protocol/messages.ts';
import { LARGEST_STREAM_CAP_BYTES } from '../../../agent/protocol/output-limits.ts';
import { nodeShareBytes } from '../../domain/output-retention.ts';
import { usageBelow } from './folder-usage.ts';
import { fileSystemGuard } from './storage-faults.ts';

/** One stream of one attempt of one step of an execution on a node. */
export type StreamFile = StreamRef & { nodeId: NodeId };

export type OutputStore = {
  /**
   * Keeps what follows the stored end and answers where the stored end is now. Bytes before it are known already; bytes after a gap,
   * beyond the cap of a stream, beyond the quota or beyond the node's share of it are not kept, and the answer says so.
   */
  append(stream: StreamFile, offset: number, bytes: Uint8Array): number;
  /** Bytes stored of it; 0 when there are none. */
  size(stream: StreamFile): number;
  /** At most `maxBytes` from `offset` on; none at or after the end. */
  read(stream: StreamFile, offset: number, maxBytes: number): Buffer;
  /** As a stream of bytes, for whoever takes all of it. */
  reader(stream: StreamFile): Readable;
  /** Executions of which there is output, in no order. */
  executions(): Promise<ExecutionId[]>;
  /** Bytes that an execution has of each of its nodes. */
  usageOf(executionId: ExecutionId): Promise<Map<NodeId, number>>;
  /** Answers how many bytes that were. `nodeId` null stands for all nodes. */
  remove(executionId: ExecutionId, nodeId: NodeId | null): Promise<number>;
  setQuota(quotaBytes: number): void;
  /** Bytes of all streams. What was there at the start is missing until `counted`; what is written meanwhile may count twice. */
  usage(): number;
  usageByNode(): ReadonlyMap<NodeId, number>;
  /** Resolves when what was there at the start has been counted, which goes on in the background. */
  readonly counted: Promise<void>;
  /** Calls when something was not kept for want of room, whenever that is so again after `takeStalled`. */
  onFull(listener: () => void): void;
  /** Nodes that wait with something that was not kept. */
  stalledNodes(): ReadonlySet<NodeId>;
  /** The streams of which something was not kept for want of room since the last call: their nodes have it, and wait. */
  takeStalled(): StreamFile[];
  close(): void;
};

const OPEN_FILES = 64;
const MODE = 0o600;
/** A node whose stream is forgotten sends it again with its next connection. */
const MOST_STALLED = 10_000;

/** A path is made of nothing but what this lets through. */
const StreamName = z.object({
  executionId: ExecutionId,
  nodeId: NodeId,
  stepIndex: z.number().int().min(0),
  attempt: z.number().int().min(1),
  stream: OutputStream,
});

type OpenFile = { descriptor: number; size: number };

export type OutputStoreOptions = { folder: string; quotaBytes: number; streamCapBytes?: number };

export function openOutputStore({ folder, quotaBytes, streamCapBytes = LARGEST_STREAM_CAP_BYTES }: OutputStoreOptions): OutputStore {
  const guarded = fileSystemGuard(folder);
  const files = openFiles();
  const counting = new AbortController();
  const used = usageCount();
  const stalled = new Map<string, StreamFile>();
  let quota = quotaBytes;
  let whenFull: () => void = () => undefined;
  guarded(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const counted = countExecutions(folder, used, counting.signal);

  const pathOf = (stream: StreamFile): string => join(folder, nameOf(stream));
  const stall = (path: string, stream: StreamFile): void => {
    const isFirst = stalled.size === 0;
    if (stalled.size < MOST_STALLED) stalled.set(path, stream);
    if (isFirst) whenFull();
  };

  return {
    append: (stream, offset, bytes) =>
      guarded(() => {
        const path = pathOf(stream);
        const file = files.toWrite(path);
        const before = file.size;
        if (offset > before || offset + bytes.length <= before) return before;
        const room = Math.min(quota - used.total, nodeShareBytes(quota) - used.of(stream.nodeId));
        const wanted = Math.min(offset + bytes.length - before, streamCapBytes - before);
        if (room < wanted) stall(path, stream);
        const kept = Math.min(room, wanted);
        if (kept <= 0) return before;
        files.write(path, bytes.subarray(before - offset, before - offset + kept));
        used.add(stream.nodeId, file.size - before);
        return file.size;
      }),
    size: (stream) => guarded(() => sizeOf(pathOf(stream))),
    read: (stream, offset, maxBytes) => guarded(() => readPart(pathOf(stream), offset, maxBytes)),
    reader: (stream) => createReadStream(pathOf(stream), { highWaterMark: READ_AHEAD_BYTES }),
    ...executionFolders(folder, { files, used }),
    setQuota: (bytes) => {
      quota = bytes;
    },
    usage: () => used.total,
    usageByNode: () => used.byNode,
    counted,
    onFull: (listener) => {
      whenFull = listener;
    },
    stalledNodes: () => new Set([...stalled.values()].map(({ nodeId }) => nodeId)),
    takeStalled: () => {
      const streams = [...stalled.values()];
      stalled.clear();
      return streams;
    },
    close: () => {
      counting.abort();
      files.forgetBelow(folder);
    },
  };
}

function nameOf(file: StreamFile): string {
  const { executionId, nodeId, stepIndex, attempt, stream } = StreamName.parse(file);
  return join(executionId, nodeId, `${stepIndex}-${attempt}.${stream}`);
}

type Kept = { files: ReturnType<typeof openFiles>; used: ReturnType<typeof usageCount> };

function executionFolders(folder: string, { files, used }: Kept): Pick<OutputStore, 'executions' | 'usageOf' | 'remove'> {
  return {
    executions: async () => (await namesIn(folder)).flatMap((name) => ExecutionId.safeParse(name).data ?? []),
    usageOf: (executionId) => usageByNode(join(folder, ExecutionId.parse(executionId))),
    async remove(executionId, nodeId) {
      const place = join(folder, ExecutionId.parse(executionId), ...(nodeId === null ? [] : [NodeId.parse(nodeId)]));
      files.forgetBelow(place);
      const freed = nodeId === null ? await usageByNode(place) : new Map([[nodeId, await usageBelow(place, NEVER)]]);
      await rm(place, { recursive: true, force: true });
      return used.takeAway(freed);
    },
  };
}

const READ_AHEAD_BYTES = 256 * 1024;
const NEVER = new AbortController().signal;

function usageCount() {
  const byNode = new Map<NodeId, number>();
  const count = {
    total: 0,
    byNode,
    of: (nodeId: NodeId): number => byNode.get(nodeId) ?? 0,
    add(nodeId: NodeId, bytes: number): void {
      const after = Math.max(0, count.of(nodeId) + bytes);
      count.total += after - count.of(nodeId);
      if (after === 0) byNode.delete(nodeId);
      else byNode.set(nodeId, after);
    },
    takeAway(freed: ReadonlyMap<NodeId, number>): number {
      for (const [nodeId, bytes] of freed) count.add(nodeId, -bytes);
      return [...freed.values()].reduce((sum, bytes) => sum + bytes, 0);
    },
  };
  return count;
}

async function countExecutions(folder: string, used: ReturnType<typeof usageCount>, signal: AbortSignal): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (signal.aborted) return;
    for (const [nodeId, bytes] of await usageByNode(join(folder, name))) used.add(nodeId, bytes);
  }
}

async function usageByNode(executionFolder: string): Promise<Map<NodeId, number>> {
  const usage = new Map<NodeId, number>();
  for (const name of await namesIn(executionFolder)) {
    const nodeId = NodeId.safeParse(name).data;
    if (nodeId !== undefined) usage.set(nodeId, await usageBelow(join(executionFolder, name), NEVER));
  }
  return usage;
}

/** None where the folder is gone, or is none. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** The files that were written last, kept open: a stream comes in many small parts. */
function openFiles() {
  const open = new Map<string, OpenFile>();
  const forget = (path: string): void => {
    const file = open.get(path);
    if (file === undefined) return;
    open.delete(path);
    closeSync(file.descriptor);
  };
  return {
    forget,
    forgetBelow(folder: string): void {
      for (const path of [...open.keys()]) if (path.startsWith(folder + sep)) forget(path);
    },
    write(path: string, bytes: Uint8Array): void {
      const file = open.get(path);
      if (file === undefined) throw new Error(`${path} is not open.`);
      try {
        writeAll(file, bytes);
      } catch (thrown) {
        // Some of it may have been written: the size is asked of the file again.
        forget(path);
        throw thrown;
      }
    },
    toWrite(path: string): OpenFile {
      const file = open.get(path) ?? openToWrite(path);
      open.delete(path);
      open.set(path, file);
      const [oldest] = open.keys();
      if (open.size > OPEN_FILES && oldest !== undefined) forget(oldest);
      return file;
    },
  };
}

function openToWrite(path: string): OpenFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, MODE);
  return { descriptor, size: fstatSync(descriptor).size };
}

function writeAll(file: OpenFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    const count = writeSync(file.descriptor, bytes, written, bytes.length - written, file.size);
    written += count;
    file.size += count;
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function readPart(path: string, offset: number, maxBytes: number): Buffer {
  const part = Buffer.alloc(Math.max(0, Math.min(maxBytes, sizeOf(path) - offset)));
  if (part.length === 0) return part;
  const descriptor = openSync(path, 'r');
  try {
    return part.subarray(0, readSync(descriptor, part, 0, part.length, offset));
  } finally {
    closeSync(descriptor);
  }
}
