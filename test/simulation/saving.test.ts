import { expect, test } from 'vitest';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { changeNode } from '../../electron/controller/operations/change-node.ts';
import { previewAssociation } from '../../electron/controller/operations/check-association.ts';
import { createDocument, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { anAssociation } from '../builders/association.ts';
import { aDocument, anotherVersion } from './scripted-document.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

test('a rate goes on counting from the run that it began with, however often the association is renamed', () => {
  const site = openSimulatedSite();
  site.addNode();
  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
  for (let edit = 0; edit < 5; edit += 1) {
    site.advance({ minutes: 25 });
    site.edit(associationId, { associationName: `name-${edit}`, complianceSeverity: edit % 2 === 0 ? 'HIGH' : 'LOW' });
  }
  expect(site.history(associationId)).toMatchObject([
    { trigger: 'Created', at: '2026-03-01T02:00:00.000Z' },
    { trigger: 'Schedule', at: '2026-03-01T03:00:00.000Z' },
    { trigger: 'Schedule', at: '2026-03-01T04:00:00.000Z' },
  ]);
});

test('a preview names the machines as a person looks them up, whatever their ids are', () => {
  const site = openSimulatedSite();
  for (const name of ['lab-10', 'lab-2', 'lab-1']) {
    const nodeId = site.addNode();
    site.perform((context) => changeNode(context, { nodeId, name, tags: [] }));
  }
  const { matching } = site.perform((context) => previewAssociation(context, { associationId: null, draft: anAssociation() }));
  expect(matching.nodes.map(({ name }) => name)).toEqual(['lab-1', 'lab-2', 'lab-10']);
});

test('a rate counts anew from an edit that runs it', () => {
  const site = openSimulatedSite();
  site.addNode();
  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
  site.advance({ minutes: 25 });
  site.edit(associationId, { maxErrors: '1' });
  site.advance({ minutes: 61 });
  expect(site.history(associationId).slice(1)).toMatchObject([
    { trigger: 'Edited', at: '2026-03-01T02:25:00.000Z' },
    { trigger: 'Schedule', at: '2026-03-01T03:25:00.000Z' },
  ]);
});

test('the period rule of an offset holds from any edit, a rename too', () => {
  const site = openSimulatedSite();
  site.addNode();
  // Sundays at 02:00, two days on; a site begins on such a Sunday.
  const schedule = { scheduleExpression: 'cron(0 2 ? * SUN *)', scheduleOffset: 2, applyOnlyAtCronInterval: true };
  const { associationId } = site.save(schedule);
  site.advance({ days: 8 });
  site.edit(associationId, { associationName: 'renamed' });
  site.advance({ days: 8 });
  expect(site.history(associationId)).toMatchObject([{ trigger: 'Schedule', at: '2026-03-17T02:00:00.000Z' }]);
});

/** The disk refuses from the moment at which an execution is to be written. */
function withoutRoomForRuns(site: SimulatedSite, work: () => void): void {
  const { executions } = site.context.stores;
  const { insert } = executions;
  executions.insert = () => {
    throw new Error('the disk is full');
  };
  try {
    expect(work).toThrow('the disk is full');
  } finally {
    executions.insert = insert;
  }
}

test('an association is saved with the run that saving makes, or not at all', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  withoutRoomForRuns(site, () => site.save({ scheduleExpression: 'rate(1 hour)' }));
  expect(site.context.stores.associations.list()).toEqual([]);
  expect(site.context.index.applyingTo(node)).toEqual([]);

  const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
  const elsewhere = { targets: [{ key: 'tag:lab', values: ['b12'] }] };
  site.advance({ minutes: 5 });
  withoutRoomForRuns(site, () => site.edit(associationId, { scheduleExpression: 'rate(2 hours)' }));
  site.edit(associationId, elsewhere);
  expect(site.association(associationId)).toMatchObject({ associationVersion: 2, scheduleExpression: 'rate(1 hour)' });
  withoutRoomForRuns(site, () => site.edit(associationId, { targets: [{ key: 'InstanceIds', values: ['*'] }] }));
  expect(site.context.index.applyingTo(node)).toEqual([]);
  expect(site.association(associationId)).toMatchObject({ associationVersion: 2, ...elsewhere });
});

test('a version of a document is saved with the runs of what follows it, or not at all', () => {
  const site = openSimulatedSite();
  site.addNode();
  site.perform((context) => createDocument(context, aDocument()));
  const { associationId } = site.save({
    documentName: 'Lab-Document',
    documentVersion: '$LATEST',
    parameters: {},
    scheduleExpression: null,
  });
  site.advance({ minutes: 5 });
  withoutRoomForRuns(site, () => site.perform((context) => updateDocument(context, anotherVersion())));
  expect(site.context.stores.documents.find('Lab-Document')).toMatchObject({ latestVersion: 1 });
  expect(site.history(associationId)).toHaveLength(1);
});

test('of several associations that are applied at once all have their runs, or none', () => {
  const site = openSimulatedSite();
  site.addNode();
  const [first, second] = [site.save({ scheduleExpression: null }), site.save({ scheduleExpression: null })];
  site.advance({ minutes: 5 });
  const { executions } = site.context.stores;
  const { insert } = executions;
  let written = 0;
  executions.insert = (...parts) => {
    written += 1;
    if (written === 2) throw new Error('the disk is full');
    insert(...parts);
  };
  expect(() => site.applyNow(first.associationId, second.associationId)).toThrow('the disk is full');
  executions.insert = insert;
  expect([first, second].map(({ associationId }) => site.history(associationId).length)).toEqual([1, 1]);
});

test('an association that was saved under laxer rules is listed, runs on, and is refused only when it is saved again', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const saved = site.save({ scheduleExpression: 'rate(1 hour)' });
  const lax = {
    associationId: AssociationId.parse('0f4e7a3c-52d4-4b0e-9a3f-6d1c0f4e8a27'),
    associationName: 'ab',
    maxErrors: '0005',
    targets: [{ key: 'InstanceIds', values: Array.from({ length: 60 }, () => node) }],
    scheduleExpression: 'rate(20 minutes)',
    duration: 30,
    tags: [{ key: '', value: '' }],
    nextRunAt: site.clock.now(),
  };
  site.perform((context) => {
    context.stores.associations.insert({ ...saved, ...lax });
    context.index.associationChanged(lax.associationId);
  });
  site.advance({ minutes: 50 });
  expect(site.history(lax.associationId).length).toBeGreaterThanOrEqual(2);
  expect(site.context.stores.associations.list()).toHaveLength(2);
  expect(site.context.stores.associations.versions(lax.associationId)).toHaveLength(1);
  expect(() => site.edit(lax.associationId, {})).toThrow(expect.objectContaining({ code: 'ValidationException' }));
});
