import { expect, test } from 'vitest';
import * as z from 'zod';
import { EVERY_NODE, openSsmSite, refusal } from './ssm-site.ts';

const List = z.object({ Associations: z.array(z.object({ AssociationId: z.string() })), NextToken: z.string().optional() });

function listed(site: Pick<ReturnType<typeof openSsmSite>, 'call'>, ...filters: [key: string, value: string][]): string[] {
  const AssociationFilterList = filters.map(([key, value]) => ({ key, value }));
  const answer = site.call('ListAssociations', filters.length === 0 ? {} : { AssociationFilterList });
  return List.parse(answer).Associations.map(({ AssociationId }) => AssociationId);
}

test('each filter finds exactly what it names, and several are ANDed', () => {
  const opened = openSsmSite();
  const { site, create } = opened;
  const good = site.addNode({ tags: { lab: 'good' } });
  site.addNode({ tags: { lab: 'bad' } });
  site.script = ({ nodeId }) => ({ status: nodeId === good ? 'Success' : 'Failed', seconds: 10 });
  opened.call('CreateDocument', {
    Name: 'Own-script',
    Content: '{"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"a","inputs":{"runCommand":["true"]}}]}',
  });
  const success = create({ AssociationName: 'one', Targets: [{ Key: 'tag:lab', Values: ['good'] }] });
  site.advance({ hours: 1 });
  const failed = create({ AssociationName: 'two', Name: 'Own-script', Parameters: {}, Targets: [{ Key: 'tag:lab', Values: ['bad'] }] });
  const pending = create({ AssociationName: 'one', Targets: [{ Key: 'tag:lab', Values: ['none'] }] });
  site.advance({ minutes: 1 });
  expect(listed(opened)).toEqual([success, failed, pending]);
  expect(listed(opened, ['AssociationName', 'one'])).toEqual([success, pending]);
  expect(listed(opened, ['Name', 'Own-script'])).toEqual([failed]);
  expect(listed(opened, ['AssociationId', failed])).toEqual([failed]);
  expect(listed(opened, ['AssociationStatusName', 'Success'])).toEqual([success]);
  expect(listed(opened, ['AssociationStatusName', 'Failed'])).toEqual([failed]);
  expect(listed(opened, ['AssociationStatusName', 'Pending'])).toEqual([pending]);
  expect(listed(opened, ['LastExecutedBefore', '2026-03-01T02:30:00Z'])).toEqual([success]);
  expect(listed(opened, ['LastExecutedAfter', '2026-03-01T02:30:00Z'])).toEqual([failed]);
  expect(listed(opened, ['AssociationName', 'one'], ['AssociationStatusName', 'Pending'])).toEqual([pending]);
  expect(listed(opened, ['InstanceId', good])).toEqual([]);
  expect(listed(opened, ['ResourceGroupName', 'labs'])).toEqual([]);
});

test('a filter that is none is refused', () => {
  const opened = openSsmSite();
  expect(() => listed(opened, ['Colour', 'red'])).toThrow(refusal('ValidationException', 'AssociationFilterList.0.key'));
  expect(() => listed(opened, ['LastExecutedAfter', 'yesterday'])).toThrow(refusal('ValidationException', 'AssociationFilterList.0.value'));
  expect(() => opened.call('ListAssociations', { AssociationFilterList: [] })).toThrow(
    refusal('ValidationException', 'AssociationFilterList'),
  );
});

test('pages follow one another through their tokens, each row once', () => {
  const { call, create } = openSsmSite();
  const ids = Array.from({ length: 7 }, () => create());
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const page = List.parse(call('ListAssociations', { MaxResults: 3, ...(token === undefined ? {} : { NextToken: token }) }));
    expect(page.Associations.length).toBeLessThanOrEqual(3);
    seen.push(...page.Associations.map(({ AssociationId }) => AssociationId));
    token = page.NextToken;
  } while (token !== undefined);
  expect(seen).toEqual(ids);
});

test('a page goes on where the one before ended, whatever was deleted meanwhile', () => {
  const { call, create } = openSsmSite();
  const [first, , third] = [create(), create(), create()];
  const { NextToken } = List.parse(call('ListAssociations', { MaxResults: 2 }));
  call('DeleteAssociation', { AssociationId: first });
  expect(List.parse(call('ListAssociations', { MaxResults: 2, NextToken }))).toEqual({ Associations: [{ AssociationId: third }] });
});

test('a token that is not ours, or of another list, or of other filters, is refused', () => {
  const { call, create } = openSsmSite();
  const AssociationId = create();
  create();
  const { NextToken } = List.parse(call('ListAssociations', { MaxResults: 1 }));
  const refused = refusal('InvalidNextToken', 'NextToken');
  expect(() => call('ListAssociations', { NextToken: 'AAAA' })).toThrow(refused);
  expect(() => call('ListAssociations', { NextToken: NextToken?.replace(/^(.{20})./, '$1*') })).toThrow(refused);
  expect(() => call('ListAssociationVersions', { AssociationId, NextToken })).toThrow(refused);
  expect(() => call('ListAssociations', { AssociationFilterList: [{ key: 'Name', value: EVERY_NODE.Name }], NextToken })).toThrow(refused);
  // The size of the page may be another.
  expect(() => call('ListAssociations', { NextToken })).not.toThrow();
});

test('a page has 1 to 50 rows', () => {
  const { call } = openSsmSite();
  for (const MaxResults of [0, 51, 1.5, -1])
    expect(() => call('ListAssociations', { MaxResults })).toThrow(expect.objectContaining({ places: [{ field: 'MaxResults' }] }));
  expect(() => call('ListAssociations', { MaxResults: '10' })).toThrow(refusal('SerializationException', 'MaxResults'));
});
