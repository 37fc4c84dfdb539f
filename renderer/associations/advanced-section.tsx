import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { plural } from '../ui/moment.ts';
import { AlarmFields } from './alarm-fields.tsx';
import { CalendarField } from './calendar-field.tsx';
import { DurationField } from './duration-field.tsx';
import classes from './editor.module.css';
import { advancedCount } from './editor-advanced.ts';
import { OutputFields } from './output-fields.tsx';
import type { FormField } from './problems.ts';
import { fieldOf } from './problems.ts';
import type { Editor } from './use-editor.ts';

const FIELDS: ReadonlySet<FormField | null> = new Set<FormField>(['duration', 'calendarNames', 'alarmConfiguration', 'outputLocation']);

/** What few associations need. Closed until it holds something; with something wrong in it, it cannot be closed. */
export function AdvancedSection({ editor }: { editor: Editor }) {
  const id = useId();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const count = advancedCount(editor.state);
  const hasProblem = editor.problems.some(({ field }) => FIELDS.has(fieldOf(field)));
  const isOpen = hasProblem || (wanted ?? count > 0);
  return (
    <section className={classes.section} aria-labelledby={id} data-problem={hasProblem || undefined}>
      <h2 className={classes.sectionTitle}>
        <button
          id={id}
          type="button"
          className={classes.opener}
          aria-expanded={isOpen}
          onClick={() => setWanted(!isOpen)}
          disabled={hasProblem}
        >
          <IconChevronRight size={16} aria-hidden className={classes.openerMark} />
          More settings
          {!isOpen && (
            <span className={classes.openerHint}>
              {count > 0 ? plural(count, 'setting') : 'Cut-off, change calendars, alarm, copies of the output'}
            </span>
          )}
        </button>
      </h2>
      {isOpen && (
        <div className={classes.groups}>
          <DurationField editor={editor} />
          <CalendarField editor={editor} />
          <AlarmFields editor={editor} />
          <OutputFields editor={editor} />
        </div>
      )}
    </section>
  );
}
