import type { RefreshedAssociation } from '../../agent/protocol/messages.ts';
import { plural } from '../ui/moment.ts';

const named = (lines: readonly RefreshedAssociation[]): string => lines.map(({ title, because }) => `“${title}” (${because})`).join(', ');

/** What a refresh did, in a sentence or a few. */
export function refreshSentence(lines: readonly RefreshedAssociation[]): string {
  const of = (result: RefreshedAssociation['result']) => lines.filter((line) => line.result === result);
  const [started, leftOut, skipped, failed] = [of('Started'), of('LeftOut'), of('Skipped'), of('Failed')];
  if (lines.length === 0) return 'No association applies here, so nothing runs.';
  const [only] = started;
  const running =
    only === undefined
      ? 'Nothing new runs.'
      : started.length === 1
        ? `“${only.title}” is running.`
        : `${plural(started.length, 'association')} are running.`;
  return [
    running,
    leftOut.length === 0 ? '' : `Left out, as they run or wait already: ${leftOut.map(({ title }) => `“${title}”`).join(', ')}.`,
    skipped.length === 0 ? '' : `Skipped: ${named(skipped)}.`,
    failed.length === 0 ? '' : `Failed: ${named(failed)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
