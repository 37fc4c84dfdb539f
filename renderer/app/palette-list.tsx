import { useEffect, useRef } from 'react';
import { splitAtMatches } from '../ui/log-text.ts';
import classes from './command-palette.module.css';
import type { Command, CommandGroup } from './palette-actions.ts';

interface PaletteListProps {
  id: string;
  groups: readonly CommandGroup[];
  active: Command | null;
  query: string;
  onRun(id: string): void;
}

export const optionId = (listId: string, commandId: string): string => `${listId} ${commandId}`.replace(/\s+/g, '-');

export function PaletteList({ id, groups, active, query, onRun }: PaletteListProps) {
  return (
    <div id={id} role="listbox" aria-label="Results" className={classes.list} tabIndex={-1}>
      {groups.length === 0 && <p className={classes.nothing}>Nothing has this in its name.</p>}
      {groups.map(({ name, commands }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
        <div key={name} role="group" aria-label={name}>
          <p className={classes.group} aria-hidden>
            {name}
          </p>
          {commands.map((command) => (
            <Option
              key={command.id}
              id={optionId(id, command.id)}
              command={command}
              isActive={command === active}
              query={query}
              onRun={() => onRun(command.id)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  isActive: boolean;
  query: string;
  onRun(): void;
}

function Option({ id, command, isActive, query, onRun }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  const { icon: Glyph, label, description } = command;
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that controls the list answers the keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active option
    <div ref={element} id={id} role="option" aria-selected={isActive} className={classes.option} onClick={onRun}>
      <Glyph size={16} aria-hidden />
      <span className={classes.words}>
        <span className="hf-cut">
          <Marked text={label} query={query} />
        </span>
        {description !== undefined && <span className={classes.description}>{description}</span>}
      </span>
    </div>
  );
}

function Marked({ text, query }: { text: string; query: string }) {
  let at = 0;
  return splitAtMatches(text, query).map((part, index) => {
    at += part.length;
    return index % 2 === 1 ? <mark key={at}>{part}</mark> : part;
  });
}
