import { describe, expect, test } from 'vitest';
import { AssociationId } from '../../agent/protocol/ids.ts';
import { deleteAssociations } from '../../electron/controller/operations/delete-associations.ts';
import { deleteParameters } from '../../electron/controller/operations/delete-parameters.ts';
import { previewChange } from '../../electron/controller/operations/preview-change.ts';
import { putParameter } from '../../electron/controller/operations/put-parameter.ts';
import { createDocument, setDefaultDocumentVersion, updateDocument } from '../../electron/controller/operations/save-document.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { anEvent, calendarText } from '../agent/calendar/a-calendar.ts';
import { aDocument, anotherVersion } from './scripted-document.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const WEEKLY = { scheduleExpression: 'cron(0 2 ? * SUN *)' };

function put(site: SimulatedSite, name: string, value: string): void {
  const expectedVersion = site.context.stores.parameters.find(name)?.version ?? null;
  const draft = { name, type: 'String', value, description: '', allowedPattern: null };
  site.perform((context) => putParameter(context, { draft, expectedVersion }));
}

/** A site with two nodes and a parameter, on which everything that creation starts has run. */
function aSite(): SimulatedSite {
  const site = openSimulatedSite();
  site.addNodes(2);
  put(site, '/lab/port', '8080');
  return site;
}

function saved(site: SimulatedSite, settings: Partial<AssociationDraft> & { script?: string } = {}): AssociationId {
  const { associationId } = site.save({ ...WEEKLY, ...settings });
  site.advance({ minutes: 1 });
  return associationId;
}

const reading = (text: string) => ({ parameters: { commands: [text] } });

/** What made the executions of each begin that there are now and were not before `change`. */
function startedBy(site: SimulatedSite, associationIds: readonly AssociationId[], change: () => void): string[][] {
  const before = associationIds.map((associationId) => site.history(associationId).length);
  change();
  site.advance({ minutes: 1 });
  return associationIds.map((associationId, position) =>
    site
      .history(associationId)
      .slice(before[position])
      .map(({ trigger }) => trigger),
  );
}

