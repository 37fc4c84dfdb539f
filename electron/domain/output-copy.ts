import * as z from 'zod';
import { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { OutputStream } from '../../agent/protocol/messages.ts';
import type { Execution } from './execution.ts';
import type { OutputDestination } from './output-destination.ts';
import type { StepRecord } from './step.ts';

/** Waiting: it will be tried at `dueAt`. Failed: it will not be tried again. */
export const CopyStatus = z.enum(['Waiting', 'Copied', 'Failed']);

/** The output of one target on its way to where its association wants it. */
export const OutputCopy = z.object({
  executionId: ExecutionId,
  nodeId: NodeId,
  status: CopyStatus,
  tries: z.number(),
  dueAt: z.date().nullable(),
  enqueuedAt: z.date(),
  /** Where it is, or will be. */
  outputUrl: z.string().nullable(),
  /** What went wrong at the last try, or what is missing in the copy. */
  problem: z.string().nullable(),
});
export type OutputCopy = z.infer<typeof OutputCopy>;

/** One stream that goes there, under a key with `/` between its parts. */
export type CopiedStream = { stepIndex: number; attempt: number; stream: OutputStream; key: string };

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Some fifteen hours. */
const MOST_TRIES = 20;
/** A node that is gone sends nothing more: then what is here is copied. */
export const INCOMPLETE_AFTER_MS = 3_600_000;

/** The copy after a try that went wrong. */
export function afterFailure(copy: OutputCopy, problem: string, now: Date): OutputCopy {
  const tries = copy.tries + 1;
  const tried = { ...copy, tries, problem: problem.slice(0, 1000) };
  if (tries >= MOST_TRIES) return { ...tried, status: 'Failed', dueAt: null };
  return { ...tried, dueAt: new Date(now.getTime() + Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS)) };
}

/** `storedBytes` of a stream against what the node says it has kept of it: whether all steps' output is here. */
export function isComplete(steps: readonly StepRecord[], storedBytes: (stream: Omit<CopiedStream, 'key'>) => number): boolean {
  return steps.every(({ stepIndex, attempt, ...record }) =>
    STREAMS.every((stream) => {
      const summary = record[stream];
      return summary === null || storedBytes({ stepIndex, attempt, stream }) >= summary.bytes - summary.droppedBytes;
    }),
  );
}

const STREAMS = ['stdout', 'stderr'] as const;

/**
 * AWS's layout (spec.md 14.1) down to the run: `<prefix>/<node id>/<association id>/<run time>`. In an S3 store a prefix is a text and stays
 * as it is; in a folder its parts are folders.
 */
export function runFolder(run: RunOfNode, { prefix, kind }: { prefix: string | null; kind: OutputDestination['kind'] }): string {
  const parts = (prefix ?? '').split('/').filter((part) => part !== '');
  const time = run.createdAt.toISOString().replaceAll(':', '-');
  return [...(kind === 'folder' ? parts.map(safePart) : parts), run.nodeId, run.associationId, time].join('/');
}

type RunOfNode = Pick<Execution, 'associationId' | 'createdAt'> & { nodeId: NodeId };

/** Steps of the document; in schema 1.2 the folder of a plugin has its number. */
export type CopiedSteps = { schemaVersion: string; steps: readonly { name: string; action: string }[] };

/** Below a run's folder: `<plugin folder>/<step name>/stdout`. Two steps never have the same one. */
export function stepFolder({ schemaVersion, steps }: CopiedSteps, stepIndex: number): string {
  const folders = steps.map(({ name, action }, position) => {
    const plugin = safePart(action.replaceAll(':', ''));
    return `${schemaVersion.startsWith('1.') ? `${position}.` : ''}${plugin}/${safePart(name)}`;
  });
  const folder = folders[stepIndex] ?? `step/${stepIndex}`;
  // File systems of Windows and macOS take two spellings that differ by case for one.
  const isShared = folders.filter((other) => other.toLowerCase() === folder.toLowerCase()).length > 1;
  return isShared ? `${folder}.${stepIndex}` : folder;
}

export function copiedStreams(records: readonly StepRecord[], known: CopiedSteps): CopiedStream[] {
  return records.flatMap(({ stepIndex, attempt }) =>
    STREAMS.map((stream) => ({ stepIndex, attempt, stream, key: `${stepFolder(known, stepIndex)}/${stream}` })),
  );
}

/** Names that mean a device on Windows, with or without an ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST_PART = 100;

/** A name as one part of a path on any system: nothing that separates parts, climbs, hides or is a device. */
export function safePart(name: string): string {
  const plain = name
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(0, LONGEST_PART)
    .replace(/[.]+$/, '_')
    .replace(/^[.]+/, '_');
  if (plain === '') return '_';
  return RESERVED.test(plain) ? `_${plain}` : plain;
}
