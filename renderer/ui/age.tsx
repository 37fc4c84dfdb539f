import { Tooltip } from '@mantine/core';
import { exactTime, localTime, relativeTime, utcTime } from './moment.ts';
import { useTimeText } from './ticker.ts';

interface TimeProps {
  at: Date;
  className?: string | undefined;
}

/** How long ago, or how long until; the exact time with its zone, and UTC, on hover. */
export function Age({ at, className }: TimeProps) {
  const text = useTimeText((now) => relativeTime(at, now), at);
  return (
    <Tooltip label={exactTime(at)}>
      <time dateTime={at.toISOString()} className={className}>
        {text}
      </time>
    </Tooltip>
  );
}

/** A moment on this computer's clock; with its zone, and UTC, on hover. */
export function At({ at, className }: TimeProps) {
  const text = useTimeText((now) => localTime(at, now), at);
  return (
    <Tooltip label={exactTime(at)}>
      <time dateTime={at.toISOString()} className={className}>
        {text}
      </time>
    </Tooltip>
  );
}

/** A moment in both clocks, and how far it is: for schedules, where the zone is the question. */
export function BothClocks({ at }: { at: Date }) {
  return (
    <span className="hf-tabular">
      <At at={at} /> <span className="hf-faint">· {utcTime(at)} ·</span> <Age at={at} className="hf-faint" />
    </span>
  );
}
