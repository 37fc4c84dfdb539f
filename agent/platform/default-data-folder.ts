import envPaths from 'env-paths';

/** Where an agent lives when nobody says otherwise: the system's place when it runs for the machine, the user's own place else. */
export function defaultDataFolder(): string {
  const isForTheMachine = process.platform === 'linux' && process.geteuid?.() === 0;
  return isForTheMachine ? '/var/lib/holdfast-agent' : envPaths('holdfast-agent', { suffix: '' }).data;
}
