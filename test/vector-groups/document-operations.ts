import { utf8Bytes } from '../../agent/document/document-size.ts';
import { deleteDocument } from '../../electron/controller/operations/delete-document.ts';
import { saveAssociation } from '../../electron/controller/operations/save-association.ts';
import type { DocumentUpdate, NewDocument } from '../../electron/controller/operations/save-document.ts';
import { createDocument, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { anAssociation } from '../builders/association.ts';
import type { DocumentDesk } from '../builders/document-desk.ts';

interface Bench {
  readonly desk: DocumentDesk;
  /** The document of the sample with this number, under a name of its own. */
  sample(number: string): NewDocument;
}

/** Makes what has to be there already, and answers with the one thing that is to be tried. */
type Preparation = (bench: Bench, found: readonly string[]) => () => void;

const updateOf = ({ name, format }: NewDocument, content: string, part: Partial<DocumentUpdate> = {}): DocumentUpdate => ({
  name,
  documentVersion: '$LATEST',
  versionName: null,
  format,
  content,
  ...part,
});

/** Other content that is as right: only the description is another. */
function described(content: string, description: (before: string) => string): string {
  const found = /(?<key>"description": "|description: )(?<words>[^"\n]*)/.exec(content);
  const { key = '', words = '' } = found?.groups ?? {};
  if (found === null) throw new Error('The sample has no description.');
  const end = found.index + found[0].length;
  return `${content.slice(0, found.index)}${key}${description(words)}${content.slice(end)}`;
}

const changed = (content: string): string => described(content, (before) => `${before} Again.`);

function padded(content: string, bytes: number): string {
  const missing = bytes - utf8Bytes(content);
  return described(content, (before) => `${before}${'x'.repeat(Math.max(0, missing))}`);
}

const sentences: readonly (readonly [RegExp, Preparation])[] = [
  [
    /^content of ([\d,]+) bytes \(pad the description of (\d+)\)$/,
    ({ desk, sample }, [bytes = '', number = '']) => {
      const document = sample(number);
      const content = padded(document.content, Number(bytes.replaceAll(',', '')));
      return () => createDocument(desk, { ...document, content });
    },
  ],
  [
    /^name (\S+)$/,
    ({ desk, sample }, [name = '']) =>
      () =>
        createDocument(desk, { ...sample('01'), name }),
  ],
  [
    /^create (\d+) twice under one name$/,
    ({ desk, sample }, [number = '']) => {
      const document = sample(number);
      createDocument(desk, document);
      return () => createDocument(desk, document);
    },
  ],
  [
    /^update (\d+) with identical content$/,
    ({ desk, sample }, [number = '']) => {
      const document = sample(number);
      createDocument(desk, document);
      return () => updateDocument(desk, updateOf(document, document.content));
    },
  ],
  [
    /^update with a VersionName already used by that document$/,
    ({ desk, sample }) => {
      const document = { ...sample('01'), versionName: 'used' };
      createDocument(desk, document);
      return () => updateDocument(desk, updateOf(document, changed(document.content), { versionName: 'used' }));
    },
  ],
  [
    /^update (\d+)(?: \(.*\))?$/,
    ({ desk, sample }, [number = '']) => {
      const document = sample(number);
      createDocument(desk, document);
      return () => updateDocument(desk, updateOf(document, changed(document.content)));
    },
  ],
  [
    /^delete the default version while others exist$/,
    ({ desk, sample }) => {
      const document = sample('01');
      createDocument(desk, document);
      updateDocument(desk, updateOf(document, changed(document.content)));
      return () => deleteDocument(desk, { name: document.name, documentVersion: 1, versionName: null });
    },
  ],
  [
    /^delete a document that still has associations$/,
    ({ desk, sample }) => {
      const document = sample('01');
      createDocument(desk, document);
      saveAssociation(desk, { edit: null, draft: anAssociation({ documentName: document.name, parameters: {} }) });
      return () => deleteDocument(desk, { name: document.name, documentVersion: null, versionName: null });
    },
  ],
];

/** What a sentence of the index tells to do; null for one that is not known. */
export function operationOf(sentence: string): { prepared(bench: Bench): () => void } | null {
  for (const [pattern, prepare] of sentences) {
    const found = pattern.exec(sentence.trim());
    if (found !== null) return { prepared: (bench) => prepare(bench, found.slice(1)) };
  }
  return null;
}
