import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useConnectionState, useController } from '../client/connection-context.ts';
import classes from './connection-banner.module.css';

/** A moment without a line is not worth a word. */
const PATIENCE_MS = 1200;

/** The controller does not answer: what is on screen is of before, and comes back by itself. */
export function ConnectionBanner() {
  const { connection } = useController();
  const isAway = useConnectionState().kind !== 'connected';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isAway) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isAway]);
  return (
    <div aria-live="polite">
      {isAway && isLong && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={17} aria-hidden />
          <p className={classes.words}>
            <strong>The controller cannot be reached.</strong> Reconnecting by itself. What you see is from before; agents go on with what
            they are doing.
          </p>
          <Button size="compact-xs" onClick={connection.retry}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}
