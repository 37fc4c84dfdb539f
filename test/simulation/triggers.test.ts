import { describe, expect, test } from 'vitest';
import { createDocument, setDefaultDocumentVersion, updateDocument } from '../../electron/controller/operations/save-document.ts';
import { createGroup } from '../../electron/controller/operations/save-group.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { aDocument, anotherVersion } from './scripted-document.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

/** Sundays at 02:00; simulated sites begin on such a moment. */
const WEEKLY = { scheduleExpression: 'cron(0 2 ? * SUN *)' };
const WAITS = { ...WEEKLY, applyOnlyAtCronInterval: true };

const BOTH = { 'node-1': 'Success', 'node-2': 'Success' };

/** An association on a site with two nodes, some time after what its creation made run. */
function onTwoNodes(settings: Partial<AssociationDraft> = {}) {
  const site = openSimulatedSite();
  const nodes = site.addNodes(2);
  const { associationId } = site.save({ ...WEEKLY, ...settings });
  site.advance({ hours: 1 });
  return { site, nodes, associationId, since: site.history(associationId).length };
}

/** What ran since, after everything that began has ended. */
function news(site: SimulatedSite, { associationId, since }: Pick<ReturnType<typeof onTwoNodes>, 'associationId' | 'since'>) {
  site.advance({ minutes: 5 });
  return site.history(associationId).slice(since);
}

