import { describe, expect, test } from 'vitest';
import type { AssociationId, NodeId } from '../../agent/protocol/ids.ts';
import { deleteAssociations } from '../../electron/controller/operations/delete-associations.ts';
import { planRemediation, remediateCompliance } from '../../electron/controller/operations/remediate-compliance.ts';
import { callSsm } from '../../electron/controller/ssm/call-ssm.ts';
import { anUpload, anUploadItem } from '../builders/compliance.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const EVERYTHING = { nodeId: null, complianceType: null, itemId: null, status: null, severity: null, search: '' };

const itemOf = (site: SimulatedSite, nodeId: NodeId, itemId: AssociationId) =>
  site.context.stores.compliance.find({ nodeId, complianceType: 'Association', itemId });

const historyOf = (site: SimulatedSite, nodeId: NodeId, itemId: AssociationId) =>
  site.context.stores.compliance
    .history({ nodeId, complianceType: 'Association', itemId }, { offset: 0, limit: 50 })
    .rows.map(({ because, before, after }) => `${because}: ${before?.status ?? 'none'} -> ${after?.status ?? 'none'}`);

describe('an association with SyncCompliance AUTO', () => {
  test.for([
    ['Success', 'COMPLIANT'],
    ['Failed', 'NON_COMPLIANT'],
    ['TimedOut', 'NON_COMPLIANT'],
  ] as const)('that ends %s makes an item that is %s', ([status, expected]) => {
    const site = openSimulatedSite();
    const node = site.addNode();
    site.script = () => ({ status, seconds: 5 });
    const { associationId } = site.save({ complianceSeverity: 'HIGH' });
    expect(itemOf(site, node, associationId)).toBeNull();
    site.advance({ minutes: 1 });
    const [execution] = site.history(associationId);
    expect(itemOf(site, node, associationId)).toMatchObject({
      status: expected,
      severity: 'HIGH',
      title: 'AWS-RunShellScript',
      details: { DocumentName: 'Holdfast-RunShellScript', DocumentVersion: '1' },
      executionId: execution?.executionId,
      executionType: 'Association',
    });
  });

  test('has no item on a node where it never finished', () => {
    const site = openSimulatedSite();
    const away = site.addNode({ isConnected: false });
    const { associationId } = site.save();
    site.applyNow(associationId);
    site.advance({ minutes: 1 });
    expect(itemOf(site, away, associationId)).toBeNull();
  });

  test('keeps its item while a later run is skipped', () => {
    const site = openSimulatedSite();
    const node = site.addNode();
    const { associationId } = site.save({ scheduleExpression: 'rate(1 hour)' });
    site.advance({ minutes: 1 });
    const before = itemOf(site, node, associationId);
    site.disconnect(node);
    site.advance({ hours: 2 });
    expect(site.history(associationId).at(-1)?.status).toBe('Skipped');
    expect(itemOf(site, node, associationId)).toEqual(before);
  });
});

test('a run of a MANUAL association leaves its item alone; PutComplianceItems changes it', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const { associationId } = site.save({ syncCompliance: 'MANUAL' });
  site.advance({ minutes: 1 });
  expect(itemOf(site, node, associationId)).toBeNull();
  const Items = [anUploadItem({ Id: associationId, Status: 'NON_COMPLIANT' })];
  const request = anUpload(node, { ComplianceType: 'Association', UploadType: 'PARTIAL', Items });
  site.perform((context) => callSsm(context, 'PutComplianceItems', request));
  site.applyNow(associationId);
  site.advance({ minutes: 1 });
  expect(site.history(associationId).at(-1)?.status).toBe('Success');
  expect(itemOf(site, node, associationId)?.status).toBe('NON_COMPLIANT');
});

test('a run of any association renews the capture time of all association items of its node', () => {
  const site = openSimulatedSite();
  const [node, other] = [site.addNode(), site.addNode()];
  const first = site.save();
  site.advance({ minutes: 10 });
  const before = itemOf(site, other, first.associationId)?.capturedAt;
  const second = site.save({ targets: [{ key: 'InstanceIds', values: [node] }], syncCompliance: 'MANUAL' });
  site.advance({ minutes: 10 });
  expect(site.history(second.associationId)).toHaveLength(1);
  const item = itemOf(site, node, first.associationId);
  expect(item?.capturedAt.getTime()).toBeGreaterThan(item?.confirmedAt.getTime() ?? 0);
  expect(itemOf(site, other, first.associationId)?.capturedAt).toEqual(before);
});

test('an edited severity shows at once, also where the association waits for its interval', () => {
  const site = openSimulatedSite();
  const node = site.addNode();
  const { associationId } = site.save({ complianceSeverity: 'LOW' });
  site.advance({ minutes: 1 });
  site.edit(associationId, { complianceSeverity: 'CRITICAL', associationName: 'Renamed' });
  expect(site.history(associationId)).toHaveLength(1);
  expect(itemOf(site, node, associationId)).toMatchObject({ severity: 'CRITICAL', title: 'Renamed', status: 'COMPLIANT' });
});

