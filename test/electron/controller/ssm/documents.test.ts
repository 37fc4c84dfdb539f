import { expect, test } from 'vitest';
import * as z from 'zod';
import { openSsmSite, refusal } from './ssm-site.ts';

const script = (line: string) =>
  JSON.stringify({
    schemaVersion: '2.2',
    description: 'Says something',
    parameters: { who: { type: 'String', default: 'world', description: 'Whom to greet' } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'say', inputs: { runCommand: [line] } }],
  });

const Listed = z.object({ DocumentIdentifiers: z.array(z.object({ Name: z.string() })), NextToken: z.string().optional() });

function documentSite() {
  const opened = openSsmSite();
  const create = (members: object = {}) => opened.call('CreateDocument', { Name: 'Say-it', Content: script('echo one'), ...members });
  const update = (members: object = {}) => opened.call('UpdateDocument', { Name: 'Say-it', Content: script('echo two'), ...members });
  return { ...opened, create, update };
}

test('a new document is version 1, which is its default, and is described as the API does', () => {
  const { call, create } = documentSite();
  const description = {
    Name: 'Say-it',
    DisplayName: 'Say it',
    VersionName: 'first',
    Owner: 'Self',
    CreatedDate: new Date('2026-03-01T02:00:00Z'),
    Status: 'Active',
    DocumentVersion: '1',
    LatestVersion: '1',
    DefaultVersion: '1',
    Description: 'Says something',
    Parameters: [{ Name: 'who', Type: 'String', Description: 'Whom to greet', DefaultValue: 'world' }],
    PlatformTypes: ['Linux', 'MacOS'],
    DocumentType: 'Command',
    SchemaVersion: '2.2',
    DocumentFormat: 'JSON',
    Hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    HashType: 'Sha256',
  };
  expect(create({ DisplayName: 'Say it', VersionName: 'first' })).toEqual({ DocumentDescription: description });
  expect(call('DescribeDocument', { Name: 'Say-it' })).toEqual({ Document: description });
});

test('an update makes the next version and leaves the default, which is moved by itself', () => {
  const { call, create, update } = documentSite();
  create();
  expect(update({ VersionName: 'second', DocumentVersion: '1' })).toMatchObject({
    DocumentDescription: { DocumentVersion: '2', LatestVersion: '2', DefaultVersion: '1', VersionName: 'second' },
  });
  expect(call('UpdateDocumentDefaultVersion', { Name: 'Say-it', DocumentVersion: '2' })).toEqual({
    Description: { Name: 'Say-it', DefaultVersion: '2', DefaultVersionName: 'second' },
  });
  expect(call('ListDocumentVersions', { Name: 'Say-it' })).toMatchObject({
    DocumentVersions: [
      { Name: 'Say-it', DocumentVersion: '2', VersionName: 'second', IsDefaultVersion: true, DocumentFormat: 'JSON', Status: 'Active' },
      { Name: 'Say-it', DocumentVersion: '1', IsDefaultVersion: false },
    ],
  });
});

test('a version is read by its number, by its name, or as the default; in JSON or YAML', () => {
  const { call, create, update } = documentSite();
  create();
  update({ VersionName: 'second' });
  const content = (members: object) => call('GetDocument', { Name: 'Say-it', ...members });
  expect(content({})).toMatchObject({ DocumentVersion: '1', Content: script('echo one'), DocumentFormat: 'JSON', Status: 'Active' });
  expect(content({ DocumentVersion: '$LATEST' })).toMatchObject({ DocumentVersion: '2', Content: script('echo two') });
  expect(content({ VersionName: 'second' })).toMatchObject({ DocumentVersion: '2', VersionName: 'second' });
  expect(content({ DocumentFormat: 'YAML' })).toMatchObject({
    DocumentFormat: 'YAML',
    Content: expect.stringMatching(/runCommand:\n +- echo one/),
  });
  expect(() => content({ DocumentVersion: '7' })).toThrow(refusal('InvalidDocumentVersion'));
  expect(() => content({ VersionName: 'third' })).toThrow(refusal('InvalidDocumentVersion', 'VersionName'));
  expect(() => content({ DocumentFormat: 'TEXT' })).toThrow(refusal('ValidationException', 'DocumentFormat'));
  expect(() => call('GetDocument', { Name: 'No-such-document' })).toThrow(refusal('InvalidDocument'));
});

