import { expect, onTestFinished, test } from 'vitest';
import { deleteEachAssociation } from '../../../../electron/controller/operations/delete-associations.ts';
import { saveAssociation } from '../../../../electron/controller/operations/save-association.ts';
import { anAssociation } from '../../../builders/association.ts';
import { openDocumentDesk } from '../../../builders/document-desk.ts';

function desk(limits: Parameters<typeof openDocumentDesk>[0]) {
  const opened = openDocumentDesk(limits);
  onTestFinished(opened.close);
  return opened;
}

const fault = (code: string) => expect.objectContaining({ code });

test('one association more than the limit is refused', () => {
  const context = desk({ associations: 3 });
  for (let count = 0; count < 3; count += 1) saveAssociation(context, { edit: null, draft: anAssociation() });
  expect(() => saveAssociation(context, { edit: null, draft: anAssociation() })).toThrow(fault('AssociationLimitExceeded'));
  expect(context.stores.associations.count()).toBe(3);
});

test('a version more than the limit is refused', () => {
  const context = desk({ versionsPerAssociation: 3 });
  const { associationId } = saveAssociation(context, { edit: null, draft: anAssociation() });
  const edit = (associationVersion: number) =>
    saveAssociation(context, { edit: { associationId, associationVersion }, draft: anAssociation() });
  edit(1);
  edit(2);
  expect(() => edit(3)).toThrow(fault('AssociationVersionLimitExceeded'));
  expect(context.stores.associations.versions(associationId)).toHaveLength(3);
});

test('a place for output that has no bucket is refused by its name', () => {
  const context = desk({});
  const draft = anAssociation({ outputLocation: { outputS3Region: null, outputS3BucketName: '', outputS3KeyPrefix: null } });
  expect(() => saveAssociation(context, { edit: null, draft })).toThrow(
    expect.objectContaining({ code: 'InvalidOutputLocation', places: [{ field: 'outputLocation.outputS3BucketName' }] }),
  );
});

test('several are deleted each by itself, and those that are not there are told; of none that is there the whole is refused', () => {
  const context = desk({});
  const [first, second, third] = [0, 1, 2].map(() => saveAssociation(context, { edit: null, draft: anAssociation() }).associationId);
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were saved');
  expect(deleteEachAssociation(context, [second])).toEqual([]);
  expect(deleteEachAssociation(context, [first, second, third])).toEqual([
    { associationId: second, message: expect.stringContaining(second) },
  ]);
  expect(context.stores.associations.count()).toBe(0);
  expect(() => deleteEachAssociation(context, [first, second])).toThrow(fault('AssociationDoesNotExist'));
});
