import { describe, expect, test } from 'vitest';
import type { NodePageQuery } from '../../../../electron/controller/store/node-page.ts';
import { minutesOn, NOW } from './instants.ts';
import { aFinding, aNode, anExecution, aStoredAssociation, associationId, insertExecution, insertNodes, nodeId } from './stored-things.ts';
import { temporaryStores } from './temporary-database.ts';

const aQuery = (settings: Partial<NodePageQuery> = {}): NodePageQuery => ({
  search: '',
  nodeIds: null,
  sort: 'name',
  order: 'ascending',
  offset: 0,
  limit: 200,
  onlineNodeIds: [],
  ...settings,
});

describe('a managed node', () => {
  test('comes back as it was registered', () => {
    const { nodes } = temporaryStores();
    const { facts, ...registered } = aNode(1, { tags: [{ key: 'lab', value: 'B12' }] });
    nodes.insert({ facts, ...registered });
    expect(nodes.find(nodeId(1))).toEqual({ ...registered, ...facts, lastPingAt: null, clockOffsetSeconds: null, outboxDepth: 0 });
    expect(nodes.all()).toEqual([nodes.find(nodeId(1))]);
  });

  test('is as its last hello said', () => {
    const { nodes } = temporaryStores();
    nodes.insert(aNode(1));
    const facts = { ...aNode(1).facts, computerName: 'renamed', ipAddress: '10.9.9.9' };
    nodes.recordHello(nodeId(1), {
      facts,
      agentVersion: '1.1.0',
      bootId: 'b',
      clockOffsetSeconds: -61.5,
      outboxDepth: 7,
      at: minutesOn(3),
    });
    expect(nodes.find(nodeId(1))).toMatchObject({
      ...facts,
      agentVersion: '1.1.0',
      clockOffsetSeconds: -61.5,
      outboxDepth: 7,
      lastPingAt: minutesOn(3),
    });
    expect(nodes.page(aQuery({ search: 'RENAMED' })).total).toBe(1);
  });

  test('that is deregistered is in no list, and its certificate is revoked', () => {
    const { nodes } = temporaryStores();
    insertNodes({ nodes }, 2);
    nodes.addCertificate({ serial: 'ab', nodeId: nodeId(1), issuedAt: NOW, expiresAt: minutesOn(60) });
    nodes.deregister(nodeId(1), minutesOn(5));
    expect(nodes.find(nodeId(1))).toBeNull();
    expect(nodes.members().map((node) => node.nodeId)).toEqual([nodeId(2)]);
    expect(nodes.byOrigin('Activation').map((node) => node.nodeId)).toEqual([nodeId(2)]);
    expect(nodes.page(aQuery()).rows.map((node) => node.nodeId)).toEqual([nodeId(2)]);
    expect(nodes.certificate('ab')).toEqual({ nodeId: nodeId(1), revokedAt: minutesOn(5) });
  });

  test('shows when its newest certificate ends, and all its certificates can be revoked', () => {
    const { nodes } = temporaryStores();
    nodes.insert(aNode(1));
    nodes.addCertificate({ serial: 'ab', nodeId: nodeId(1), issuedAt: NOW, expiresAt: minutesOn(60) });
    nodes.addCertificate({ serial: 'cd', nodeId: nodeId(1), issuedAt: minutesOn(1), expiresAt: minutesOn(90) });
    expect(nodes.find(nodeId(1))?.certificateExpiresAt).toEqual(minutesOn(90));
    expect(nodes.certificate('ab')).toEqual({ nodeId: nodeId(1), revokedAt: null });
    nodes.revokeCertificates(nodeId(1), minutesOn(2));
    expect([nodes.certificate('ab')?.revokedAt, nodes.certificate('cd')?.revokedAt]).toEqual([minutesOn(2), minutesOn(2)]);
    expect(nodes.certificate('ef')).toBeNull();
  });

  test('has stored no report before the first', () => {
    const { nodes } = temporaryStores();
    nodes.insert(aNode(1));
    expect(nodes.storedSequence(nodeId(1))).toBe(0);
    nodes.setStoredSequence(nodeId(1), 12);
    expect(nodes.storedSequence(nodeId(1))).toBe(12);
  });
});

