import type { App } from 'electron';

export type Quitting = {
  hasBegun(): boolean;
  /** Quits with a failure's exit code: the app could not do its work. */
  fail(): void;
};

/** Whatever asks the app to quit, the controller is stopped first; the app is gone only when the controller is. */
export function ruleQuitting(app: App, leave: () => Promise<void>): Quitting {
  let exitCode = 0;
  let hasBegun = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (hasBegun) return;
    hasBegun = true;
    void leave().finally(() => app.exit(exitCode));
  });
  return {
    hasBegun: () => hasBegun,
    fail() {
      exitCode = 1;
      app.quit();
    },
  };
}
