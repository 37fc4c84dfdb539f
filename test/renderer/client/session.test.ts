import { expect, test } from 'vitest';
import { linkIn } from '../../../renderer/client/session.ts';

test('the one-time code is read from the fragment', () => {
  expect(linkIn('#link=abc-123_X')).toBe('abc-123_X');
});

test.each(['', '#/', '#/nodes?link=abc', '#other=abc'])('there is none in %j', (hash) => {
  expect(linkIn(hash)).toBeNull();
});
