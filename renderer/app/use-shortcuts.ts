import { useEffect } from 'react';
import { shortcutFor } from './shortcuts.ts';
import { useWindowState } from './window-state.ts';

const isTypingIn = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null;

function answer(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const target = event.composedPath()[0] ?? event.target;
  const shortcut = shortcutFor({
    key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
    isControl: event.ctrlKey || event.metaKey,
    isAlt: event.altKey,
    isTyping: isTypingIn(target) || useWindowState.getState().isPaletteOpen,
  });
  if (shortcut?.run === undefined) return;
  event.preventDefault();
  shortcut.run();
}

export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', answer);
    return () => window.removeEventListener('keydown', answer);
  }, []);
}
