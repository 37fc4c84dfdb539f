import { describe, expect, onTestFinished, test } from 'vitest';
import { warningsOf } from '../../../../agent/document/compatibility.ts';
import { deleteDocument } from '../../../../electron/controller/operations/delete-document.ts';
import { documentsRunning } from '../../../../electron/controller/operations/document-users.ts';
import { saveAssociation } from '../../../../electron/controller/operations/save-association.ts';
import type { DocumentUpdate, NewDocument } from '../../../../electron/controller/operations/save-document.ts';
import {
  createDocument,
  createDocuments,
  setDefaultDocumentVersion,
  updateDefaultVersion,
  updateDocument,
} from '../../../../electron/controller/operations/save-document.ts';
import type { DocumentLimits } from '../../../../electron/domain/managed-document.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openDocumentDesk } from '../../../builders/document-desk.ts';
import { vectorText } from '../../../vectors.ts';

function desk(limits: Partial<DocumentLimits> = {}) {
  const opened = openDocumentDesk(limits);
  onTestFinished(opened.close);
  return opened;
}

const script = (line: string): string =>
  JSON.stringify({
    schemaVersion: '2.2',
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: [line] } }],
  });

const aDocument = (part: Partial<NewDocument> = {}): NewDocument => ({
  name: 'My-Document',
  documentType: 'Command',
  displayName: null,
  versionName: null,
  format: 'JSON',
  content: script('exit 0'),
  ...part,
});

const anUpdate = (part: Partial<DocumentUpdate> = {}): DocumentUpdate => ({
  name: 'My-Document',
  documentVersion: '$LATEST',
  versionName: null,
  format: 'JSON',
  content: script('exit 1'),
  ...part,
});

const calendar = vectorText('document-samples/22-calendar-default-open.ics');
const whole = (name: string) => ({ name, documentVersion: null, versionName: null });
const code = (name: string) => expect.objectContaining({ code: name });

describe('versions', () => {
  test('the first is default and newest; the next is newest, and the default stays until it is moved', () => {
    const context = desk();
    createDocument(context, aDocument({ versionName: 'first', displayName: 'My document' }));
    updateDocument(context, anUpdate({ versionName: 'Rel_1.0-b' }));
    expect(context.stores.documents.find('My-Document')).toMatchObject({
      defaultVersion: 1,
      latestVersion: 2,
      displayName: 'My document',
      schemaVersion: '2.2',
    });
    expect(context.stores.documents.versions('My-Document').map(({ versionName }) => versionName)).toEqual(['Rel_1.0-b', 'first']);
    setDefaultDocumentVersion(context, 'My-Document', 2);
    expect(context.library.find('My-Document', '$DEFAULT').version.documentVersion).toBe(2);
  });

  test('the next is made of the newest one only', () => {
    const context = desk();
    createDocument(context, aDocument());
    updateDocument(context, anUpdate({ documentVersion: '1' }));
    const stale = () => updateDocument(context, anUpdate({ documentVersion: '1', content: script('exit 2') }));
    expect(stale).toThrow(code('InvalidDocumentVersion'));
    expect(stale).toThrow('Version 1 is not the newest of document “My-Document”: that is version 2.');
    expect(context.stores.documents.countVersions('My-Document')).toBe(2);
  });

  test('have names that are given once and are of plain letters', () => {
    const context = desk();
    createDocument(context, aDocument({ versionName: 'first' }));
    expect(() => updateDocument(context, anUpdate({ versionName: 'first' }))).toThrow(code('DuplicateDocumentVersionName'));
    for (const versionName of ['', 'a b', 'ä', 'x'.repeat(129)]) {
      expect(() => updateDocument(context, anUpdate({ versionName }))).toThrow(code('ValidationException'));
    }
    updateDocument(context, anUpdate({ versionName: 'x'.repeat(128) }));
    createDocument(context, aDocument({ name: 'Another', versionName: 'first' }));
    expect(context.stores.documents.countVersions('My-Document')).toBe(2);
  });

  test('of the same content one after the other are refused', () => {
    const context = desk();
    createDocument(context, aDocument());
    expect(() => updateDocument(context, anUpdate({ content: script('exit 0') }))).toThrow(code('DuplicateDocumentContent'));
  });

  test('and documents have limits', () => {
    const documents = openDocumentDesk().stores.documents.count();
    const context = desk({ documents: documents + 1, versionsPerDocument: 2 });
    createDocument(context, aDocument());
    expect(() => createDocument(context, aDocument({ name: 'Another' }))).toThrow(code('DocumentLimitExceeded'));
    updateDocument(context, anUpdate());
    expect(() => updateDocument(context, anUpdate({ content: script('exit 2') }))).toThrow(code('DocumentVersionLimitExceeded'));
  });
});

