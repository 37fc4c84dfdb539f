import { expect, test } from 'vitest';
import { placeOfMember } from '../../../renderer/compliance/json-place.ts';

const text = `{
  "ResourceId": "mi-1",
  "Items": [
    { "Id": "a", "Details": { "x": [1, {"y": "}"}] } },
    {
      "Id": "b\\"c",
      "Status": "FINE"
    }
  ],
  "Last": true
}`;

test.each([
  ['ResourceId', 2, 17],
  ['Items', 3, 12],
  ['Items.0.Id', 4, 13],
  ['Items.0.Details.x.1.y', 4, 46],
  ['Items.1', 5, 5],
  ['Items.1.Status', 7, 17],
  ['Last', 10, 11],
])('the member %s is at line %i, column %i', (member, line, column) => {
  expect(placeOfMember(text, member.split('.'))).toEqual({ line, column });
});

test.each(['Missing', 'Items.2', 'Items.Id', 'ResourceId.x', 'constructor'])('there is no member %s', (member) => {
  expect(placeOfMember(text, member.split('.'))).toBeNull();
});

test.each(['', '{', '{"a"', '[[[', '"', '{]}', 'null'])('a text that is no JSON has no places: %j', (broken) => {
  expect(placeOfMember(broken, ['a', 'b'])).toBeNull();
});
