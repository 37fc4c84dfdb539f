import type { CalendarDetail } from '../../electron/api/calendars.ts';
import { address } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import { Panel, PanelRow, PanelRows } from '../ui/panel.tsx';
import classes from './calendars.module.css';

/** The associations that are applied only while it is open. */
export function CalendarUsers({ usedBy }: Pick<CalendarDetail, 'usedBy'>) {
  return (
    <Panel title="Waiting for it" padding="flush" aside={usedBy.length === 0 ? undefined : countText(usedBy.length)}>
      {usedBy.length === 0 ? (
        <p className={classes.nothing}>No association waits for it. Choose it in the advanced settings of one.</p>
      ) : (
        <PanelRows label="Associations that wait for this calendar">
          {usedBy.map(({ associationId, title }) => (
            <PanelRow key={associationId}>
              <a href={address.association(associationId)} className="hf-cut">
                {title}
              </a>
            </PanelRow>
          ))}
        </PanelRows>
      )}
    </Panel>
  );
}
