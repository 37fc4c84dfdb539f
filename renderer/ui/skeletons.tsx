import { Skeleton } from '@mantine/core';
import classes from './skeletons.module.css';

const WIDTHS = ['72%', '54%', '80%', '46%', '66%', '60%'];

/** A panel's worth of lines that are on their way. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  return (
    <div className={classes.lines} role="status" aria-label="Loading">
      {WIDTHS.slice(0, lines).map((width) => (
        <Skeleton key={width} height={12} width={width} radius="xl" />
      ))}
    </div>
  );
}
