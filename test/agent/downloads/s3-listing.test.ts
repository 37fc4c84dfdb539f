import { expect, test } from 'vitest';
import { readListing } from '../../../agent/downloads/s3-listing.ts';

const listing = (inner: string) =>
  `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</ListBucketResult>`;

test('a listing gives keys as they are, with sizes', () => {
  const xml = listing(
    '<Contents><Key>a &amp; b &lt;c&gt; &#228;&#x1F600;</Key><Size>5</Size></Contents><Contents><Size>-1</Size><Key>b%20</Key></Contents>',
  );
  expect(readListing(xml)).toEqual({
    objects: [
      { key: 'a & b <c> ä😀', size: 5 },
      { key: 'b%20', size: 0 },
    ],
    next: null,
  });
});

test('a listing in which keys are encoded as in an address gives them decoded', () => {
  const xml = listing('<EncodingType>url</EncodingType><Contents><Key>a%20b%2Bc/%0A</Key></Contents><Contents><Key>%zz</Key></Contents>');
  expect(readListing(xml).objects.map(({ key }) => key)).toEqual(['a b+c/\n', '%zz']);
});

test('a listing that is cut says how it goes on', () => {
  expect(readListing(listing('<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>')).next).toBe('a&b');
  expect(readListing(listing('<IsTruncated>false</IsTruncated><NextContinuationToken>x</NextContinuationToken>')).next).toBeNull();
  expect(readListing('no xml at all')).toEqual({ objects: [], next: null });
});