describe('names', () => {
  test.each(['ab', 'a b c', 'AWS-Mine', 'aMaZon-x', 'amzn.doc', 'awsec2', 'AWSSupport-x', 'Holdfast-x', '../../etc', 'x'.repeat(129)])(
    '%j is not a name for a document of the site',
    (name) => {
      expect(() => createDocument(desk(), aDocument({ name }))).toThrow(code('ValidationException'));
    },
  );

  test('are given once', () => {
    const context = desk();
    createDocument(context, aDocument());
    expect(() => createDocument(context, aDocument({ documentType: 'ChangeCalendar', format: 'TEXT', content: calendar }))).toThrow(
      code('DocumentAlreadyExists'),
    );
  });
});

test('a version that is to be the default is saved as that, or not at all', () => {
  const context = desk();
  createDocument(context, aDocument());
  const setDefault = () => {
    throw new Error('the disk is full');
  };
  const failing = { ...context, stores: { ...context.stores, documents: { ...context.stores.documents, setDefault } } };
  expect(() => updateDefaultVersion(failing, anUpdate())).toThrow('the disk is full');
  expect(context.stores.documents.find('My-Document')).toMatchObject({ defaultVersion: 1, latestVersion: 1 });
  updateDefaultVersion(context, anUpdate());
  expect(context.stores.documents.find('My-Document')).toMatchObject({ defaultVersion: 2, latestVersion: 2 });
});

describe('deleting', () => {
  test('takes one version by its number or its name, and its number is not given again', () => {
    const context = desk();
    createDocument(context, aDocument());
    updateDocument(context, anUpdate({ versionName: 'second' }));
    updateDocument(context, anUpdate({ content: script('exit 2') }));
    deleteDocument(context, { name: 'My-Document', documentVersion: 3, versionName: null });
    expect(context.stores.documents.find('My-Document')?.latestVersion).toBe(2);
    deleteDocument(context, { name: 'My-Document', documentVersion: null, versionName: 'second' });
    expect(context.stores.documents.find('My-Document')?.latestVersion).toBe(1);
    updateDocument(context, anUpdate());
    expect(context.stores.documents.versions('My-Document').map(({ documentVersion }) => documentVersion)).toEqual([4, 1]);
  });

  test('the newest version goes in one commit with the runs that it makes, or not at all', () => {
    const context = desk();
    createDocument(context, aDocument());
    updateDocument(context, anUpdate());
    saveAssociation(context, {
      edit: null,
      draft: anAssociation({ documentName: 'My-Document', documentVersion: '$LATEST', parameters: {} }),
    });
    const exists = () => {
      throw new Error('the disk is full');
    };
    const failing = { ...context, stores: { ...context.stores, executions: { ...context.stores.executions, exists } } };
    const newest = { name: 'My-Document', documentVersion: 2, versionName: null };
    expect(() => deleteDocument(failing, newest)).toThrow('the disk is full');
    expect(context.stores.documents.find('My-Document')?.latestVersion).toBe(2);
    deleteDocument(context, newest);
    expect(context.stores.documents.find('My-Document')?.latestVersion).toBe(1);
  });

  test('the default version is refused while there are others', () => {
    const context = desk();
    createDocument(context, aDocument());
    updateDocument(context, anUpdate());
    const deleteDefault = () => deleteDocument(context, { name: 'My-Document', documentVersion: 1, versionName: null });
    expect(deleteDefault).toThrow(code('InvalidDocumentOperation'));
    deleteDocument(context, { name: 'My-Document', documentVersion: 2, versionName: null });
    deleteDefault();
    expect(context.stores.documents.find('My-Document')).toBeNull();
  });

  test('what is not there is refused', () => {
    const context = desk();
    createDocument(context, aDocument());
    expect(() => deleteDocument(context, whole('Nothing'))).toThrow(code('InvalidDocument'));
    expect(() => deleteDocument(context, { ...whole('My-Document'), documentVersion: 7 })).toThrow(code('InvalidDocumentVersion'));
    expect(() => deleteDocument(context, { ...whole('My-Document'), versionName: 'x' })).toThrow(code('InvalidDocumentVersion'));
  });

  test('what an association runs is refused, the whole document and a version that it names', () => {
    const context = desk();
    createDocument(context, aDocument());
    updateDocument(context, anUpdate());
    const draft = anAssociation({ documentName: 'My-Document', documentVersion: '2', parameters: {} });
    saveAssociation(context, { edit: null, draft });
    expect(() => deleteDocument(context, whole('My-Document'))).toThrow(code('AssociatedInstances'));
    expect(() => deleteDocument(context, { ...whole('My-Document'), documentVersion: 2 })).toThrow(code('AssociatedInstances'));
  });

  test('documents of Holdfast are refused', () => {
    expect(() => deleteDocument(desk(), whole('Holdfast-RunShellScript'))).toThrow(code('InvalidDocumentOperation'));
  });
});

