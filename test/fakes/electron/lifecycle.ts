import type { BrowserContext } from 'playwright-core';

/** What the double's parts have to know of the whole: whether the app is ready, and the browser that shows its windows. */
export const lifecycle = {
  isReady: false,
  browser: null as BrowserContext | null,
  /** The utility processes that run, with their names. */
  processes: new Map<{ readonly pid: number | undefined }, string>(),

  onlyBeforeReady(what: string): void {
    if (this.isReady) throw new Error(`${what} has to be called before the app is ready`);
  },

  onlyWhenReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} cannot be used before the app is ready`);
  },

  shownIn(): BrowserContext {
    this.onlyWhenReady('a window');
    if (this.browser === null) throw new Error('the double of electron has no browser to show a window in');
    return this.browser;
  },
};
