import * as z from 'zod';
import { NodeId } from '../../../agent/protocol/ids.ts';
import type { PlatformFacts } from '../../../agent/protocol/messages.ts';
import type { FleetMember } from '../../domain/fleet-index.ts';
import type { ManagedNode, NodeOrigin } from '../../domain/node.ts';
import type { Tag } from '../../domain/tag.ts';
import { InstantColumn } from './column.ts';
import type { Database } from './database.ts';
import { derivedColumns, NODE_COLUMNS, NodeRow, StoredTags } from './node-columns.ts';
import { nodePages } from './node-page.ts';
import type { Builder, Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';
import { tagsInUse } from './tags-in-use.ts';

export type StoredNode = z.output<typeof NodeRow>;

export type NewNode = {
  nodeId: NodeId;
  name: string;
  origin: NodeOrigin;
  activationId: ManagedNode['activationId'];
  agentVersion: string;
  facts: PlatformFacts;
  tags: readonly Tag[];
  registeredAt: Date;
  certificateExpiresAt: Date;
};

export type StoredHello = {
  facts: PlatformFacts;
  agentVersion: string;
  bootId: string;
  clockOffsetSeconds: number;
  outboxDepth: number;
  at: Date;
};

export type NewCertificate = { serial: string; nodeId: NodeId; issuedAt: Date; expiresAt: Date };
export type StoredCertificate = { nodeId: NodeId; revokedAt: Date | null };

const MemberRow = z.object({ nodeId: NodeId, name: z.string(), tags: StoredTags });
const CertificateRow = z.object({ nodeId: NodeId, revokedAt: InstantColumn.nullable(), deregisteredAt: InstantColumn.nullable() });
const SequenceRow = z.object({ storedSequence: z.number() });

type Id = { nodeId: NodeId };
type IdAt = Id & { at: Date };

const HeardRow = z.object({ nodeId: NodeId, lastPingAt: InstantColumn.nullable() });

export type NodeStore = ReturnType<typeof openNodeStore>;

/** A deregistered node is in no list and not found; its row stays for its history and its certificates. */
export function openNodeStore({ statements, transaction }: Database) {
  const read = nodeQueries(statements);
  const write = nodeCommands(statements);
  return {
    ...certificates({ statements, transaction }),
    insert({ facts, ...node }: NewNode): void {
      const columns = { ...node, ...facts, clockOffsetSeconds: null, outboxDepth: 0 };
      transaction(() => {
        write.insert.run({ ...columns, ...derivedColumns(columns) });
        write.insertContact.run({ nodeId: node.nodeId });
      });
    },
    find: (nodeId: NodeId): StoredNode | null => read.find.get({ nodeId }),
    all: (): StoredNode[] => read.all.all(),
    /** As much of every node as targeting asks. */
    members: (): FleetMember[] => read.members.all(),
    member: (nodeId: NodeId): FleetMember | null => read.member.get({ nodeId }),
    byOrigin: (origin: NodeOrigin): StoredNode[] => read.byOrigin.all({ origin }),
    /** Those that were heard after a moment, the one first that was silent longest. */
    heardSince: (since: Date): { nodeId: NodeId; lastPingAt: Date }[] =>
      read.heardSince.all({ since }).flatMap(({ nodeId, lastPingAt }) => (lastPingAt === null ? [] : [{ nodeId, lastPingAt }])),
    page: nodePages(statements),
    tagsInUse: tagsInUse(statements),
    update(nodeId: NodeId, change: { name: string; tags: readonly Tag[] }): void {
      transaction(() => {
        const known = read.find.get({ nodeId });
        if (known !== null) write.update.run({ nodeId, ...change, ...derivedColumns({ ...known, ...change }) });
      });
    },
    recordHello(nodeId: NodeId, { facts, at, ...hello }: StoredHello): void {
      transaction(() => {
        const known = read.find.get({ nodeId });
        if (known === null) return;
        write.recordHello.run({ nodeId, ...hello, ...facts, ...derivedColumns({ ...known, ...facts }) });
        write.recordPing.run({ nodeId, at });
      });
    },
    recordPing(nodeId: NodeId, at: Date): void {
      write.recordPing.run({ nodeId, at });
    },
    /** Its newest targets no longer count in any association's overview; every execution keeps its own. */
    deregister(nodeId: NodeId, at: Date): void {
      transaction(() => {
        write.deregister.run({ nodeId, at });
        write.forgetLatestTargets.run({ nodeId });
      });
    },
    /** The highest sequence of the node's reports that is stored; 0 before the first. */
    storedSequence: (nodeId: NodeId): number => read.storedSequence.get({ nodeId })?.storedSequence ?? 0,
    setStoredSequence(nodeId: NodeId, storedSequence: number): void {
      write.setStoredSequence.run({ nodeId, storedSequence });
    },
  };
}

const present = (db: Builder) =>
  db.selectFrom('managedNode').innerJoin('nodeContact', 'nodeContact.nodeId', 'managedNode.nodeId').where('deregisteredAt', 'is', null);

const columns = NODE_COLUMNS.map((column) => `managedNode.${column}` as const);

function nodeQueries(statements: Statements) {
  return {
    find: statements.query(NodeRow, (db, p: Placeholders<Id>) =>
      present(db)
        .select([...columns, 'lastPingAt'])
        .where('managedNode.nodeId', '=', p.nodeId),
    ),
    all: statements.query(NodeRow, (db) =>
      present(db)
        .select([...columns, 'lastPingAt'])
        .orderBy('nameOrder')
        .orderBy('managedNode.nodeId'),
    ),
    byOrigin: statements.query(NodeRow, (db, p: Placeholders<{ origin: NodeOrigin }>) =>
      present(db)
        .select([...columns, 'lastPingAt'])
        .where('origin', '=', p.origin)
        .orderBy('nameOrder')
        .orderBy('managedNode.nodeId'),
    ),
    members: statements.query(MemberRow, (db) =>
      db.selectFrom('managedNode').select(['nodeId', 'name', 'tags']).where('deregisteredAt', 'is', null),
    ),
    member: statements.query(MemberRow, (db, p: Placeholders<Id>) =>
      db.selectFrom('managedNode').select(['nodeId', 'name', 'tags']).where('deregisteredAt', 'is', null).where('nodeId', '=', p.nodeId),
    ),
    heardSince: statements.query(HeardRow, (db, p: Placeholders<{ since: Date }>) =>
      present(db).select(['managedNode.nodeId', 'lastPingAt']).where('lastPingAt', '>', p.since).orderBy('lastPingAt'),
    ),
    storedSequence: statements.query(SequenceRow, (db, p: Placeholders<Id>) =>
      db.selectFrom('nodeContact').select('storedSequence').where('nodeId', '=', p.nodeId),
    ),
  };
}

type Derived = ReturnType<typeof derivedColumns>;
type InsertColumns = Omit<StoredNode, 'lastPingAt' | 'tags'> & { tags: readonly Tag[] } & Derived;
type UpdateColumns = Id & { name: string; tags: readonly Tag[] } & Derived;
type HelloColumns = Id & Omit<StoredHello, 'facts' | 'at'> & PlatformFacts & Derived;

const DERIVED = ['nameOrder', 'searchText'] as const;
const FACTS = ['platformType', 'platformName', 'platformVersion', 'architecture', 'computerName', 'ipAddress'] as const;

function nodeCommands(statements: Statements) {
  return {
    insert: statements.command((db, p: Placeholders<InsertColumns>) =>
      db.insertInto('managedNode').values(columnsOf(p, [...NODE_COLUMNS, ...DERIVED])),
    ),
    insertContact: statements.command((db, p: Placeholders<Id>) => db.insertInto('nodeContact').values({ nodeId: p.nodeId })),
    update: statements.command((db, p: Placeholders<UpdateColumns>) =>
      db
        .updateTable('managedNode')
        .set(columnsOf(p, ['name', 'tags', ...DERIVED]))
        .where('nodeId', '=', p.nodeId),
    ),
    recordHello: statements.command((db, p: Placeholders<HelloColumns>) =>
      db
        .updateTable('managedNode')
        .set(columnsOf(p, [...FACTS, 'agentVersion', 'bootId', 'clockOffsetSeconds', 'outboxDepth', ...DERIVED]))
        .where('nodeId', '=', p.nodeId),
    ),
    recordPing: statements.command((db, p: Placeholders<IdAt>) =>
      db.updateTable('nodeContact').set({ lastPingAt: p.at }).where('nodeId', '=', p.nodeId),
    ),
    setStoredSequence: statements.command((db, p: Placeholders<Id & { storedSequence: number }>) =>
      db.updateTable('nodeContact').set({ storedSequence: p.storedSequence }).where('nodeId', '=', p.nodeId),
    ),
    deregister: statements.command((db, p: Placeholders<IdAt>) =>
      db.updateTable('managedNode').set({ deregisteredAt: p.at }).where('nodeId', '=', p.nodeId).where('deregisteredAt', 'is', null),
    ),
    forgetLatestTargets: statements.command((db, p: Placeholders<Id>) => db.deleteFrom('latestTarget').where('nodeId', '=', p.nodeId)),
  };
}

function certificates({ statements, transaction }: Pick<Database, 'statements' | 'transaction'>) {
  const insert = statements.command((db, p: Placeholders<NewCertificate>) =>
    db.insertInto('certificate').values(columnsOf(p, ['serial', 'nodeId', 'issuedAt', 'expiresAt'])),
  );
  const setExpiry = statements.command((db, p: Placeholders<Id & { expiresAt: Date }>) =>
    db.updateTable('managedNode').set({ certificateExpiresAt: p.expiresAt }).where('nodeId', '=', p.nodeId),
  );
  const find = statements.query(CertificateRow, (db, p: Placeholders<{ serial: string }>) =>
    db
      .selectFrom('certificate')
      .innerJoin('managedNode', 'managedNode.nodeId', 'certificate.nodeId')
      .select(['certificate.nodeId', 'revokedAt', 'deregisteredAt'])
      .where('serial', '=', p.serial),
  );
  const revoke = statements.command((db, p: Placeholders<IdAt>) =>
    db.updateTable('certificate').set({ revokedAt: p.at }).where('nodeId', '=', p.nodeId).where('revokedAt', 'is', null),
  );
  return {
    /** The node shows when its newest certificate ends. */
    addCertificate(certificate: NewCertificate): void {
      transaction(() => {
        insert.run(certificate);
        setExpiry.run({ nodeId: certificate.nodeId, expiresAt: certificate.expiresAt });
      });
    },
    /** Null when this site has not issued it. Deregistering its node revokes it too. */
    certificate(serial: string): StoredCertificate | null {
      const found = find.get({ serial });
      return found === null ? null : { nodeId: found.nodeId, revokedAt: found.revokedAt ?? found.deregisteredAt };
    },
    revokeCertificates(nodeId: NodeId, at: Date): void {
      revoke.run({ nodeId, at });
    },
  };
}
