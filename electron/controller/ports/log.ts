/** The controller's own log: one JSON line an entry, for people who look for a cause. No secrets, no command output. */
export type Log = {
  info(event: string, facts?: Record<string, unknown>): void;
  error(event: string, cause: unknown, facts?: Record<string, unknown>): void;
};
