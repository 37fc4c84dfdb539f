import type { ChangePreview, RunLater, RunNow } from '../../electron/domain/change-preview.ts';
import type { ChangeProposal } from '../client/calls.ts';
import { foretoldTriggerText } from '../terms/words.ts';
import { countText, plural } from '../ui/moment.ts';

/** Rows that say the same of several machines, as one: what, of which association, and where. */
export interface MachineGroup {
  key: string;
  associationId: string | null;
  title: string;
  words: string;
  at: Date | null;
  names: readonly string[];
}

/** As a person looks a machine up: lab-2 before lab-10. */
const byName = new Intl.Collator('en', { numeric: true });

type Said = Omit<MachineGroup, 'key' | 'names'> & { name: string };

function grouped(rows: readonly Said[]): MachineGroup[] {
  const groups = new Map<string, { first: Said; names: string[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.associationId, row.title, row.words, row.at]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { first: row, names: [row.name] });
    else known.names.push(row.name);
  }
  return [...groups].map(([key, { first, names }]) => {
    const { associationId, title, words, at } = first;
    return { key, associationId, title, words, at, names: names.sort(byName.compare) };
  });
}

const nowWords = ({ trigger, startsAtOnce }: RunNow): string =>
  startsAtOnce ? foretoldTriggerText(trigger) : `${foretoldTriggerText(trigger)}; as soon as a slot is free or an older run has ended`;

export const nowGroups = ({ now }: ChangePreview): MachineGroup[] =>
  grouped(now.rows.map((row) => ({ ...row, words: nowWords(row), at: null, name: row.nodeName })));

const laterRow = (row: RunLater): Said => ({ ...row, words: row.because, name: row.nodeName });

/** The soonest first; what has no moment comes last. */
export const laterGroups = ({ later }: ChangePreview): MachineGroup[] =>
  grouped(later.rows.map(laterRow)).sort(
    (a, b) => (a.at?.getTime() ?? Number.POSITIVE_INFINITY) - (b.at?.getTime() ?? Number.POSITIVE_INFINITY),
  );

export const leavingGroups = ({ leaves }: ChangePreview): MachineGroup[] =>
  grouped(leaves.rows.map((row) => ({ ...row, words: '', at: null, name: row.nodeName })));

/** The other associations that machines of this change have too, each with those machines. */
export const overlapGroups = ({ overlaps }: ChangePreview): MachineGroup[] =>
  grouped(overlaps.flatMap(({ nodeName, others }) => others.map((other) => ({ ...other, words: '', at: null, name: nodeName }))));

const runs = (part: { runs: number; nodes: number }): string =>
  part.runs === part.nodes ? plural(part.nodes, 'machine') : `${plural(part.nodes, 'machine')}, ${plural(part.runs, 'run')} in all`;

export const nowSentence = ({ now }: ChangePreview): string => (now.runs === 0 ? 'Nothing runs now.' : `Runs now on ${runs(now)}.`);

export const laterSentence = ({ later }: ChangePreview): string => `Runs later on ${runs(later)}`;

export const leavingSentence = ({ leaves }: ChangePreview): string =>
  `${plural(leaves.nodes, 'machine')} ${leaves.nodes === 1 ? 'is' : 'are'} not covered any more`;

export const overlapSentence = ({ overlaps }: ChangePreview): string =>
  `Other associations apply to ${overlaps.length === 1 ? 'one of these machines' : `${countText(overlaps.length)} of these machines`} too`;

/** `a, b, c and 14 more`: `total` may be more than the names that are known. */
export function namesText(names: readonly string[], shown: number): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(', ')} and ${countText(more)} more` : names.join(', ');
}

/** What the button does, with how many machines that hits at once. */
export function confirmText(label: string, kind: ChangeProposal['kind'], { now }: ChangePreview): string {
  if (now.nodes === 0) return label;
  const machines = plural(now.nodes, 'machine');
  return kind === 'apply-now' || kind === 'run-failed' ? `Run on ${machines}` : `${label} and run on ${machines}`;
}

/** What has to be typed before this may be done, and why; null where a click is enough. */
export function typedConfirmation({ needsConfirmation, now, confirmAbove }: ChangePreview): { word: string; label: string } | null {
  if (!needsConfirmation) return null;
  const word = String(now.nodes);
  const limit =
    confirmAbove === 0 ? 'Every run is confirmed here' : `More than ${plural(confirmAbove, 'machine')} at once are confirmed here`;
  return { word, label: `${limit}: type ${word}, the number of machines that run now` };
}
