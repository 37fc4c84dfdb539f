import { expect, test } from 'vitest';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import type { RefreshedAssociation } from '../../../agent/protocol/messages.ts';
import { refreshSentence } from '../../../renderer/nodes/refresh-words.ts';

const line = (title: string, result: RefreshedAssociation['result'], because = ''): RefreshedAssociation => ({
  associationId: AssociationId.parse('0192a1b2-0000-7000-8000-00000000000a'),
  title,
  result,
  because,
});

test.each([
  [[], 'No association applies here, so nothing runs.'],
  [[line('a', 'Started')], '“a” is running.'],
  [[line('a', 'Started'), line('b', 'Started')], '2 associations are running.'],
  [[line('a', 'LeftOut', 'It is in progress.')], 'Nothing new runs. Left out, as they run or wait already: “a”.'],
  [
    [line('a', 'Started'), line('b', 'Skipped', 'CalendarClosed'), line('c', 'Failed', 'There is no document.')],
    '“a” is running. Skipped: “b” (CalendarClosed). Failed: “c” (There is no document.).',
  ],
])('%#', (lines, sentence) => {
  expect(refreshSentence(lines)).toBe(sentence);
});
