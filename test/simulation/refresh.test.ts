import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../agent/protocol/ids.ts';
import { AssociationId, ExecutionId } from '../../agent/protocol/ids.ts';
import { MOST_REFRESHES_PER_MINUTE } from '../../electron/controller/agent-desk.ts';
import { answerRefresh, refreshNode } from '../../electron/controller/operations/refresh-node.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { nodeId, openSimulatedSite } from './simulated-site.ts';

const WEEKLY = { scheduleExpression: 'cron(0 2 ? * SUN *)' };
const REFRESHER = { documentName: 'AWS-RefreshAssociation', parameters: {} };
const onNode = (...nodeIds: NodeId[]) => ({ targets: [{ key: 'InstanceIds', values: nodeIds }] });

/** Two nodes, an association for each, one for both, and one for both that refreshes; all of them ran an hour ago. */
function aSite() {
  const site = openSimulatedSite();
  const [one, other] = [site.addNode(), site.addNode()];
  const save = (settings: object) => site.save({ ...WEEKLY, ...settings }).associationId;
  const ids = { onOne: save(onNode(one)), onOther: save(onNode(other)), onBoth: save(onNode(one, other)), refresher: save(REFRESHER) };
  site.advance({ hours: 1 });
  const since = (associationId: AssociationId) => site.history(associationId).slice(1);
  return { site, one, other, since, ...ids };
}

const refresh = (site: SimulatedSite, node: NodeId, ...associationIds: AssociationId[]) =>
  site.perform((context) => refreshNode(context, { nodeId: node, associationIds, step: null }));

describe('10: a refresh on a node', () => {
  test('applies all its associations on that node alone', () => {
    const { site, one, since, onOne, onOther, onBoth } = aSite();
    const lines = refresh(site, one);
    expect(lines.map(({ result }) => result)).toEqual(['Started', 'Started', 'Started']);
    site.advance({ minutes: 5 });
    for (const id of [onOne, onBoth])
      expect(since(id)).toMatchObject([{ trigger: 'Refresh', status: 'Success', nodes: { 'node-1': 'Success' } }]);
    expect(since(onOther)).toEqual([]);
  });

  test('applies only the ones that it names', () => {
    const { site, one, since, onOne, onBoth } = aSite();
    refresh(site, one, onBoth);
    site.advance({ minutes: 5 });
    expect(since(onBoth)).toMatchObject([{ trigger: 'Refresh' }]);
    expect(since(onOne)).toEqual([]);
  });

  test('also those that wait for their interval', () => {
    const { site, one, since, onOne } = aSite();
    site.edit(onOne, { applyOnlyAtCronInterval: true });
    refresh(site, one, onOne);
    expect(since(onOne)).toMatchObject([{ trigger: 'Refresh' }]);
  });

  test('leaves out what is in progress, and says so', () => {
    const { site, one, since, onOne, onBoth } = aSite();
    refresh(site, one, onOne);
    expect(refresh(site, one, onOne, onBoth)).toMatchObject([
      { associationId: onOne, result: 'LeftOut', because: 'It is in progress.' },
      { associationId: onBoth, result: 'Started' },
    ]);
    expect(since(onOne)).toHaveLength(1);
  });

  test('is blocked by a calendar that is not open', () => {
    const { site, one, since, onOne } = aSite();
    site.perform(({ stores }) =>
      stores.associations.addVersion({ ...site.association(onOne), associationVersion: 2, calendarNames: ['Gone'] }),
    );
    expect(refresh(site, one, onOne)).toMatchObject([{ result: 'Skipped', because: 'CalendarMissing' }]);
    expect(since(onOne)).toMatchObject([{ trigger: 'Refresh', nodes: { 'node-1': 'Skipped (CalendarMissing)' } }]);
  });

  test('is refused as a whole when an id names no association of the node, whether there is one or not', () => {
    const { site, one, since, onOne, onOther } = aSite();
    const unknown = AssociationId.parse('0192a1b2-0000-7000-8000-00000000000a');
    for (const stranger of [onOther, unknown]) {
      expect(() => refresh(site, one, onOne, stranger)).toThrow(expect.objectContaining({ code: 'InvalidAssociation' }));
    }
    expect(since(onOne)).toEqual([]);
  });

  test('is refused on a node that is away or that there is not', () => {
    const { site, one } = aSite();
    site.disconnect(one);
    expect(() => refresh(site, one)).toThrow(expect.objectContaining({ code: 'E-NODE-OFFLINE' }));
    expect(() => refresh(site, nodeId(99))).toThrow(expect.objectContaining({ code: 'InvalidInstanceId' }));
  });
});

