import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { address } from '../routes.ts';
import { BothClocks } from '../ui/age.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { countText } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import { stateLooks, typeWords } from './calendar-words.ts';
import classes from './calendars.module.css';
import { StateBadge } from './state-badge.tsx';

/** What it is now, and until when: on this clock and in UTC. */
export function CalendarFacts({ calendar }: { calendar: CalendarDetail }) {
  const { name, state, nextTransitionAt, type, eventCount, documentVersion } = calendar;
  const other = state === 'OPEN' ? 'CLOSED' : 'OPEN';
  return (
    <Panel title="Now">
      <div className={classes.column}>
        <div className={classes.now} aria-live="polite">
          <StateBadge state={state} />
          {nextTransitionAt === null ? (
            <span className="hf-faint">for good, as far as can be seen</span>
          ) : (
            <span>
              {stateLooks[other].label.toLowerCase()} from <BothClocks at={nextTransitionAt} />
            </span>
          )}
        </div>
        <KeyValue
          facts={[
            { label: 'Kind', value: type === null ? 'Not understood' : typeWords[type] },
            { label: 'Events', value: countText(eventCount) },
            {
              label: 'Document',
              value: (
                <a href={address.document(name)}>
                  {name}, version {documentVersion}
                </a>
              ),
            },
          ]}
        />
      </div>
    </Panel>
  );
}