describe('an item goes', () => {
  const inLab = { targets: [{ key: 'tag:lab', values: ['b12'] }] };

  test('when its node ceases to match, and does not come back with a run that ends later', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    const { associationId } = site.save(inLab);
    site.advance({ minutes: 1 });
    site.script = () => ({ status: 'Failed', seconds: 60 });
    site.applyNow(associationId);
    site.advance({ seconds: 5 });
    site.setTags(node, {});
    expect(itemOf(site, node, associationId)).toBeNull();
    site.advance({ minutes: 5 });
    expect(site.history(associationId).at(-1)?.status).toBe('Failed');
    expect(itemOf(site, node, associationId)).toBeNull();
    expect(historyOf(site, node, associationId)).toEqual(['NoLongerMatches: COMPLIANT -> none', 'Run: none -> COMPLIANT']);
  });

  test('when an edit of the targets leaves its node out', () => {
    const site = openSimulatedSite();
    const node = site.addNode({ tags: { lab: 'b12' } });
    const { associationId } = site.save(inLab);
    site.advance({ minutes: 1 });
    site.edit(associationId, { targets: [{ key: 'tag:lab', values: ['b13'] }] });
    expect(itemOf(site, node, associationId)).toBeNull();
  });

  test('with its association, and with its node; the history says which', () => {
    const site = openSimulatedSite();
    const [kept, gone] = [site.addNode(), site.addNode()];
    const { associationId } = site.save();
    site.advance({ minutes: 1 });
    site.deregister(gone);
    site.perform((context) => deleteAssociations(context, [associationId]));
    expect(historyOf(site, gone, associationId)[0]).toBe('NodeDeregistered: COMPLIANT -> none');
    expect(historyOf(site, kept, associationId)[0]).toBe('AssociationDeleted: COMPLIANT -> none');
    expect(site.context.stores.compliance.nodeCounts()).toEqual({ compliantNodes: 0, nonCompliantNodes: 0 });
  });
});

describe('remediation', () => {
  /** Of three nodes, the second fails until it is mended. */
  function brokenSite() {
    const site = openSimulatedSite();
    const [first, broken, third] = [site.addNode(), site.addNode(), site.addNode()];
    site.script = ({ nodeId }) => ({ status: nodeId === broken ? 'Failed' : 'Success', seconds: 5 });
    const { associationId } = site.save();
    site.advance({ minutes: 1 });
    return { site, first, broken, third, associationId };
  }

  test('applies the association again on exactly the nodes where it failed, which are compliant when it succeeds', () => {
    const { site, broken, associationId } = brokenSite();
    site.script = () => ({ status: 'Success', seconds: 5 });
    const { started } = site.perform((context) => remediateCompliance(context, EVERYTHING));
    site.advance({ minutes: 1 });
    const run = site.history(associationId).at(-1);
    expect(run).toMatchObject({ executionId: started[0]?.executionId, trigger: 'Manual', nodes: { 'node-2': 'Success' } });
    expect(Object.keys(run?.nodes ?? {})).toEqual(['node-2']);
    expect(itemOf(site, broken, associationId)?.status).toBe('COMPLIANT');
    expect(historyOf(site, broken, associationId)[0]).toBe('Run: NON_COMPLIANT -> COMPLIANT');
  });

  test('is planned without doing anything, and says how many machines are there', () => {
    const { site, broken, associationId } = brokenSite();
    site.disconnect(broken);
    expect(planRemediation(site.context, EVERYTHING)).toEqual({
      runs: [{ associationId, title: 'AWS-RunShellScript', nodes: 1, online: 0, isManual: false, mode: 'Enforce' }],
      nodes: 1,
      left: [],
    });
    expect(site.history(associationId)).toHaveLength(1);
  });

  test('of a node that is away is owed to it', () => {
    const { site, broken, associationId } = brokenSite();
    site.disconnect(broken);
    site.script = () => ({ status: 'Success', seconds: 5 });
    site.perform((context) => remediateCompliance(context, EVERYTHING));
    site.advance({ minutes: 1 });
    site.connect(broken);
    site.advance({ minutes: 1 });
    expect(itemOf(site, broken, associationId)?.status).toBe('COMPLIANT');
  });

  test('of what somebody put is refused, and says who can mend it', () => {
    const { site, first, broken } = brokenSite();
    const Items = [anUploadItem({ Status: 'NON_COMPLIANT' })];
    site.perform((context) => callSsm(context, 'PutComplianceItems', anUpload(first, { Items })));
    const ofFirst = { ...EVERYTHING, nodeId: first };
    expect(() => site.perform((context) => remediateCompliance(context, ofFirst))).toThrow(
      expect.objectContaining({ code: 'E-NOTHING-TO-REMEDY', message: expect.stringContaining('Custom:Door') }),
    );
    const { started, left } = site.perform((context) => remediateCompliance(context, EVERYTHING));
    expect(started).toHaveLength(1);
    expect(left).toMatchObject([{ complianceType: 'Custom:Door', items: 1 }]);
    const compliant = { ...EVERYTHING, nodeId: broken, complianceType: 'Patch' };
    expect(() => site.perform((context) => remediateCompliance(context, compliant))).toThrow(
      expect.objectContaining({ code: 'E-NOTHING-TO-REMEDY' }),
    );
  });
});