/** The refresher runs on a node and is in its step, from which the node asks. */
function asking() {
  const made = aSite();
  const { site, one, refresher } = made;
  site.script = ({ associationId }) => ({ status: 'Success', seconds: associationId === refresher ? 60 : 10 });
  refresh(site, one, refresher);
  site.advance({ seconds: 1 });
  const executionId = ExecutionId.parse(site.history(refresher).at(-1)?.executionId);
  const ask = (from: NodeId, step: { stepIndex?: number; executionId?: ExecutionId; associationIds?: AssociationId[] } = {}) => {
    site.perform((context) => answerRefresh(context, from, { executionId, stepIndex: 0, associationIds: [], ...step }));
    return site.agent(from).refreshed.at(-1);
  };
  return { ...made, executionId, ask };
}

describe('a step that refreshes', () => {
  test('starts the other associations of its node, and not its own, which is in progress', () => {
    const { site, one, since, ask, onOne, onOther, onBoth, refresher } = asking();
    const answer = ask(one);
    expect(answer).toMatchObject({ kind: 'done' });
    expect(answer?.kind === 'done' && answer.associations.find(({ associationId }) => associationId === refresher)).toMatchObject({
      result: 'LeftOut',
      because: 'It is in progress.',
    });
    site.advance({ minutes: 5 });
    for (const id of [onOne, onBoth]) expect(since(id)).toMatchObject([{ trigger: 'Refresh', nodes: { 'node-1': 'Success' } }]);
    expect(since(onOther)).toEqual([]);
  });

  test('that asks again after its answer was lost starts nothing twice, also when what it started is over', () => {
    const { site, one, since, ask, onOne } = asking();
    const first = ask(one, { associationIds: [onOne] });
    expect(ask(one, { associationIds: [onOne] })).toEqual(first);
    site.script = () => ({ status: 'Success', seconds: 0 });
    site.advance({ seconds: 30 });
    expect(ask(one, { associationIds: [onOne] })).toEqual(first);
    expect(first).toMatchObject({ kind: 'done', associations: [{ result: 'Started' }] });
    expect(since(onOne)).toHaveLength(1);
  });

  test('gets no answer but a refusal for associations of other nodes', () => {
    const { one, since, ask, onOne, onOther } = asking();
    expect(ask(one, { associationIds: [onOne, onOther] })).toEqual({
      kind: 'refused',
      problem: expect.stringContaining(`${onOther} does not apply to node-1`),
    });
    expect(since(onOne)).toEqual([]);
  });

  test('has to be there, on that node, and to refresh', () => {
    const { site, one, other, ask, onOne, since } = asking();
    const ofScript = ExecutionId.parse(site.history(onOne).at(-1)?.executionId);
    const lies = [
      ask(other),
      ask(one, { stepIndex: 1 }),
      ask(one, { executionId: ofScript }),
      ask(one, { executionId: ExecutionId.parse('0192a1b2-0000-7000-8000-00000000000a') }),
    ];
    for (const answer of lies) expect(answer).toMatchObject({ kind: 'refused' });
    site.advance({ minutes: 5 });
    expect(ask(one)).toMatchObject({ kind: 'refused' });
    expect(since(onOne)).toEqual([]);
  });

  test('that asks without end loses its connection for a while, and keeps no other node from being answered', () => {
    const { site, one, other, executionId } = asking();
    const askAtDesk = (from: NodeId) => site.desk.refresh(from, { type: 'refresh', executionId, stepIndex: 0, associationIds: [] });
    for (let times = 0; times < 1000; times += 1) askAtDesk(one);
    expect(site.agent(one).refreshed).toHaveLength(MOST_REFRESHES_PER_MINUTE);
    expect(site.agent(one).isConnected).toBe(false);
    askAtDesk(other);
    expect(site.agent(other).refreshed).toMatchObject([{ kind: 'refused' }]);
    site.advance({ minutes: 1 });
    site.connect(one);
    askAtDesk(one);
    expect(site.agent(one).refreshed).toHaveLength(MOST_REFRESHES_PER_MINUTE + 1);
  });

  test('starts none that refreshes in turn when a refresh started it: two would go on for ever', () => {
    const { site, one, ask } = asking();
    const second = site.save({ ...WEEKLY, ...REFRESHER, ...onNode(one) }).associationId;
    site.advance({ seconds: 1 });
    // Its first run waits behind the one that asks.
    expect(ask(one, { associationIds: [second] })).toMatchObject({ associations: [{ result: 'LeftOut' }] });
    site.advance({ minutes: 5 });
    refresh(site, one, second);
    site.advance({ seconds: 1 });
    const executionId = ExecutionId.parse(site.history(second).at(-1)?.executionId);
    const answer = ask(one, { executionId });
    const refreshers = answer?.kind === 'done' ? answer.associations.filter(({ result }) => result === 'LeftOut') : [];
    expect(refreshers.map(({ because }) => because).sort()).toEqual([
      'It is in progress.',
      'It refreshes associations itself, and this run was started by a refresh.',
    ]);
  });
});