describe('5: a new value of a parameter', () => {
  test('starts one execution of each association that refers to it, on all of its nodes, and of no other', () => {
    const site = aSite();
    put(site, '/lab/other', '1');
    const refers = saved(site, reading('curl localhost:{{ssm:/lab/port}} {{ssm:/lab/port}}'));
    const refersToOther = saved(site, reading('{{ssm:/lab/other}}'));
    const refersToNone = saved(site, reading('echo /lab/port'));
    const started = startedBy(site, [refers, refersToOther, refersToNone], () => put(site, '/lab/port', '9090'));
    expect(started).toEqual([['ParameterChanged'], [], []]);
    expect(site.history(refers).at(-1)).toMatchObject({ status: 'Success', nodes: { 'node-1': 'Success', 'node-2': 'Success' } });
  });

  test('starts what refers to it by the document that it follows: its content and its defaults, in the version that is followed', () => {
    const site = aSite();
    site.perform((context) => createDocument(context, aDocument({ line: 'echo {{ssm:/lab/port}}' })));
    site.perform((context) => updateDocument(context, anotherVersion({ line: 'echo nothing' })));
    const follows = { documentName: 'Lab-Document', parameters: {} };
    const byDefault = saved(site, follows);
    const byLatest = saved(site, { ...follows, documentVersion: '$LATEST' });
    const byNumber = saved(site, { ...follows, documentVersion: '1' });
    const all = [byDefault, byLatest, byNumber];
    expect(startedBy(site, all, () => put(site, '/lab/port', '1'))).toEqual([['ParameterChanged'], [], ['ParameterChanged']]);
    site.perform((context) => setDefaultDocumentVersion(context, 'Lab-Document', 2));
    site.perform((context) => updateDocument(context, anotherVersion({ line: 'echo {{ssm:/lab/port}}!' })));
    site.advance({ minutes: 1 });
    expect(startedBy(site, all, () => put(site, '/lab/port', '2'))).toEqual([[], ['ParameterChanged'], ['ParameterChanged']]);
  });

  test('starts nothing by a default in whose place the association sends a value', () => {
    const site = aSite();
    const content = JSON.stringify({
      schemaVersion: '2.2',
      parameters: { port: { type: 'String', default: '{{ssm:/lab/port}}' } },
      mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['echo {{ port }}'] } }],
    });
    site.perform((context) => createDocument(context, { ...aDocument(), content }));
    const withDefault = saved(site, { documentName: 'Lab-Document', parameters: {} });
    const overridden = saved(site, { documentName: 'Lab-Document', parameters: { port: ['1'] } });
    expect(startedBy(site, [withDefault, overridden], () => put(site, '/lab/port', '1'))).toEqual([['ParameterChanged'], []]);
  });

  test('is blocked by ApplyOnlyAtCronInterval', () => {
    const site = aSite();
    const waits = saved(site, { ...reading('{{ssm:/lab/port}}'), applyOnlyAtCronInterval: true });
    expect(startedBy(site, [waits], () => put(site, '/lab/port', '1'))).toEqual([[]]);
  });

  test('waits for a calendar that is closed, and runs when it opens', () => {
    const site = aSite();
    const closed = anEvent(['DTSTART:20260301T040000Z', 'DTEND:20260301T060000Z']);
    const content = calendarText([closed], ['X-CALENDAR-TYPE:DEFAULT_OPEN']);
    const calendar = {
      name: 'Freeze',
      documentType: 'ChangeCalendar',
      format: 'TEXT',
      content,
      displayName: null,
      versionName: null,
    } as const;
    site.perform((context) => createDocument(context, calendar));
    const refers = saved(site, { ...reading('{{ssm:/lab/port}}'), calendarNames: ['Freeze'] });
    site.advanceTo('2026-03-01T05:00:00Z');
    put(site, '/lab/port', '9090');
    site.advanceTo('2026-03-01T06:01:00Z');
    const both = (status: string) => ({ 'node-1': status, 'node-2': status });
    expect(site.history(refers).slice(1)).toMatchObject([
      { trigger: 'ParameterChanged', at: '2026-03-01T05:00:00.000Z', nodes: both('Skipped (CalendarClosed)') },
      { at: '2026-03-01T06:00:00.000Z', nodes: both('Success') },
    ]);
  });

  test('that is the old value again starts nothing', () => {
    const site = aSite();
    const refers = saved(site, reading('{{ssm:/lab/port}}'));
    expect(startedBy(site, [refers], () => put(site, '/lab/port', '8080'))).toEqual([[]]);
  });

  test('starts nothing that refers to an older version: that one stays as it is', () => {
    const site = aSite();
    const pinned = saved(site, reading('{{ssm:/lab/port:1}}'));
    expect(startedBy(site, [pinned], () => put(site, '/lab/port', '9090'))).toEqual([[]]);
  });

  test('starts what an edit made refer to it, and not what an edit or a deletion took away from it', () => {
    const site = aSite();
    const [a, b, c] = [saved(site, reading('{{ssm:/lab/port}}')), saved(site, reading('true')), saved(site, reading('{{ssm:/lab/port}}'))];
    put(site, '/lab/port', '1');
    site.edit(a, reading('true'));
    site.edit(b, reading('{{ssm:/lab/port}}'));
    site.perform((context) => deleteAssociations(context, [c]));
    site.advance({ minutes: 1 });
    expect(startedBy(site, [a, b, c], () => put(site, '/lab/port', '2'))).toEqual([[], ['ParameterChanged'], []]);
  });

  test('is not lost when the controller dies right after it', () => {
    const site = aSite();
    const refers = saved(site, reading('{{ssm:/lab/port}}'));
    const draft = { name: '/lab/port', type: 'String', value: '9090', description: '', allowedPattern: null };
    putParameter(site.context, { draft, expectedVersion: 1 });
    site.kill();
    site.start();
    expect(site.history(refers).map(({ trigger }) => trigger)).toEqual(['Created', 'ParameterChanged']);
  });

  test('is previewed as it then runs', () => {
    const site = aSite();
    const refers = saved(site, reading('{{ssm:/lab/port}}'));
    saved(site, reading('{{ssm:/lab/port:1}}'));
    const { now } = previewChange(site.context, { kind: 'parameter', name: '/lab/port' });
    expect(now.rows.map(({ associationId, nodeName, trigger }) => ({ associationId, nodeName, trigger }))).toEqual([
      { associationId: refers, nodeName: 'node-1', trigger: 'ParameterChanged' },
      { associationId: refers, nodeName: 'node-2', trigger: 'ParameterChanged' },
    ]);
  });
});

