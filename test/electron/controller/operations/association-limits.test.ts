import { expect, onTestFinished, test } from 'vitest';
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
