import type { AssociationPreview } from '../../electron/api/associations.ts';
import { plural } from '../ui/moment.ts';

/** Whether and where saving runs it, in one sentence. */
export function runsOnSaveSentence({ runsOnSave, matching }: Pick<AssociationPreview, 'runsOnSave' | 'matching'>, isNew: boolean): string {
  if (!runsOnSave) return isNew ? 'Saving runs nothing: the first run is the next one on the schedule' : 'Saving runs nothing';
  if (matching.total === 0) return 'Saving runs nothing now: no machine matches';
  if (matching.online === 0) return 'Saving runs it, but none of the machines is connected now; each gets it when it comes back';
  const away = matching.total - matching.online;
  const rest = away === 0 ? '' : `; ${away} more when ${away === 1 ? 'it comes' : 'they come'} back`;
  return `Saving runs it now on ${plural(matching.online, 'machine')}${rest}`;
}

export function paceSentence({ concurrency, matching }: Pick<AssociationPreview, 'concurrency' | 'matching'>): string {
  return concurrency >= matching.total ? 'All of them at the same time' : `${plural(concurrency, 'machine')} at a time`;
}

export function errorsSentence({ toleratedErrors, matching }: Pick<AssociationPreview, 'toleratedErrors' | 'matching'>): string {
  if (toleratedErrors >= matching.total) return 'Goes on to the end, however many fail.';
  if (toleratedErrors === 0) return 'Stops at the first error: machines that have not started are left out.';
  return `Stops when more than ${plural(toleratedErrors, 'machine')} failed: those that have not started are left out.`;
}

/** How many are hit first, as a short label for the button that does it. */
export function saveLabel({ runsOnSave, matching }: Pick<AssociationPreview, 'runsOnSave' | 'matching'>): string {
  return runsOnSave && matching.online > 0 ? `Save and run on ${plural(matching.online, 'machine')}` : 'Save';
}