describe('a parameter that is not there', () => {
  test('fails every target by its name before any step, and each node is not compliant', () => {
    const site = aSite();
    const refers = saved(site, reading('{{ssm:/lab/port}}'));
    site.perform((context) => deleteParameters(context, ['/lab/port']));
    site.advance({ days: 7 });
    const [{ executionId } = { executionId: null }] = site.history(refers).slice(-1);
    if (executionId === null) throw new Error('nothing ran');
    const { stores } = site.context;
    for (const node of site.agents.keys()) {
      expect(stores.executions.target(executionId, node)).toMatchObject({
        status: 'Failed',
        errorCode: 'ParameterNotFound',
        executionSummary: 'There is no parameter /lab/port, to which the run refers.',
        dispatchedAt: null,
      });
      expect(site.complianceOf(node)).toMatchObject([{ associationId: refers, status: 'NON_COMPLIANT' }]);
    }
  });

  test('that comes back starts what refers to it', () => {
    const site = aSite();
    const refers = saved(site, reading('{{ssm:/lab/port}}'));
    site.perform((context) => deleteParameters(context, ['/lab/port']));
    const { now, later } = previewChange(site.context, { kind: 'parameter', name: '/lab/port' });
    expect([now.runs, later.runs]).toEqual([2, 0]);
    expect(startedBy(site, [refers], () => put(site, '/lab/port', '8080'))).toEqual([['ParameterChanged']]);
    expect(site.history(refers).at(-1)).toMatchObject({ status: 'Success' });
  });

  test('is gone in the middle of an execution: the targets whose turn comes then fail, those that ran are as they are', () => {
    const site = aSite();
    const refers = site.save({ ...WEEKLY, ...reading('{{ssm:/lab/port}}'), maxConcurrency: '1', maxErrors: '100%' }).associationId;
    site.perform((context) => deleteParameters(context, ['/lab/port']));
    site.advance({ minutes: 5 });
    expect(site.history(refers)).toMatchObject([{ status: 'Failed', nodes: { 'node-1': 'Success', 'node-2': 'Failed' } }]);
  });
});

test('the oldest of a hundred versions does not go while an association names it by its number', () => {
  const site = aSite();
  for (let value = 2; value <= 100; value += 1) put(site, '/lab/port', String(value));
  const pinned = saved(site, reading('{{ssm:/lab/port:1}}'));
  expect(() => put(site, '/lab/port', 'more')).toThrow(expect.objectContaining({ code: 'ParameterMaxVersionLimitExceeded' }));
  expect(site.context.stores.parameters.find('/lab/port')?.version).toBe(100);
  site.edit(pinned, reading('{{ssm:/lab/port:2}}'));
  put(site, '/lab/port', 'more');
  expect(site.context.stores.parameters.version('/lab/port', 1)).toBeNull();
});

test('who refers to a parameter is found among 2,000 associations without looking at them again', () => {
  const site = aSite();
  put(site, 'rare', '1');
  const template = site.association(saved(site, reading('true')));
  for (let number = 0; number < 2000; number += 1) {
    const associationId = AssociationId.parse(`00000001-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
    const text = number % 1000 === 0 ? '{{ssm:rare}}' : '{{ssm:/lab/port}}';
    site.context.stores.associations.insert({ ...template, ...reading(text), associationId });
    site.context.changes.publish({ kind: 'association', associationId });
  }
  const { parameterUses, stores } = site.context;
  expect(parameterUses.of('rare')).toHaveLength(2);
  const looked = () => {
    throw new Error('looked at an association again');
  };
  Object.assign(stores.associations, { list: looked, find: looked });
  expect(parameterUses.of('rare')).toHaveLength(2);
  expect(parameterUses.of('/lab/port')).toHaveLength(1998);
});