describe('tags in use', () => {
  test('are every key with its values, and on how many nodes it is', () => {
    const { nodes } = temporaryStores();
    nodes.insert(
      aNode(1, {
        tags: [
          { key: 'lab', value: 'B12' },
          { key: 'exam', value: '' },
        ],
      }),
    );
    nodes.insert(aNode(2, { tags: [{ key: 'lab', value: 'A1' }] }));
    nodes.insert(aNode(3, { tags: [{ key: 'lab', value: 'B12' }] }));
    nodes.insert(aNode(4, { tags: [{ key: 'gone', value: 'x' }] }));
    nodes.deregister(nodeId(4), NOW);
    expect(nodes.tagsInUse()).toEqual([
      { key: 'exam', values: [''], nodes: 1 },
      { key: 'lab', values: ['A1', 'B12'], nodes: 3 },
    ]);
  });
});

describe('a search for nodes', () => {
  const names = ['100%', 'a_b', 'aXb', `O'Brien "quoted"`, 'back\\slash', 'MÜLLER-PC', "'; DROP TABLE managedNode; --"];
  const found = (search: string) => {
    const { nodes } = temporaryStores();
    names.forEach((name, index) => {
      nodes.insert(aNode(index + 1, { name }));
    });
    const { rows, total } = nodes.page(aQuery({ search }));
    expect(total).toBe(rows.length);
    return rows.map((row) => row.name);
  };

  test.for([
    ['%', ['100%']],
    ['_', ['a_b']],
    ["'", ["'; DROP TABLE managedNode; --", `O'Brien "quoted"`]],
    ['"', [`O'Brien "quoted"`]],
    ['\\', ['back\\slash']],
    ['drop table', ["'; DROP TABLE managedNode; --"]],
    ['müller', ['MÜLLER-PC']],
    ['*', []],
  ] as const)('takes %s as nothing but its own characters', ([search, expected]) => {
    expect(found(search)).toEqual(expected);
  });

  test('looks at the id, the computer name, the address and the tags, whatever the case', () => {
    const { nodes } = temporaryStores();
    insertNodes({ nodes }, 3);
    nodes.update(nodeId(3), { name: 'lab-3', tags: [{ key: 'Building', value: 'North-Wing' }] });
    const found = (search: string) => nodes.page(aQuery({ search })).rows.map((row) => row.nodeId);
    expect(found(nodeId(2).toUpperCase())).toEqual([nodeId(2)]);
    expect(found('PC-2')).toEqual([nodeId(2)]);
    expect(found('10.0.0.1')).toEqual([nodeId(1)]);
    expect(found('building')).toEqual([nodeId(3)]);
    expect(found('north-wing')).toEqual([nodeId(3)]);
  });
});