describe('several documents', () => {
  test('are all saved, or none of them', () => {
    const context = desk();
    const [first, second] = [aDocument({ name: 'First' }), aDocument({ name: 'Second' })];
    expect(() => createDocuments(context, [first, second, first])).toThrow(code('DocumentAlreadyExists'));
    expect(() => createDocuments(context, [first, { ...second, content: '{}' }])).toThrow(code('InvalidDocumentContent'));
    expect(context.stores.documents.find('First')).toBeNull();
    createDocuments(context, [first, second]);
    expect(context.stores.documents.find('Second')?.latestVersion).toBe(1);
  });
});

describe('a document that runs another', () => {
  test('is known by the name in its step, with a version or without', () => {
    const context = desk();
    const running = (documentPath: string) => {
      const inputs = { documentType: 'SSMDocument', documentPath };
      return JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ action: 'aws:runDocument', name: 'child', inputs }] });
    };
    createDocuments(context, [
      aDocument({ name: 'Child' }),
      aDocument({ name: 'Parent', content: running('Child') }),
      aDocument({ name: 'Pinned', content: running('Child:3') }),
      aDocument({ name: 'Other', content: running('Children') }),
    ]);
    expect(documentsRunning(context, 'Child')).toEqual(['Parent', 'Pinned']);
    expect(documentsRunning(context, 'Parent')).toEqual([]);
  });
});

describe('an association', () => {
  test('may be of a document with a step that cannot run here: the step will fail, and the document says so', () => {
    const context = desk();
    const step = { action: 'aws:cloudWatch', name: 'watch', inputs: {} };
    createDocument(context, aDocument({ content: JSON.stringify({ schemaVersion: '2.2', mainSteps: [step] }) }));
    saveAssociation(context, { edit: null, draft: anAssociation({ documentName: 'My-Document', parameters: {} }) });
    const { report } = context.library.open('My-Document', '$DEFAULT');
    expect(warningsOf(report)[0]?.message).toContain('aws:cloudWatch cannot run here: AWS has retired it');
  });

  test('gives a document no more values than fit with it into 64 KiB', () => {
    const context = desk();
    const save = (characters: number) => saveAssociation(context, { edit: null, draft: anAssociation({ script: 'x'.repeat(characters) }) });
    expect(() => save(65_000)).toThrow(code('MaxDocumentSizeExceeded'));
    expect(() => save(60_000)).not.toThrow();
  });
});

describe('types', () => {
  test('a runbook is kept and checked, and no association runs it', () => {
    const context = desk();
    const content = vectorText('document-samples/09-runbook-v03.yaml');
    createDocument(context, aDocument({ documentType: 'Automation', format: 'YAML', content }));
    expect(context.stores.documents.find('My-Document')).toMatchObject({ documentType: 'Automation', schemaVersion: '0.3' });
    const save = () => saveAssociation(context, { edit: null, draft: anAssociation({ documentName: 'My-Document', parameters: {} }) });
    expect(save).toThrow('Document “My-Document” is a runbook (type Automation), which this version of Holdfast does not run.');
  });

  test('what schema 1.2 is, stays: it has no further versions', () => {
    const context = desk();
    createDocument(context, aDocument({ content: vectorText('document-samples/05-legacy-v12.json') }));
    expect(() => updateDocument(context, anUpdate())).toThrow(code('InvalidDocumentOperation'));
  });

  test('a change calendar is iCalendar text, and no association runs it', () => {
    const context = desk();
    createDocument(context, aDocument({ name: 'Freeze', documentType: 'ChangeCalendar', format: 'TEXT', content: calendar }));
    expect(context.library.open('Freeze', '$DEFAULT').content.kind).toBe('calendar');
    const draft = anAssociation({ documentName: 'Freeze', parameters: {} });
    const save = () => saveAssociation(context, { edit: null, draft });
    expect(save).toThrow(code('InvalidDocument'));
    expect(save).toThrow('Document “Freeze” is a change calendar: an association can wait for it, but not run it.');
  });

  test.each([
    { documentType: 'ChangeCalendar', format: 'YAML', content: calendar },
    { documentType: 'ChangeCalendar', format: 'TEXT', content: script('exit 0') },
    { documentType: 'Command', format: 'TEXT', content: script('exit 0') },
    { documentType: 'Policy', format: 'TEXT', content: calendar },
  ] as const)('$documentType in the format $format is refused when that is not its own', (part) => {
    expect(() => createDocument(desk(), aDocument(part))).toThrow(code('InvalidDocumentContent'));
  });

  test('a document of Holdfast always runs its default version', () => {
    const context = desk();
    const { documents } = context.stores;
    const first = documents.version('Holdfast-RunShellScript', 1);
    if (first === null) throw new Error('There is no starter document.');
    documents.addVersion({ ...first, documentVersion: 2 }, { description: '', platformTypes: [] });
    expect(context.library.find('AWS-RunShellScript', '2').version.documentVersion).toBe(1);
    expect(context.library.exactly('Holdfast-RunShellScript', 2).version.documentVersion).toBe(2);
    expect(() => context.library.find('AWS-RunShellScript', '99')).toThrow(code('InvalidDocumentVersion'));
  });
});