describe('1: creation', () => {
  test('applies an association to every node that matches', () => {
    const site = openSimulatedSite();
    site.addNodes(2);
    const { associationId } = site.save(WEEKLY);
    site.advance({ minutes: 1 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created', status: 'Success', nodes: BOTH }]);
  });

  test('also one with a future `at`, which then fires as well', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save({ scheduleExpression: 'at(2026-03-02T10:00:00)' });
    site.advance({ days: 3 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created' }, { trigger: 'Schedule', at: '2026-03-02T10:00:00.000Z' }]);
  });

  test('also one with an `at` that has passed: at once, and never again', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save({ scheduleExpression: 'at(2026-02-01T10:00:00)' });
    site.advance({ days: 400 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created', nodes: { 'node-1': 'Success' } }]);
  });

  test('an association without schedule runs once', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save({ scheduleExpression: null });
    site.advance({ days: 40 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created', nodes: { 'node-1': 'Success' } }]);
  });

  test('is blocked by ApplyOnlyAtCronInterval: the first run is the next fire', () => {
    const site = openSimulatedSite();
    site.addNodes(2);
    const { associationId } = site.save(WAITS);
    site.advance({ days: 6 });
    expect(site.history(associationId)).toEqual([]);
    site.advance({ days: 2 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Schedule', at: '2026-03-08T02:00:00.000Z', nodes: BOTH }]);
  });

  test('records nothing where no node matches, and the association stays Pending', () => {
    const site = openSimulatedSite();
    site.addNode();
    const { associationId } = site.save({ ...WEEKLY, targets: [{ key: 'tag:lab', values: ['b12'] }] });
    site.advance({ days: 8 });
    expect(site.history(associationId)).toEqual([]);
    expect(site.association(associationId).overview.status).toBe('Pending');
  });
});

describe('2: the fire of a schedule', () => {
  test('applies the association to all nodes that match then, at every fire', () => {
    const { site, associationId, since } = onTwoNodes();
    site.advance({ days: 14 });
    expect(news(site, { associationId, since })).toMatchObject([
      { trigger: 'Schedule', at: '2026-03-08T02:00:00.000Z', fireAt: '2026-03-08T02:00:00.000Z', nodes: BOTH },
      { trigger: 'Schedule', at: '2026-03-15T02:00:00.000Z', fireAt: '2026-03-15T02:00:00.000Z', nodes: BOTH },
    ]);
  });

  test('counts a rate from the run that creation made, without drift', () => {
    const { site, associationId } = onTwoNodes({ scheduleExpression: 'rate(50 minutes)' });
    site.advance({ hours: 99 });
    const fires = site.history(associationId).map(({ at }) => Date.parse(at));
    expect(fires).toHaveLength(121);
    expect(new Set(fires.slice(1).map((at, place) => at - (fires[place] ?? 0)))).toEqual(new Set([50 * 60_000]));
  });
});

describe('3: an edit', () => {
  const edits: [string, Partial<AssociationDraft>][] = [
    ['the document version', { documentVersion: '1' }],
    ['parameters', { parameters: { commands: ['date'] } }],
    ['the schedule', { scheduleExpression: 'cron(0 3 ? * MON *)' }],
    ['the output location', { outputLocation: { outputS3Region: null, outputS3BucketName: 'lab-output', outputS3KeyPrefix: null } }],
    ['rate control', { maxConcurrency: '1' }],
    ['nothing at all', {}],
  ];
  test.each(edits)('of %s alone runs the association once, in its new version', (_what, settings) => {
    const { site, associationId, since } = onTwoNodes();
    site.edit(associationId, settings);
    expect(news(site, { associationId, since })).toMatchObject([{ trigger: 'Edited', version: 2, nodes: BOTH }]);
  });

  test.each([{ associationName: 'renamed' }, { complianceSeverity: 'HIGH' as const }])(
    'that no node can feel (%o) makes a version and runs nothing',
    (settings) => {
      const { site, associationId, since } = onTwoNodes();
      site.edit(associationId, settings);
      expect(site.association(associationId).associationVersion).toBe(2);
      expect(news(site, { associationId, since })).toEqual([]);
    },
  );

  test('is blocked by ApplyOnlyAtCronInterval: the new version first runs at the next fire', () => {
    const { site, associationId, since } = onTwoNodes(WAITS);
    site.edit(associationId, { parameters: { commands: ['date'] } });
    expect(news(site, { associationId, since })).toEqual([]);
    site.advance({ days: 7 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Schedule', version: 2, nodes: BOTH }]);
  });
});

describe('4: a change of the document', () => {
  function followers(settings: Partial<AssociationDraft> = {}) {
    const site = openSimulatedSite();
    site.addNode();
    site.perform((context) => createDocument(context, aDocument()));
    const follow = (documentVersion: string) =>
      site.save({ ...WEEKLY, ...settings, documentName: 'Lab-Document', documentVersion, parameters: {} }).associationId;
    const [ofDefault, ofLatest, pinned] = [follow('$DEFAULT'), follow('$LATEST'), follow('1')];
    site.advance({ hours: 1 });
    const changed = () => {
      site.advance({ minutes: 5 });
      const runs = (id: typeof ofDefault) => site.history(id).filter(({ trigger }) => trigger === 'DocumentChanged').length;
      return { ofDefault: runs(ofDefault), ofLatest: runs(ofLatest), pinned: runs(pinned) };
    };
    return { site, changed };
  }

  test('a new version runs the associations that follow $LATEST, and no others', () => {
    const { site, changed } = followers();
    site.perform((context) => updateDocument(context, anotherVersion()));
    expect(changed()).toEqual({ ofDefault: 0, ofLatest: 1, pinned: 0 });
  });

  test('another default version runs those that follow $DEFAULT, and no others', () => {
    const { site, changed } = followers();
    site.perform((context) => updateDocument(context, anotherVersion()));
    site.perform((context) => setDefaultDocumentVersion(context, 'Lab-Document', 2));
    expect(changed()).toEqual({ ofDefault: 1, ofLatest: 1, pinned: 0 });
  });

  test('is blocked by ApplyOnlyAtCronInterval', () => {
    const { site, changed } = followers(WAITS);
    site.perform((context) => updateDocument(context, anotherVersion()));
    site.perform((context) => setDefaultDocumentVersion(context, 'Lab-Document', 2));
    expect(changed()).toEqual({ ofDefault: 0, ofLatest: 0, pinned: 0 });
  });
});

describe('6: a manual start', () => {
  test('applies the association to all of its nodes, also while it waits for its interval', () => {
    const { site, associationId, since } = onTwoNodes(WAITS);
    site.applyNow(associationId);
    expect(news(site, { associationId, since })).toMatchObject([{ trigger: 'Manual', nodes: BOTH }]);
  });

  test('leaves the schedule as it is', () => {
    const { site, associationId } = onTwoNodes();
    const { nextRunAt } = site.association(associationId);
    site.applyNow(associationId);
    expect(site.association(associationId).nextRunAt).toEqual(nextRunAt);
  });
});

describe('7: a node that starts to match', () => {
  const TAGGED = { targets: [{ key: 'tag:lab', values: ['b12'] }] };

  test('runs at once when it is tagged, and no other node does', () => {
    const { site, nodes, associationId, since } = onTwoNodes(TAGGED);
    const [first, second] = nodes;
    site.setTags(first!, { lab: 'b12' });
    site.advance({ minutes: 5 });
    site.setTags(second!, { lab: 'b12' });
    expect(news(site, { associationId, since })).toMatchObject([
      { trigger: 'NodeMatched', nodes: { 'node-1': 'Success' } },
      { trigger: 'NodeMatched', nodes: { 'node-2': 'Success' } },
    ]);
  });

  test('runs at once when it is online for the first time', () => {
    const { site, associationId, since } = onTwoNodes();
    const third = site.addNode({ isConnected: false });
    site.advance({ hours: 1 });
    expect(site.history(associationId)).toHaveLength(since);
    site.connect(third);
    expect(news(site, { associationId, since })).toMatchObject([{ trigger: 'NodeMatched', nodes: { 'node-3': 'Success' } }]);
  });

  test('runs at once when a group that is targeted begins to have it', () => {
    const { site, nodes, associationId, since } = onTwoNodes({ targets: [{ key: 'tag:lab', values: ['x'] }] });
    site.perform((context) => createGroup(context, { name: 'lab-b12', description: '', tagFilters: [{ key: 'lab', values: ['b12'] }] }));
    site.edit(associationId, { targets: [{ key: 'resource-groups:Name', values: ['lab-b12'] }] });
    site.setTags(nodes[0]!, { lab: 'b12' });
    expect(news(site, { associationId, since })).toMatchObject([{ trigger: 'NodeMatched', nodes: { 'node-1': 'Success' } }]);
  });

  test('waits for the next fire with ApplyOnlyAtCronInterval', () => {
    const { site, nodes, associationId } = onTwoNodes({ ...TAGGED, ...WAITS });
    site.setTags(nodes[0]!, { lab: 'b12' });
    site.advance({ days: 6 });
    expect(site.history(associationId)).toEqual([]);
    site.advance({ days: 1 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Schedule', nodes: { 'node-1': 'Success' } }]);
  });

  test('a node that stops to match runs no more, and its compliance item goes', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    const { associationId } = site.save({ ...WEEKLY, ...TAGGED });
    site.advance({ hours: 1 });
    const items = () => site.complianceOf(node);
    expect(items()).toEqual([{ associationId, status: 'COMPLIANT' }]);
    site.setTags(node, {});
    expect(items()).toEqual([]);
    site.advance({ days: 30 });
    expect(site.history(associationId)).toMatchObject([{ trigger: 'Created' }]);
  });
});

describe('8: a node that is online again after missing a fire', () => {
  test('catches up once, however many fires it missed', () => {
    const { site, nodes, associationId, since } = onTwoNodes();
    site.disconnect(nodes[1]!);
    site.advance({ days: 22 });
    site.connect(nodes[1]!);
    expect(news(site, { associationId, since })).toMatchObject([
      { trigger: 'Schedule', nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)' } },
      { trigger: 'Schedule', nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)' } },
      { trigger: 'Schedule', nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)' } },
      { trigger: 'CatchUp', nodes: { 'node-2': 'Success' } },
    ]);
  });

  test('also with ApplyOnlyAtCronInterval: the interval that it missed is what it catches up', () => {
    const { site, nodes, associationId, since } = onTwoNodes(WAITS);
    site.disconnect(nodes[1]!);
    site.advance({ days: 7 });
    site.connect(nodes[1]!);
    expect(news(site, { associationId, since }).at(-1)).toMatchObject({ trigger: 'CatchUp', nodes: { 'node-2': 'Success' } });
  });

  test('has nothing to catch up when it missed no fire', () => {
    const { site, nodes, associationId, since } = onTwoNodes();
    site.disconnect(nodes[1]!);
    site.advance({ days: 5 });
    site.connect(nodes[1]!);
    expect(news(site, { associationId, since })).toEqual([]);
  });

  test.each([
    ['is left to the next fire when that is less than 30 minutes away', '01:30:01', false],
    ['runs when the next fire is 30 minutes away', '01:30:00', true],
  ])('%s', (_sentence, at, catchesUp) => {
    const { site, nodes, associationId } = onTwoNodes();
    site.disconnect(nodes[1]!);
    site.advance({ days: 8 });
    site.advanceTo(`2026-03-15T${at}Z`);
    site.connect(nodes[1]!);
    site.advanceTo('2026-03-15T01:59:00Z');
    expect(site.history(associationId).some(({ trigger }) => trigger === 'CatchUp')).toBe(catchesUp);
    site.advance({ minutes: 5 });
    expect(site.history(associationId).at(-1)).toMatchObject({ trigger: 'Schedule', nodes: BOTH });
  });

  test.each([
    ['without schedule', { scheduleExpression: null }],
    ['with `at`', { scheduleExpression: 'at(2026-03-01T03:30:00)', applyOnlyAtCronInterval: true }],
  ])('a one-time run %s reaches a node that was away when it returns, once', (_what, settings) => {
    const site = openSimulatedSite();
    const [, away] = site.addNodes(2);
    site.disconnect(away!);
    const { associationId } = site.save(settings);
    site.advance({ days: 20 });
    site.connect(away!);
    site.advance({ days: 1 });
    site.disconnect(away!);
    site.advance({ days: 1 });
    site.connect(away!);
    site.advance({ days: 1 });
    expect(site.history(associationId)).toMatchObject([
      { nodes: { 'node-1': 'Success', 'node-2': 'Skipped (NodeOffline)' } },
      { trigger: 'CatchUp', nodes: { 'node-2': 'Success' } },
    ]);
  });
});

describe('9: a node that was stopped for more than 30 days', () => {
  function awayFor(days: number, settings: Partial<AssociationDraft>) {
    const { site, nodes, associationId, since } = onTwoNodes(settings);
    site.disconnect(nodes[1]!);
    site.advance({ days });
    site.connect(nodes[1]!);
    return news(site, { associationId, since }).filter(({ nodes: ran }) => ran['node-2'] === 'Success');
  }

  test('runs all its associations, also those that ran for good and those that wait for an interval', () => {
    expect(awayFor(31, { scheduleExpression: null })).toMatchObject([{ trigger: 'LongAbsence' }]);
    const soon = 'at(2027-01-01T00:00:00)';
    expect(awayFor(31, { scheduleExpression: soon, applyOnlyAtCronInterval: true })).toMatchObject([{ trigger: 'LongAbsence' }]);
  });

  test('runs none that it missed nothing of when it was away for 29 days', () => {
    expect(awayFor(29, { scheduleExpression: null })).toEqual([]);
  });
});
