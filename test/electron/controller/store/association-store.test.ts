import { describe, expect, test } from 'vitest';
import type { AssociationPageQuery } from '../../../../electron/controller/store/association-store.ts';
import { draftOf } from '../../../../electron/domain/association.ts';
import { NO_TARGETS } from '../../../../electron/domain/execution.ts';
import { anExecutionQuery } from './execution-query.ts';
import { minutesOn, NOW } from './instants.ts';
import { anExecution, aStoredAssociation, associationId, insertExecution, insertNodes } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

const aQuery = (settings: Partial<AssociationPageQuery> = {}): AssociationPageQuery => ({
  search: '',
  status: null,
  sort: 'title',
  order: 'ascending',
  offset: 0,
  limit: 200,
  ...settings,
});

describe('an association', () => {
  test('comes back as it was saved', () => {
    const { associations } = temporaryStores();
    const saved = aStoredAssociation(1, {
      parameters: { commands: ['echo "hé"', "rm -rf '/tmp/x'"] },
      targets: [{ key: 'tag:lab', values: ['B12', ''] }],
      scheduleExpression: 'rate(30 minutes)',
      applyOnlyAtCronInterval: true,
      scheduleOffset: 3,
      isSample: true,
      nextRunAt: minutesOn(30),
    });
    associations.insert(saved);
    expect(associations.find(saved.associationId)).toEqual(saved);
    expect(associations.list()).toEqual([saved]);
    expect(associations.sampleIds()).toEqual([saved.associationId]);
  });

  test('keeps the settings of every version', () => {
    const { associations } = temporaryStores();
    const first = aStoredAssociation(1);
    const second = { ...first, associationVersion: 2, maxErrors: '10%', lastUpdatedAt: minutesOn(5), scheduleAnchor: minutesOn(5) };
    associations.insert(first);
    associations.addVersion(second);
    expect(associations.find(first.associationId)).toEqual(second);
    expect(associations.versions(first.associationId)).toEqual([
      { associationVersion: 2, createdAt: minutesOn(5), draft: draftOf(second) },
      { associationVersion: 1, createdAt: NOW, draft: draftOf(first) },
    ]);
  });

  test('has tags that belong to no version', () => {
    const { associations } = temporaryStores();
    const tags = [{ key: 'owner', value: 'Physics’ “lab”' }];
    associations.insert(aStoredAssociation(1));
    associations.setTags(associationId(1), tags);
    expect(associations.find(associationId(1))).toEqual(aStoredAssociation(1, { tags }));
    expect(associations.versions(associationId(1))).toHaveLength(1);
  });

  test('that is deleted is hidden everywhere, while its executions keep its title', () => {
    const { associations, executions, nodes } = temporaryStores();
    insertNodes({ nodes }, 1);
    associations.insert(aStoredAssociation(1, { nextRunAt: NOW }));
    insertExecution({ executions }, anExecution(1), { nodes: [1] });
    associations.delete(associationId(1), minutesOn(1));
    expect(associations.find(associationId(1))).toBeNull();
    expect([associations.list(), associations.due(minutesOn(9)), associations.usingDocument('AWS-RunShellScript')]).toEqual([[], [], []]);
    expect([associations.count(), associations.page(aQuery()).total, associations.earliestNextRun()]).toEqual([0, 0, null]);
    const page = executions.page(anExecutionQuery({ associationId: associationId(1) }));
    expect(page.rows.map((row) => row.title)).toEqual(['association-1']);
  });

  test('whose version is stored already is not stored by half', () => {
    const { associations } = temporaryStores();
    associations.insert(aStoredAssociation(1));
    expect(() => associations.addVersion(aStoredAssociation(1, { associationName: 'renamed' }))).toThrow('UNIQUE');
    expect(associations.find(associationId(1))?.associationName).toBe('association-1');
  });
});

