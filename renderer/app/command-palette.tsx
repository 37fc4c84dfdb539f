import { Modal, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useId, useState } from 'react';
import { runNow } from '../review/run-now.ts';
import { goTo } from '../ui/address.ts';
import classes from './command-palette.module.css';
import { paletteGroups, searchIn, stepTo } from './palette-actions.ts';
import { optionId, PaletteList } from './palette-list.tsx';
import { useFound } from './use-found.ts';
import { closePalette, openShortcutList, useWindowState } from './window-state.ts';

/** Go anywhere and do the common things without leaving the keyboard. */
export function CommandPalette() {
  const { isPaletteOpen } = useWindowState();
  return (
    <Modal
      opened={isPaletteOpen}
      onClose={closePalette}
      withCloseButton={false}
      centered={false}
      yOffset="10dvh"
      size={600}
      padding={0}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      returnFocus={false}
      // Nothing may come between the shortcut and the first letter.
      transitionProps={{ duration: 0 }}
    >
      <Palette />
    </Modal>
  );
}

/** The dialog moves focus too, but only after a frame: what is typed until then would go elsewhere. */
const focusAtOnce = (field: HTMLInputElement | null): void => field?.focus();

/** A combobox: focus stays in the field, and the arrows move through the list below it. */
function Palette() {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = useFound(searchIn(query));
  const { setColorScheme } = useMantineColorScheme();
  const groups = paletteGroups(query, found, {
    goTo,
    runNow: (association) => runNow([association]),
    theme: setColorScheme,
    showShortcuts: openShortcutList,
  });
  const commands = groups.flatMap((group) => group.commands);
  const active = commands[Math.min(at, commands.length - 1)] ?? null;

  const run = (id: string) => {
    closePalette();
    commands.find((command) => command.id === id)?.run();
  };
  const move = (event: KeyboardEvent) => {
    const next = stepTo(event.key, Math.min(at, commands.length - 1), commands.length);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter' && active !== null) run(active.id);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.palette}>
      <div className={classes.field}>
        <IconSearch size={17} aria-hidden />
        <input
          className={classes.input}
          role="combobox"
          aria-label="Search and commands"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={active === null ? undefined : optionId(listId, active.id)}
          aria-autocomplete="list"
          placeholder="Search machines, associations, documents, commands"
          value={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          ref={focusAtOnce}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={move}
        />
      </div>
      <PaletteList id={listId} groups={groups} active={active} query={searchIn(query)} onRun={run} />
    </div>
  );
}
