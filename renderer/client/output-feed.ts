import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { ChangePattern } from './change-match.ts';
import { concerns } from './change-match.ts';
import type { FaultData } from './fault.ts';
import { faultFrom } from './fault.ts';
import type { Client } from './line.ts';
import type { Source } from './reading.ts';

export interface StreamOfStep {
  executionId: ExecutionId;
  nodeId: NodeId;
  stepIndex: number;
  attempt: number;
  stream: 'stdout' | 'stderr';
}

export interface OutputFeed {
  /** One array for the life of a feed, which only grows; a feed that has more is a new object. */
  readonly pieces: readonly string[];
  readonly storedBytes: number;
  /** Everything that the controller has is here. */
  readonly isCaughtUp: boolean;
  readonly fault: FaultData | null;
}

interface Feeding {
  source: Source;
  ref: StreamOfStep;
  onFeed(feed: OutputFeed): void;
}

/** Reads on from where it is at every notice about the stream, one page at a time, until it has all. Returns how to end it. */
export function startOutputFeed({ source, ref, onFeed }: Feeding): () => void {
  const { executionId, nodeId, stepIndex } = ref;
  const interest: readonly ChangePattern[] = [
    { kind: 'output', executionId, nodeId, stepIndex },
    { kind: 'target', executionId, nodeId },
  ];
  const ended = new AbortController();
  const pieces: string[] = [];
  let feed: OutputFeed = { pieces, storedBytes: 0, isCaughtUp: false, fault: null };
  let offset = 0;
  let isReading = false;
  let isAskedMeanwhile = false;

  const become = (next: Partial<OutputFeed>) => {
    feed = { ...feed, ...next };
    if (!ended.signal.aborted) onFeed(feed);
  };

  /** Whether there is more to read at once. */
  async function readPage(client: Client): Promise<boolean> {
    const page = await client.executions.output({ ...ref, offset }, { signal: ended.signal });
    const hasGrown = page.nextOffset > offset;
    offset = page.nextOffset;
    const isCaughtUp = page.nextOffset >= page.storedBytes || !hasGrown;
    if (page.text !== '') pieces.push(page.text);
    become({ storedBytes: page.storedBytes, isCaughtUp, fault: null });
    return !isCaughtUp;
  }

  async function readOn(): Promise<void> {
    const { client } = source;
    if (isReading || client === null) {
      isAskedMeanwhile = true;
      return;
    }
    isReading = true;
    try {
      do {
        isAskedMeanwhile = false;
        while (!ended.signal.aborted && (await readPage(client)));
      } while (isAskedMeanwhile && !ended.signal.aborted);
    } catch (error) {
      if (source.client === client) become({ fault: faultFrom(error) });
    } finally {
      isReading = false;
    }
  }

  const unwatch = source.watch((notices) => {
    if (concerns(notices, interest)) void readOn();
  });
  void readOn();
  return () => {
    ended.abort();
    unwatch();
  };
}
