import { expect, test } from 'vitest';
import { AssociationId } from '../../../agent/protocol/ids.ts';
import { deletedSentence } from '../../../renderer/associations/use-delete.ts';

const named = (title: string, last: number) => ({
  title,
  associationId: AssociationId.parse(`0f4e7a3c-52d4-4b0e-9a3f-6d1c0f4e8a2${last}`),
});

test('says what is deleted, and of what is not, why', () => {
  const [backup, updates] = [named('Backup', 1), named('Updates', 2)];
  expect(deletedSentence([backup], [])).toBe('“Backup” is deleted.');
  expect(deletedSentence([backup, updates], [])).toBe('2 associations deleted.');
  const failure = { associationId: updates.associationId, message: 'It is not there any more.' };
  expect(deletedSentence([backup, updates], [failure])).toBe('1 association deleted. “Updates” is not: It is not there any more.');
});