describe('what is due', () => {
  test('is every association whose next run has come, the longest due first', () => {
    const { associations } = temporaryStores();
    for (const [number, nextRunAt] of [
      [1, minutesOn(2)],
      [2, minutesOn(1)],
      [3, minutesOn(3)],
      [4, null],
    ] as const) {
      associations.insert(aStoredAssociation(number, { nextRunAt }));
    }
    expect(associations.due(minutesOn(2)).map((association) => association.associationId)).toEqual([associationId(2), associationId(1)]);
    expect(associations.earliestNextRun()).toEqual(minutesOn(1));
  });

  test('changes with the schedule', () => {
    const { associations } = temporaryStores();
    associations.insert(aStoredAssociation(1, { nextRunAt: minutesOn(1) }));
    associations.setSchedule(associationId(1), { nextRunAt: minutesOn(31), lastFiredAt: minutesOn(1) });
    expect(associations.due(minutesOn(2))).toEqual([]);
    expect(associations.find(associationId(1))).toMatchObject({ nextRunAt: minutesOn(31), lastFiredAt: minutesOn(1) });
  });
});

test('an overview is stored beside the settings', () => {
  const { associations } = temporaryStores();
  associations.insert(aStoredAssociation(1));
  const overview = { status: 'Failed' as const, detailedStatus: 'Failed', counts: { ...NO_TARGETS, Failed: 2 } };
  associations.setOverview(associationId(1), { ...overview, lastExecutionAt: minutesOn(4), lastSuccessfulExecutionAt: null });
  expect(associations.find(associationId(1))).toMatchObject({ overview, lastExecutionAt: minutesOn(4), lastSuccessfulExecutionAt: null });
});

test('the associations that use a document are those that are there', () => {
  const { associations } = temporaryStores();
  associations.insert(aStoredAssociation(1, { documentName: 'Own' }));
  associations.insert(aStoredAssociation(2));
  expect(associations.usingDocument('Own')).toEqual([
    { associationId: associationId(1), title: 'association-1', documentVersion: '$DEFAULT' },
  ]);
});

describe('a page of associations', () => {
  const pageOfThree = (settings: Partial<AssociationPageQuery>) => {
    const { associations } = temporaryStores();
    const overview = { status: 'Failed' as const, detailedStatus: 'Failed', counts: { ...NO_TARGETS } };
    associations.insert(aStoredAssociation(1, { associationName: 'beta', nextRunAt: minutesOn(2) }));
    associations.insert(aStoredAssociation(2, { associationName: 'Alpha', overview }));
    associations.insert(aStoredAssociation(3, { associationName: null, documentName: 'Own_Document', nextRunAt: minutesOn(1) }));
    const { rows, total } = associations.page(aQuery(settings));
    return { ids: rows.map((row) => row.associationId), total };
  };

  test('is sorted by title whatever the case, the document standing in for a missing name', () => {
    expect(pageOfThree({}).ids).toEqual([associationId(2), associationId(1), associationId(3)]);
    expect(pageOfThree({ order: 'descending', limit: 1 })).toEqual({ ids: [associationId(3)], total: 3 });
  });

  test('has those that never run again at the end of their next runs', () => {
    expect(pageOfThree({ sort: 'nextRunAt' }).ids).toEqual([associationId(3), associationId(1), associationId(2)]);
    expect(pageOfThree({ sort: 'nextRunAt', order: 'descending' }).ids).toEqual([associationId(1), associationId(3), associationId(2)]);
  });

  test('can be kept to a status and to what a search finds', () => {
    expect(pageOfThree({ status: 'Failed' })).toEqual({ ids: [associationId(2)], total: 1 });
    expect(pageOfThree({ sort: 'status' }).ids[0]).toBe(associationId(2));
    expect(pageOfThree({ search: 'ALPHA' }).ids).toEqual([associationId(2)]);
    expect(pageOfThree({ search: 'own_' }).ids).toEqual([associationId(3)]);
    expect(pageOfThree({ search: '%' })).toEqual({ ids: [], total: 0 });
  });
});
