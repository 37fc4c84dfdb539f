import { Radio, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { Panel } from '../ui/panel.tsx';
import classes from './settings.module.css';

const themes = [
  { value: 'auto', label: 'System', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

/** Kept in this window's own storage: it is a choice of the person, not of the site. */
export function ThemePanel() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (value: string) => setColorScheme(themes.find((theme) => theme.value === value)?.value ?? 'auto');
  return (
    <Panel title="Theme">
      <Radio.Group aria-label="Theme" value={colorScheme} onChange={choose}>
        <div className={classes.cards}>
          {themes.map(({ value, label, icon: Picture }) => (
            <Radio
              key={value}
              value={value}
              className={classes.card}
              data-checked={value === colorScheme}
              label={
                <span className={classes.cardLabel}>
                  <Picture size={15} aria-hidden />
                  {label}
                </span>
              }
            />
          ))}
        </div>
      </Radio.Group>
    </Panel>
  );
}
