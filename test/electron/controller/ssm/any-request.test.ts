import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../../electron/controller/ssm/call-ssm.ts';
import { Fault } from '../../../../electron/domain/faults.ts';
import { openSsmSite } from './ssm-site.ts';

/** A right request for each operation that takes more than an id; one part of it is then replaced by anything. */
const rightRequests = (node: string, association: string, execution: string): [string, object][] => [
  [
    'CreateAssociation',
    {
      Name: 'AWS-RunShellScript',
      DocumentVersion: '1',
      AssociationName: 'named',
      Parameters: { commands: ['true'] },
      Targets: [{ Key: 'InstanceIds', Values: [node] }],
      ScheduleExpression: 'cron(0 2 ? * SUN *)',
      ScheduleOffset: 1,
      ApplyOnlyAtCronInterval: true,
      MaxConcurrency: '10%',
      OutputLocation: { S3Location: { OutputS3BucketName: 'lab-output' } },
      AlarmConfiguration: { Alarms: [{ Name: 'power' }] },
      CalendarNames: [],
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  ],
  ['CreateAssociationBatch', { Entries: [{ Name: 'AWS-RunShellScript', InstanceId: node }] }],
  ['UpdateAssociation', { AssociationId: association, AssociationVersion: '$LATEST', Parameters: { commands: ['true'] } }],
  ['UpdateAssociationStatus', { Name: 'x', InstanceId: node, AssociationStatus: { Date: 1, Name: 'Pending', Message: 'm' } }],
  ['DescribeAssociation', { AssociationId: association, AssociationVersion: '1' }],
  ['ListAssociations', { AssociationFilterList: [{ key: 'LastExecutedAfter', value: '2026-03-01' }], MaxResults: 5 }],
  ['StartAssociationsOnce', { AssociationIds: [association] }],
  [
    'DescribeAssociationExecutions',
    { AssociationId: association, Filters: [{ Key: 'CreatedTime', Type: 'EQUAL', Value: '2026-03-01' }], MaxResults: 5 },
  ],
  [
    'DescribeAssociationExecutionTargets',
    { AssociationId: association, ExecutionId: execution, Filters: [{ Key: 'ResourceId', Value: node }] },
  ],
  ['GetCommandInvocation', { CommandId: execution, InstanceId: node, PluginName: 'runShellScript' }],
  ['DescribeEffectiveInstanceAssociations', { InstanceId: node, MaxResults: 5 }],
  ['AddTagsToResource', { ResourceType: 'ManagedInstance', ResourceId: node, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['RemoveTagsFromResource', { ResourceType: 'Association', ResourceId: association, TagKeys: ['a'] }],
  ['DescribeInstanceInformation', { Filters: [{ Key: 'tag:a', Values: ['b'] }], MaxResults: 5 }],
  ['PutParameter', { Name: 'p', Type: 'String', Value: 'v', AllowedPattern: '.', Overwrite: true }],
  ['GetParametersByPath', { Path: '/', ParameterFilters: [{ Key: 'Type', Option: 'Equals', Values: ['String'] }] }],
  ['DescribeParameters', { ParameterFilters: [{ Key: 'Name', Option: 'Contains', Values: ['p'] }] }],
  ['GetParameters', { Names: ['p', 'p:1'], WithDecryption: true }],
  ['CreateDocument', { Name: 'd', Content: '{}', DocumentType: 'Command', DocumentFormat: 'YAML' }],
  ['GetDocument', { Name: 'AWS-RunShellScript', DocumentVersion: '1', DocumentFormat: 'JSON' }],
  ['ListDocuments', { Filters: [{ Key: 'Owner', Values: ['Self'] }] }],
  ['GetCalendarState', { CalendarNames: ['AWS-RunShellScript'], AtTime: '2026-03-01T02:00:00Z' }],
  [
    'PutComplianceItems',
    {
      ResourceId: node,
      ResourceType: 'ManagedInstance',
      ComplianceType: 'Custom:a',
      ExecutionSummary: { ExecutionTime: 1 },
      Items: [{ Id: 'a', Severity: 'LOW', Status: 'COMPLIANT', Details: { a: 'b' } }],
    },
  ],
  [
    'PutInventory',
    {
      InstanceId: node,
      Items: [{ TypeName: 'Custom:a', SchemaVersion: '1.0', CaptureTime: '2026-03-01T02:00:00Z', Content: [{ a: 'b' }], ContentHash: 'c' }],
    },
  ],
  [
    'GetInventory',
    { Filters: [{ Key: 'AWS:Application.Name', Values: ['a'], Type: 'BeginWith' }], ResultAttributes: [{ TypeName: 'AWS:Application' }] },
  ],
  ['GetInventory', { Aggregators: [{ Groups: [{ Name: 'g', Filters: [{ Key: 'Custom:a.a', Values: ['b'] }] }] }] }],
  ['GetInventory', { Aggregators: [{ Expression: 'AWS:InstanceInformation.PlatformType' }] }],
  ['GetInventorySchema', { TypeName: 'AWS:Application', Aggregator: true }],
  ['ListInventoryEntries', { InstanceId: node, TypeName: 'Custom:a', Filters: [{ Key: 'a', Values: ['b'] }] }],
  ['DeleteInventory', { TypeName: 'Custom:a', SchemaDeleteOption: 'DeleteSchema', DryRun: true }],
  ['ListComplianceItems', { ResourceIds: [node], Filters: [{ Key: 'Status', Values: ['COMPLIANT'], Type: 'EQUAL' }] }],
];

/** Every place in a value, as the keys that lead there; the value itself first. */
function places(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, part]) => places(part).map((rest) => [key, ...rest]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return by;
  const part = replaced(Reflect.get(value, key), rest, by);
  return Array.isArray(value) ? value.map((item, position) => (String(position) === key ? part : item)) : { ...value, [key]: part };
}

const ODD_TEXTS = ['AWS-RunShellScript', '$LATEST', '1', '', '../..', '\u0000', '__proto__', 'x'.repeat(5000)];

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...ODD_TEXTS),
    fc.string({ unit: 'binary' }),
    fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.date(), fc.bigInt(), fc.constantFrom(null, undefined)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('Key', 'Values', 'Name'), fc.string()), tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('whatever is sent to whichever operation, the answer is an answer or a fault of the API, and never a bug', () => {
  const { site, call, create } = openSsmSite();
  const node = site.addNode();
  const association = create();
  site.advance({ minutes: 1 });
  const right = rightRequests(node, association, site.history(association)[0]?.executionId ?? '');
  const nearlyRight = fc.constantFrom(...right).chain(([operation, request]) =>
    fc.record({
      operation: fc.constant(operation),
      sent: fc.constantFrom(...places(request)).chain((place) => anything.map((by) => replaced(request, place, by))),
    }),
  );
  const wild = fc.record({ operation: fc.constantFrom(...OPERATIONS), sent: anything });
  let answers = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: nearlyRight }, wild), ({ operation, sent }) => {
      try {
        expect(typeof call(operation, sent)).toBe('object');
        answers += 1;
      } catch (cause) {
        expect(cause).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 2000 },
  );
  // Much of it comes past the shapes, or this would show little.
  expect(answers).toBeGreaterThan(50);
  expect(site.errors).toEqual([]);
});
