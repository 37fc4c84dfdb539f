import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import classes from './shortcut-table.module.css';
import { shortcuts } from './shortcuts.ts';
import { isApple } from './top-bar.tsx';

const keyName = (key: string): string => {
  if (key !== 'Mod') return key;
  return isApple() ? '⌘' : 'Ctrl';
};

export function ShortcutTable() {
  return (
    <dl className={classes.list}>
      {shortcuts.map(({ keys, label }) => (
        <Fragment key={label}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.keys}>
            {keys.map((key) => (
              <Kbd key={key} size="xs">
                {keyName(key)}
              </Kbd>
            ))}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
