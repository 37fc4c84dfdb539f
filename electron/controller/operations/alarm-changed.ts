import type { Context } from './context.ts';

/** What follows when an alarm is raised, cleared or forgotten: everyone who shows it reads again. */
export function alarmChanged({ changes }: Pick<Context, 'changes'>, name: string): void {
  changes.publish({ kind: 'alarm', name });
}
