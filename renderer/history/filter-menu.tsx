import { Button, Popover, Select, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { ExecutionId } from '../../agent/protocol/ids.ts';
import { Trigger } from '../../electron/domain/execution.ts';
import type { ExecutionQuery } from '../routes.ts';
import { addressTime, fieldTime, instantOf, lastHours, lastNight } from '../terms/execution-query.ts';
import { triggerText } from '../terms/words.ts';
import classes from './history.module.css';

interface FilterMenuProps {
  query: ExecutionQuery;
  onChange(part: Partial<ExecutionQuery>): void;
}

const triggers = Trigger.options.map((value) => ({ value, label: triggerText(value) }));

/** Everything but the status. Each field holds at once, and all of them together. */
export function FilterMenu({ query, onChange }: FilterMenuProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={290} trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconFilter size={14} aria-hidden />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Filter…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.fields}>
          <Select
            label="Why it ran"
            placeholder="For any reason"
            data={triggers}
            value={query.trigger}
            onChange={(trigger) => onChange({ trigger })}
            clearable
            comboboxProps={{ withinPortal: false }}
            data-autofocus
          />
          <TextInput
            type="datetime-local"
            label="Started after"
            value={fieldTime(instantOf(query.after))}
            onChange={(event) => onChange({ after: addressTime(event.currentTarget.value) })}
          />
          <TextInput
            type="datetime-local"
            label="Started before"
            value={fieldTime(instantOf(query.before))}
            onChange={(event) => onChange({ before: addressTime(event.currentTarget.value) })}
          />
          <QuickTimes onChange={onChange} />
          <IdField id={query.id} onChange={(id) => onChange({ id })} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function QuickTimes({ onChange }: Pick<FilterMenuProps, 'onChange'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div className={classes.quick} role="group" aria-label="Times">
      <Button size="compact-xs" onClick={() => onChange(lastNight(new Date()))}>
        Last night, 18:00–07:00
      </Button>
      <Button size="compact-xs" onClick={() => onChange(lastHours(24, new Date()))}>
        24 hours
      </Button>
      <Button size="compact-xs" onClick={() => onChange(lastHours(7 * 24, new Date()))}>
        7 days
      </Button>
    </div>
  );
}

/** Holds only once it is an id: half of one would find nothing. */
function IdField({ id, onChange }: { id: string | null; onChange(id: string | null): void }) {
  const [typed, setTyped] = useState(id ?? '');
  const text = typed.trim();
  const isId = ExecutionId.safeParse(text).success;
  return (
    <TextInput
      label="Execution id"
      value={typed}
      error={text === '' || isId ? undefined : 'This is not a whole execution id.'}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        onChange(ExecutionId.safeParse(next.trim()).success ? next.trim() : null);
      }}
      className={classes.id}
      maxLength={60}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
