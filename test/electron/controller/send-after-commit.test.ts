import { expect, test } from 'vitest';
import type { FromController } from '../../../agent/protocol/messages.ts';
import type { Change } from '../../../electron/api/changes.ts';
import { sendAfterCommit } from '../../../electron/controller/send-after-commit.ts';
import { executionId, nodeId } from './store/stored-things.ts';
import { openTemporary } from './store/temporary-database.ts';

/** A real database, and a link that remembers what left, and whether its transaction was over then. */
function desk() {
  const database = openTemporary();
  const sent: string[] = [];
  const link = {
    isConnected: () => true,
    connectedNodes: () => [],
    publicKeyOf: () => null,
    close: () => undefined,
    send: (_: unknown, message: FromController) => {
      sent.push(`${message.type === 'cancel' ? message.reason : message.type}${database.connection.inTransaction ? ' too early' : ''}`);
      return true;
    },
  };
  const heard: string[] = [];
  const changes = {
    publish: (change: Change) => void heard.push(`${change.kind}${database.connection.inTransaction ? ' too early' : ''}`),
  };
  const waiting = sendAfterCommit({ transaction: (work) => database.transaction(work), link, changes });
  const say = (reason: string) => waiting.link.send(nodeId(1), { type: 'cancel', executionId: executionId(1), reason });
  return { transaction: waiting.transaction, say, sent, publish: waiting.changes.publish, heard };
}

const fail = () => {
  throw new Error('undone');
};

test('what is sent in a transaction leaves after the commit, in order; outside of one it leaves at once', () => {
  const { transaction, say, sent } = desk();
  say('before');
  transaction(() => {
    say('first');
    transaction(() => say('second'));
    say('third');
    expect(sent).toEqual(['before']);
  });
  say('after');
  expect(sent).toEqual(['before', 'first', 'second', 'third', 'after']);
});

test('what is sent in work that is undone never leaves', () => {
  const { transaction, say, sent } = desk();
  expect(() =>
    transaction(() => {
      say('lost');
      fail();
    }),
  ).toThrow('undone');
  transaction(() => {
    say('kept');
    expect(() =>
      transaction(() => {
        say('lost with its part');
        fail();
      }),
    ).toThrow('undone');
  });
  expect(sent).toEqual(['kept']);
});

test('a change is said when it is committed, and not said when it is undone', () => {
  const { transaction, publish, heard } = desk();
  transaction(() => {
    publish({ kind: 'group', name: 'lab' });
    transaction(() => publish({ kind: 'alarm', name: 'heat' }));
    expect(() =>
      transaction(() => {
        publish({ kind: 'parameter', name: '/lost' });
        fail();
      }),
    ).toThrow('undone');
    expect(heard).toEqual([]);
  });
  publish({ kind: 'document', name: 'Lab-Document' });
  expect(heard).toEqual(['group', 'alarm', 'document']);
});
