import { join } from 'node:path';
import { openDatabase } from '../../../../electron/controller/store/database.ts';
import { openStores } from '../../../../electron/controller/store/stores.ts';
import { NOW } from './instants.ts';
import { aNode } from './stored-things.ts';

/** Commits node 1, inserts node 2 in a transaction, and stays in it until somebody kills it. */
const folder = process.argv[2] ?? '';
const database = openDatabase({ file: join(folder, 'holdfast.db'), backupsFolder: join(folder, 'backups'), now: () => NOW });
const { nodes } = openStores(database);
nodes.insert(aNode(1));
database.transaction(() => {
  nodes.insert(aNode(2));
  process.stdout.write('inside\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
