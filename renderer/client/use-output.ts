import { useEffect, useState } from 'react';
import { useController } from './connection-context.ts';
import type { OutputFeed, StreamOfStep } from './output-feed.ts';
import { startOutputFeed } from './output-feed.ts';

const nothingYet: OutputFeed = { pieces: [], storedBytes: 0, isCaughtUp: false, fault: null };

/** The text of one stream so far, and what comes. Give the component a `key` of the stream: another stream is another feed. */
export function useOutput(ref: StreamOfStep): OutputFeed {
  const { connection } = useController();
  const [feed, setFeed] = useState(nothingYet);
  const { executionId, nodeId, stepIndex, attempt, stream } = ref;
  useEffect(
    () => startOutputFeed({ source: connection, ref: { executionId, nodeId, stepIndex, attempt, stream }, onFeed: setFeed }),
    [connection, executionId, nodeId, stepIndex, attempt, stream],
  );
  return feed;
}
