import { closeSync, constants, fstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import * as z from 'zod';
import { ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import type { StreamRef } from '../../../agent/protocol/messages.ts';
import { OutputStream } from '../../../agent/protocol/messages.ts';
import { STREAM_CAP_BYTES } from '../../../agent/protocol/output-limits.ts';
import { usageBelow } from './folder-usage.ts';
import { fileSystemGuard } from './storage-faults.ts';

/** One stream of one attempt of one step of an execution on a node. */
export type StreamFile = StreamRef & { nodeId: NodeId };

export type OutputStore = {
  /**
   * Keeps what follows the stored end and answers where the stored end is now. Bytes before it are known already; bytes after a gap,
   * beyond the cap of a stream or beyond the quota of the folder are not kept, and the answer says so.
   */
  append(stream: StreamFile, offset: number, bytes: Uint8Array): number;
  /** Bytes stored of it; 0 when there are none. */
  size(stream: StreamFile): number;
  /** At most `maxBytes` from `offset` on; none at or after the end. */
  read(stream: StreamFile, offset: number, maxBytes: number): Buffer;
  removeExecution(executionId: ExecutionId): void;
  /** Bytes of all streams. What was there at the start is missing until `counted`; what is written meanwhile may count twice. */
  usage(): number;
  /** Resolves when what was there at the start has been counted, which goes on in the background. */
  readonly counted: Promise<void>;
  close(): void;
};

const OPEN_FILES = 64;
const MODE = 0o600;

/** A path is made of nothing but what this lets through. */
const StreamName = z.object({
  executionId: ExecutionId,
  nodeId: NodeId,
  stepIndex: z.number().int().min(0),
  attempt: z.number().int().min(1),
  stream: OutputStream,
});

type OpenFile = { descriptor: number; size: number };

export function openOutputStore({ folder, quotaBytes }: { folder: string; quotaBytes: number }): OutputStore {
  const guarded = fileSystemGuard(folder);
  const files = openFiles();
  const counting = new AbortController();
  let used = 0;
  guarded(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const counted = usageBelow(folder, counting.signal).then((found) => {
    used += found;
  });

  const pathOf = (stream: StreamFile): string => {
    const { executionId, nodeId, stepIndex, attempt, stream: name } = StreamName.parse(stream);
    return join(folder, executionId, nodeId, `${stepIndex}-${attempt}.${name}`);
  };

  return {
    append: (stream, offset, bytes) =>
      guarded(() => {
        const path = pathOf(stream);
        const file = files.toWrite(path);
        const before = file.size;
        const room = Math.min(STREAM_CAP_BYTES - before, quotaBytes - used);
        if (offset > before || offset + bytes.length <= before || room <= 0) return before;
        try {
          writeAll(file, bytes.subarray(before - offset, before - offset + room));
        } catch (thrown) {
          // Some of it may have been written: the size is asked of the file again.
          files.forget(path);
          throw thrown;
        }
        used += file.size - before;
        return file.size;
      }),
    size: (stream) => guarded(() => sizeOf(pathOf(stream))),
    read: (stream, offset, maxBytes) => guarded(() => readPart(pathOf(stream), offset, maxBytes)),
    removeExecution: (executionId) =>
      guarded(() => {
        const executionFolder = join(folder, ExecutionId.parse(executionId));
        files.forgetBelow(executionFolder);
        const freed = bytesIn(executionFolder);
        rmSync(executionFolder, { recursive: true, force: true });
        used = Math.max(0, used - freed);
      }),
    usage: () => used,
    counted,
    close: () => {
      counting.abort();
      files.forgetBelow(folder);
    },
  };
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

function bytesIn(folder: string): number {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}
