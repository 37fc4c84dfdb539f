import { create } from 'zustand';

interface WindowState {
  isNavigationSmall: boolean;
  /** The navigation over the page, where the window is narrow. */
  isNavigationOpen: boolean;
  isShortcutListOpen: boolean;
  isPaletteOpen: boolean;
}

const KEPT_AS = 'holdfast.navigation';

/** What belongs to this window alone, and not to the site. */
export const useWindowState = create<WindowState>(() => ({
  isNavigationSmall: window.localStorage.getItem(KEPT_AS) === 'small',
  isNavigationOpen: false,
  isShortcutListOpen: false,
  isPaletteOpen: false,
}));

export function toggleNavigation(): void {
  const isNavigationSmall = !useWindowState.getState().isNavigationSmall;
  window.localStorage.setItem(KEPT_AS, isNavigationSmall ? 'small' : 'wide');
  useWindowState.setState({ isNavigationSmall });
}

export const openNavigation = (): void => useWindowState.setState({ isNavigationOpen: true });
export const closeNavigation = (): void => useWindowState.setState({ isNavigationOpen: false });
export const openShortcutList = (): void => useWindowState.setState({ isShortcutListOpen: true });
export const closeShortcutList = (): void => useWindowState.setState({ isShortcutListOpen: false });
export const openPalette = (): void => useWindowState.setState({ isPaletteOpen: true });
export const closePalette = (): void => useWindowState.setState({ isPaletteOpen: false });
export const togglePalette = (): void => useWindowState.setState(({ isPaletteOpen }) => ({ isPaletteOpen: !isPaletteOpen }));
