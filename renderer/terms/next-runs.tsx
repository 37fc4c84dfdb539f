import { IconClockEdit } from '@tabler/icons-react';
import type { Schedule } from '../../agent/schedule/schedule.ts';
import { Age } from '../ui/age.tsx';
import { localZone, zonedTime } from '../ui/moment.ts';
import { daylightMark } from './daylight.ts';
import classes from './next-runs.module.css';

interface NextRunsProps {
  runs: readonly Date[];
  /** In whose zone they are meant; null where it is not known. */
  schedule: Schedule | null;
}

/** Moments of a schedule in its zone, on this clock and in UTC, marked where daylight saving moves them. */
export function NextRuns({ runs, schedule }: NextRunsProps) {
  const zones = [...new Set([schedule?.timeZone ?? 'UTC', localZone(), 'UTC'])];
  return (
    <ol className={classes.runs} aria-label="Next runs">
      {runs.map((at, position) => (
        <li key={at.getTime()}>
          <RunTime at={at} zones={zones} mark={schedule === null ? null : daylightMark(schedule, at, runs[position - 1] ?? null)} />
        </li>
      ))}
    </ol>
  );
}

/** The first zone in full; of the others what differs. */
function RunTime({ at, zones, mark }: { at: Date; zones: readonly string[]; mark: string | null }) {
  const [first = 'UTC', ...others] = zones;
  return (
    <>
      <time dateTime={at.toISOString()} className={classes.main}>
        {zonedTime(at, first)} {first}
      </time>
      <span className={classes.others}>
        {others.map((zone) => (
          <span key={zone}>
            {zonedTime(at, zone)} {zone === localZone() ? `here (${zone})` : zone}
          </span>
        ))}
        <Age at={at} />
      </span>
      {mark !== null && (
        <span className={classes.mark}>
          <IconClockEdit size={13} aria-hidden /> {mark}
        </span>
      )}
    </>
  );
}
