import { ActionIcon, Kbd, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconMenu2, IconMoon, IconPlugConnectedX, IconSearch, IconSun } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useConnectionState } from '../client/connection-context.ts';
import { useCall } from '../client/use-call.ts';
import { address } from '../routes.ts';
import { healthLooks } from '../terms/looks.ts';
import { clockTime, exactTime, localZone, zoneOffset } from '../ui/moment.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useTimeText } from '../ui/ticker.ts';
import classes from './top-bar.module.css';
import { openNavigation, openPalette, openShortcutList } from './window-state.ts';

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

export function TopBar() {
  const facts = useCall(calls.site.facts());
  const keys = isApple() ? '⌘K' : 'Ctrl K';
  return (
    <header className={classes.bar}>
      <ActionIcon className={classes.burger} aria-label="Open navigation" size={32} onClick={openNavigation}>
        <IconMenu2 size={18} aria-hidden />
      </ActionIcon>
      <a className={classes.site} href={address.settings()} title="Site">
        {facts.status === 'full' ? facts.answer.siteName : ' '}
      </a>
      <Health />
      <span className={classes.gap} />
      <button type="button" className={classes.search} onClick={openPalette}>
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchLabel}>Search or run a command</span>
        <Kbd size="xs" className={classes.kbd}>
          {keys}
        </Kbd>
      </button>
      <Clock />
      <ThemeMenu />
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon aria-label="Keyboard shortcuts" className={classes.wideOnly} onClick={openShortcutList}>
          <IconKeyboard size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** The line to the controller first; while there is one, how the fleet is. */
function Health() {
  const connection = useConnectionState();
  const overview = useCall(calls.site.overview());
  if (connection.kind !== 'connected') {
    return <StatusBadge tone="warn" icon={IconPlugConnectedX} label={connection.kind === 'connecting' ? 'Connecting' : 'Reconnecting'} />;
  }
  if (overview.status !== 'full') return null;
  const { health, sentence } = overview.answer;
  return (
    <a href={address.overview()} className={classes.health}>
      <StatusBadge {...healthLooks[health]} />
      <span className={classes.sentence}>{sentence}</span>
    </a>
  );
}

function Clock() {
  const time = useTimeText(clockTime);
  const zone = useTimeText(zoneOffset);
  const exact = useTimeText((now) => exactTime(now));
  return (
    <Tooltip label={`${localZone()}\n${exact}`}>
      <time className={classes.clock}>
        {time} <span className="hf-faint">{zone}</span>
      </time>
    </Tooltip>
  );
}

const themes = [
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = themes.find((choice) => choice.value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon aria-label="Theme">
          <Current size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label="Theme">
        {themes.map(({ value, label, icon: Glyph }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Glyph size={15} aria-hidden />}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