describe('a page of nodes', () => {
  const ids = (page: { rows: readonly { nodeId: string }[] }) => page.rows.map((row) => row.nodeId);

  test('is in the order of names as people count, and says how many there are in all', () => {
    const { nodes } = temporaryStores();
    ['lab-10', 'Lab-9', 'lab-1'].forEach((name, index) => {
      nodes.insert(aNode(index + 1, { name }));
    });
    expect(nodes.page(aQuery()).rows.map((row) => row.name)).toEqual(['lab-1', 'Lab-9', 'lab-10']);
    const second = nodes.page(aQuery({ order: 'descending', offset: 1, limit: 1 }));
    expect([second.rows.map((row) => row.name), second.total]).toEqual([['Lab-9'], 3]);
  });

  test('can be sorted by who is connected, the platform, the last ping and compliance', () => {
    const { nodes, associations, compliance } = temporaryStores();
    insertNodes({ nodes }, 3);
    nodes.recordHello(nodeId(2), {
      ...aNode(2),
      facts: { ...aNode(2).facts, platformName: 'Alpine' },
      bootId: 'b',
      clockOffsetSeconds: 0,
      outboxDepth: 0,
      at: minutesOn(9),
    });
    nodes.recordPing(nodeId(3), minutesOn(5));
    associations.insert(aStoredAssociation(1));
    compliance.put(aFinding(3, { status: 'NON_COMPLIANT' }), NOW);
    compliance.put(aFinding(1), NOW);
    const sorted = (sort: NodePageQuery['sort'], order: NodePageQuery['order'] = 'ascending') =>
      ids(nodes.page(aQuery({ sort, order, onlineNodeIds: [nodeId(1)] })));
    expect(sorted('pingStatus')).toEqual([nodeId(2), nodeId(3), nodeId(1)]);
    expect(sorted('platform')).toEqual([nodeId(2), nodeId(1), nodeId(3)]);
    expect(sorted('lastPingAt')).toEqual([nodeId(3), nodeId(2), nodeId(1)]);
    expect(sorted('lastPingAt', 'descending')).toEqual([nodeId(2), nodeId(3), nodeId(1)]);
    expect(ids(nodes.page(aQuery({ sort: 'lastPingAt', limit: 1 })))).toEqual([nodeId(3)]);
    expect(sorted('compliance')).toEqual([nodeId(1), nodeId(3), nodeId(2)]);
    expect(sorted('compliance', 'descending')).toEqual([nodeId(3), nodeId(1), nodeId(2)]);
  });

  test.for(['name', 'pingStatus', 'platform', 'lastPingAt', 'compliance'] as const)(
    'sorted by %s can be searched and filtered in both orders',
    (sort) => {
      const { nodes } = temporaryStores();
      insertNodes({ nodes }, 4);
      const filter = { search: 'LAB', nodeIds: [nodeId(1), nodeId(2), nodeId(3)], excludeNodeIds: [nodeId(1)], onlineNodeIds: [] };
      expect(ids(nodes.page(aQuery({ ...filter, sort })))).toEqual([nodeId(2), nodeId(3)]);
      expect(ids(nodes.page(aQuery({ ...filter, sort, order: 'descending' })))).toEqual([nodeId(3), nodeId(2)]);
    },
  );

  test('can be kept to some nodes or away from some, however many', () => {
    const { nodes } = temporaryStores();
    insertNodes({ nodes }, 4);
    const many = Array.from({ length: 40_000 }, (_, index) => nodeId(index + 3));
    expect(ids(nodes.page(aQuery({ nodeIds: many })))).toEqual([nodeId(3), nodeId(4)]);
    expect(ids(nodes.page(aQuery({ nodeIds: many, excludeNodeIds: [nodeId(3)] })))).toEqual([nodeId(4)]);
    expect(nodes.page(aQuery({ excludeNodeIds: many })).total).toBe(2);
    expect(nodes.page(aQuery({ nodeIds: [] })).total).toBe(0);
  });

  test('says how a node complies and when something last began on it', () => {
    const { nodes, associations, executions, compliance } = temporaryStores();
    insertNodes({ nodes }, 2);
    associations.insert(aStoredAssociation(1));
    compliance.put(aFinding(1), NOW);
    const { targets } = insertExecution({ executions }, anExecution(1), { nodes: [1] });
    for (const target of targets) {
      executions.updateTarget({ ...target, status: 'InProgress', dispatchedAt: minutesOn(1) });
      executions.updateTarget({ ...target, status: 'InProgress', dispatchedAt: minutesOn(1), startedAt: minutesOn(2) });
    }
    // A later target that is never run does not hide that the node did run something.
    insertExecution({ executions }, anExecution(2), { nodes: [1], status: 'Skipped' });
    expect(nodes.page(aQuery()).rows).toMatchObject([
      { nodeId: nodeId(1), compliance: 'COMPLIANT', lastExecutionAt: minutesOn(1) },
      { nodeId: nodeId(2), compliance: null, lastExecutionAt: null },
    ]);
    compliance.put(aFinding(1, { status: 'NON_COMPLIANT' }), NOW);
    expect(nodes.page(aQuery({ nodeIds: [nodeId(1)] })).rows[0]?.compliance).toBe('NON_COMPLIANT');
  });
});

test('a deregistered node no longer counts in an overview', () => {
  const { nodes, associations, executions } = temporaryStores();
  insertNodes({ nodes }, 2);
  associations.insert(aStoredAssociation(1));
  insertExecution({ executions }, anExecution(1), { nodes: [1, 2], status: 'Success' });
  nodes.deregister(nodeId(1), NOW);
  expect(executions.latestCounts(associationId(1)).Success).toBe(1);
});
