import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { instantOf } from '../../agent/schedule/time-zone.ts';
import { calls } from '../client/calls.ts';
import { useCallWhen, useLastAnswer } from '../client/use-call.ts';
import { BothClocks } from '../ui/age.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { localZone } from '../ui/moment.ts';
import { Panel } from '../ui/panel.tsx';
import classes from './calendars.module.css';
import { StateBadge } from './state-badge.tsx';

/** The instant of a time on this computer's clock; null while it is none. */
function instantOfField(text: string): Date | null {
  const local = Date.parse(`${text}:00Z`);
  // Engines make a date of almost anything, so the form is looked at too.
  return !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(local) ? null : new Date(instantOf(localZone(), local));
}

/** What the calendar will be, or was, at any moment. */
export function StateQuestion({ name }: { name: string }) {
  const [text, setText] = useState('');
  const at = instantOfField(text);
  const call = useCallWhen(at === null ? null : calls.calendars.stateAt({ names: [name], at }));
  const answer = useLastAnswer(call)?.answer ?? null;
  return (
    <Panel title="At another time">
      <div className={classes.column}>
        <TextInput
          type="datetime-local"
          label="What is it at"
          description={`On this computer's clock, ${localZone()}.`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div aria-live="polite" className={classes.now}>
          {at !== null && answer !== null && (
            <>
              <StateBadge state={answer.state} />
              {answer.nextTransitionAt === null ? (
                <span className="hf-faint">for good, as far as can be seen</span>
              ) : (
                <span>
                  until <BothClocks at={answer.nextTransitionAt} />
                </span>
              )}
            </>
          )}
        </div>
        {call.status === 'fault' && <FaultNotice fault={call.fault} />}
      </div>
    </Panel>
  );
}
