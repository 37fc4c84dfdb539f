import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { nodeId } from '../../../simulation/simulated-site.ts';
import { openSsmSite, refusal } from './ssm-site.ts';

const Association = z.looseObject({ AssociationId: z.string() });
const Effective = z.object({ Associations: z.array(Association), NextToken: z.string().optional() });

/** Node 1 is in lab B12, node 2 is not. */
function desk() {
  const opened = openSsmSite();
  opened.site.addNode({ tags: { lab: 'B12' } });
  opened.site.addNode();
  const effective = (request: unknown) => Effective.parse(opened.call('DescribeEffectiveInstanceAssociations', request));
  return { ...opened, effective };
}

const inLab = { Targets: [{ Key: 'tag:lab', Values: ['B12'] }] };
const byId = (number: number) => ({ Targets: [{ Key: 'InstanceIds', Values: [nodeId(number)] }] });

describe('the effective associations of a node', () => {
  test('are those that cover it, those that name it first, with what they run', () => {
    const { site, create, effective } = desk();
    const [all, lab, _other, named] = [create(), create(inLab), create(byId(2)), create(byId(1))];
    const { Associations } = effective({ InstanceId: nodeId(1) });
    expect(Associations.map(({ AssociationId }) => AssociationId)).toEqual([named, all, lab]);
    const { version } = site.context.library.find('AWS-RunShellScript', '$DEFAULT');
    expect(Associations[0]).toMatchObject({ InstanceId: nodeId(1), AssociationVersion: '1', Content: version.content });
  });

  test('are listed five at a time', () => {
    const { create, effective } = desk();
    const ids = Array.from({ length: 6 }, () => create());
    const first = effective({ InstanceId: nodeId(1) });
    const second = effective({ InstanceId: nodeId(1), NextToken: first.NextToken });
    expect([first.Associations.length, second.Associations.length, second.NextToken]).toEqual([5, 1, undefined]);
    expect([...first.Associations, ...second.Associations].map(({ AssociationId }) => AssociationId)).toEqual(ids);
    expect(() => effective({ InstanceId: nodeId(1), MaxResults: 6 })).toThrow(refusal('ValidationException'));
  });

  test.for([
    ['a node that is not there', { InstanceId: nodeId(9) }, 'InvalidInstanceId'],
    ['what is no node id', { InstanceId: '*' }, 'InvalidInstanceId'],
    ['nothing', {}, 'ValidationException'],
    ['a token that is none', { InstanceId: nodeId(1), NextToken: '{}' }, 'InvalidNextToken'],
  ] as const)('are refused of %s', ([, request, code]) => {
    expect(() => desk().effective(request)).toThrow(refusal(code));
  });
});

test('the status of associations on a node says how each went last, or that it waits', () => {
  const { site, create, call } = desk();
  const ran = create({ ...inLab, AssociationName: 'Ran' });
  site.advance({ minutes: 1 });
  const waits = create({ ApplyOnlyAtCronInterval: true, ScheduleExpression: 'cron(0 2 ? * SUN *)' });
  expect(call('DescribeInstanceAssociationsStatus', { InstanceId: nodeId(1) })).toMatchObject({
    InstanceAssociationStatusInfos: [
      {
        AssociationId: ran,
        AssociationName: 'Ran',
        Name: 'AWS-RunShellScript',
        DocumentVersion: '$DEFAULT',
        InstanceId: nodeId(1),
        Status: 'Success',
        ExecutionSummary: expect.stringContaining('1 out of 1 plugin processed, 1 success'),
        ExecutionDate: expect.any(Date),
      },
      { AssociationId: waits, Status: 'Pending', DetailedStatus: 'Associated', ExecutionSummary: 'Association is pending' },
    ],
  });
});
