import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { importedSource } from '../../../renderer/documents/imported-source.ts';
import { vectorFile, vectorText } from '../../vectors.ts';

const { samples } = z
  .object({ samples: z.array(z.object({ file: z.string(), documentType: z.string(), documentFormat: z.string(), valid: z.boolean() })) })
  .parse(vectorFile('document-samples/index.json'));

describe('a file that is brought in', () => {
  test.each(samples.filter(({ valid }) => valid))(
    '$file is a $documentType in $documentFormat',
    ({ file, documentType, documentFormat }) => {
      expect(importedSource(file, vectorText(`document-samples/${file}`))).toMatchObject({ documentType, format: documentFormat });
    },
  );

  test('of nothing but line breaks is looked at in no time', () => {
    expect(importedSource('empty.yaml', '\n'.repeat(131_072)).documentType).toBe('Command');
  }, 5000);

  test('gives its name to the document where it can be one', () => {
    expect(importedSource('My check (2).yaml', '').name).toBe('My-check-2-');
    expect(importedSource('AWS-RunThing.json', '{}').name).toBe('');
    expect(importedSource('a.yaml', '').name).toBe('');
  });
});
