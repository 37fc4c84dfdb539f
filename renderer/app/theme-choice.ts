import type { MantineColorScheme } from '@mantine/core';
import { isMantineColorScheme, localStorageColorSchemeManager } from '@mantine/core';

const KEPT_AS = 'holdfast.theme';

export const themeKeeper = localStorageColorSchemeManager({ key: KEPT_AS });

function keptTheme(): MantineColorScheme {
  const kept = window.localStorage.getItem(KEPT_AS);
  return isMantineColorScheme(kept) ? kept : 'auto';
}

/** Before anything is drawn. Without a choice the style sheet follows the system by itself, so there is nothing to do. */
export function applyStoredTheme(): void {
  const theme = keptTheme();
  if (theme !== 'auto') document.documentElement.setAttribute('data-mantine-color-scheme', theme);
}
