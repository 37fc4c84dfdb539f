import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { places } from './places.ts';
import { openShortcutList, togglePalette } from './window-state.ts';

/** A key press, as far as shortcuts ask. */
export interface Press {
  key: string;
  isControl: boolean;
  isAlt: boolean;
  /** In a field or a dialog, where a letter is a letter. */
  isTyping: boolean;
}

export interface Shortcut {
  /** As it is shown; `Mod` is Ctrl, or Cmd on a Mac. */
  keys: readonly string[];
  label: string;
  matches(press: Press): boolean;
  /** Absent where the key is answered elsewhere and is only listed here. */
  run?(): void;
}

const plain = (wanted: string) => (press: Press) => press.key === wanted && !press.isControl && !press.isAlt && !press.isTyping;
const withControl = (wanted: string) => (press: Press) => press.key === wanted && press.isControl && !press.isAlt;
const elsewhere = () => false;

const focusSearch = (): void => document.querySelector<HTMLInputElement>('input[data-search]')?.focus();

/** There are no more keys that are digits. */
const DIGITS = 9;

export const shortcuts: readonly Shortcut[] = [
  { keys: ['Mod', 'K'], label: 'Search, go anywhere, run a command', matches: withControl('k'), run: togglePalette },
  ...places.slice(0, DIGITS).map((place, position): Shortcut => {
    const digit = String(position + 1);
    return { keys: ['Mod', digit], label: place.label, matches: withControl(digit), run: () => goTo(place.href) };
  }),
  { keys: ['N'], label: 'New association', matches: plain('n'), run: () => goTo(address.newAssociation()) },
  { keys: ['M'], label: 'Add a machine', matches: plain('m'), run: () => goTo(address.addMachine()) },
  { keys: ['/'], label: 'Search in the list', matches: plain('/'), run: focusSearch },
  { keys: ['Mod', ','], label: 'Settings', matches: withControl(','), run: () => goTo(address.settings()) },
  { keys: ['?'], label: 'This list', matches: plain('?'), run: openShortcutList },
  { keys: ['↑', '↓'], label: 'Move between rows (also J and K, Home, End)', matches: elsewhere },
  { keys: ['Enter'], label: 'Open the row', matches: elsewhere },
  { keys: ['X'], label: 'Select the row', matches: elsewhere },
  { keys: ['Esc'], label: 'Close what is on top', matches: elsewhere },
];

export const shortcutFor = (press: Press): Shortcut | undefined => shortcuts.find((shortcut) => shortcut.matches(press));
