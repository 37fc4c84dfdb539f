import { KeyValue } from '../ui/key-value.tsx';
import { localTime, localZone, utcTime, zoneOffset } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { useTimeText } from '../ui/ticker.ts';
import classes from './settings.module.css';

/** Two clocks, and which of them a schedule means. */
export function TimePanel() {
  const here = useTimeText((now) => localTime(now, now));
  const offset = useTimeText(zoneOffset);
  const utc = useTimeText(utcTime);
  return (
    <Panel title="Time zone">
      <div className={classes.stack}>
        <p>
          Schedules are in UTC, as in AWS, unless an association names a zone of its own: <code>cron(0 2 * * ? *)</code> fires at 02:00 UTC
          in summer and in winter. Everything else on screen is in this computer’s zone, and UTC shows when you point at it.
        </p>
        <KeyValue
          facts={[
            { label: 'This computer', value: <span className="hf-tabular">{`${here}, ${localZone()} (${offset})`}</span> },
            { label: 'UTC', value: <span className="hf-tabular">{utc}</span> },
          ]}
        />
      </div>
    </Panel>
  );
}