test('what is wrong with a document is refused on its member', () => {
  const { create, update } = documentSite();
  create({ VersionName: 'first' });
  const wrong: [() => object, string, string[]][] = [
    [() => create(), 'DocumentAlreadyExists', ['Name']],
    [() => create({ Name: 'aws-mine' }), 'ValidationException', ['Name']],
    [() => create({ Name: 'Other', Content: '{"schemaVersion":"9.9"}' }), 'InvalidDocumentSchemaVersion', ['Content']],
    [() => create({ Name: 'Other', Content: '{' }), 'InvalidDocumentContent', ['Content']],
    [() => create({ Name: 'Other', Content: script('x'.repeat(65_536)) }), 'MaxDocumentSizeExceeded', ['Content']],
    [() => create({ Name: 'Other', DocumentType: 'Package' }), 'ValidationException', ['DocumentType']],
    [() => create({ Name: 'Other', Attachments: [{ Key: 'SourceUrl' }] }), 'ValidationException', ['Attachments']],
    [() => create({ Name: 'Other', TargetType: '/AWS::EC2::Instance' }), 'ValidationException', ['TargetType']],
    [() => update({ Content: script('echo one') }), 'DuplicateDocumentContent', ['Content']],
    [() => update({ VersionName: 'first' }), 'DuplicateDocumentVersionName', ['VersionName']],
    [() => update({ DocumentVersion: '7' }), 'InvalidDocumentVersion', ['DocumentVersion']],
    [() => update({ Name: 'No-such-document' }), 'InvalidDocument', ['Name']],
    [() => update({ Name: 'AWS-RunShellScript' }), 'InvalidDocumentOperation', ['Name']],
  ];
  for (const [attempt, code, members] of wrong) expect(attempt, code).toThrow(refusal(code, ...members));
});

test('a document that associations use is not deleted, and afterwards it is', () => {
  const { call, create, create: createDocument, site } = documentSite();
  createDocument();
  expect(create).toThrow(refusal('DocumentAlreadyExists'));
  const Targets = [{ Key: 'InstanceIds', Values: ['*'] }];
  call('CreateAssociation', { Name: 'Say-it', Targets });
  expect(() => call('DeleteDocument', { Name: 'Say-it' })).toThrow(refusal('AssociatedInstances'));
  for (const { associationId } of site.context.stores.associations.list()) call('DeleteAssociation', { AssociationId: associationId });
  expect(call('DeleteDocument', { Name: 'Say-it' })).toEqual({});
  expect(() => call('DeleteDocument', { Name: 'Say-it' })).toThrow(refusal('InvalidDocument', 'Name'));
});

test('one version is deleted by its number or its name; the default one only as the last', () => {
  const { call, create, update } = documentSite();
  create();
  update({ VersionName: 'second' });
  update({ Content: script('echo three') });
  expect(() => call('DeleteDocument', { Name: 'Say-it', DocumentVersion: '$DEFAULT' })).toThrow(
    refusal('InvalidDocumentOperation', 'Name'),
  );
  expect(call('DeleteDocument', { Name: 'Say-it', VersionName: 'second' })).toEqual({});
  expect(call('DeleteDocument', { Name: 'Say-it', DocumentVersion: '$LATEST' })).toEqual({});
  expect(call('DeleteDocument', { Name: 'Say-it', DocumentVersion: '$DEFAULT' })).toEqual({});
  expect(() => call('DescribeDocument', { Name: 'Say-it' })).toThrow(refusal('InvalidDocument', 'Name'));
});

test('documents are found by name, owner, type and platform, in pages by name', () => {
  const { call, create } = documentSite();
  create();
  create({ Name: 'Say-more', DocumentType: 'Policy' });
  const found = (...filters: [Key: string, ...Values: string[]][]) =>
    Listed.parse(call('ListDocuments', { Filters: filters.map(([Key, ...Values]) => ({ Key, Values })) })).DocumentIdentifiers.map(
      ({ Name }) => Name,
    );
  expect(found(['Owner', 'Self'])).toEqual(['Say-it', 'Say-more']);
  expect(found(['Owner', 'Amazon'], ['Name', 'Say'])).toEqual([]);
  expect(found(['Owner', 'Amazon'])).toContain('AWS-RunShellScript');
  expect(found(['Name', 'Say-m'])).toEqual(['Say-more']);
  expect(found(['DocumentType', 'Policy'], ['Owner', 'Self'])).toEqual(['Say-more']);
  expect(found(['PlatformTypes', 'Windows'], ['Owner', 'Self'])).toEqual([]);
  expect(found(['SearchKeyword', 'says SOMETHING'])).toEqual(['Say-it', 'Say-more']);
  expect(() => found(['Colour', 'red'])).toThrow(refusal('InvalidFilterKey', 'Filters.0.Key'));
  expect(call('ListDocuments', { DocumentFilterList: [{ key: 'Name', value: 'Say-i' }] })).toMatchObject({
    DocumentIdentifiers: [
      {
        Name: 'Say-it',
        Owner: 'Self',
        PlatformTypes: ['Linux', 'MacOS'],
        DocumentVersion: '1',
        DocumentType: 'Command',
        SchemaVersion: '2.2',
        DocumentFormat: 'JSON',
      },
    ],
  });
  const first = Listed.parse(call('ListDocuments', { MaxResults: 1, Filters: [{ Key: 'Owner', Values: ['Self'] }] }));
  const second = { MaxResults: 1, Filters: [{ Key: 'Owner', Values: ['Self'] }], NextToken: first.NextToken };
  expect(Listed.parse(call('ListDocuments', second))).toEqual({ DocumentIdentifiers: [{ Name: 'Say-more' }] });
});
