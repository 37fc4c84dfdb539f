import { createHash } from 'node:crypto';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryEntry } from '../../../agent/protocol/inventory.ts';
import type { InventoryItem } from '../../domain/inventory.ts';
import { splitEntry } from '../../domain/inventory.ts';
import { APPLICATION_TYPE } from '../../domain/inventory-type.ts';
import { EntryKeyRow, ITEM_COLUMNS, NumberRow, ValueNumberRow } from './inventory-rows.ts';
import { folded } from './node-columns.ts';
import type { Schema } from './schema.ts';
import type { Placeholders, Statements } from './statement.ts';
import { columnsOf } from './statement.ts';

type OfItem = { nodeId: NodeId; typeName: string };
type EntryKey = { valueNumber: number; own: string };

const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64url');

/** The same attributes in another order are the same value. */
const canonical = (entry: InventoryEntry): InventoryEntry => Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

const keyOf = ({ valueNumber, own }: EntryKey): string => `${valueNumber} ${own}`;

/** Writes items with their entries, and what the entries have in common. Call inside a transaction. */
export function inventoryWriting(statements: Statements) {
  const items = itemCommands(statements);
  const values = valueCommands(statements);
  const entries = entryCommands(statements);

  function numberOf(typeName: string, value: InventoryEntry): number {
    const content = canonical(value);
    const hash = hashOf(JSON.stringify(content));
    const known = values.find.get({ typeName, hash });
    if (known !== null) return known.valueNumber;
    values.add.run({ typeName, hash, content, uses: 0 });
    const valueNumber = values.find.get({ typeName, hash })?.valueNumber ?? 0;
    if (typeName === APPLICATION_TYPE) values.addApplication.run({ valueNumber, nameFolded: folded(content.Name ?? '') });
    return valueNumber;
  }

  function removeEntries(itemNumber: number, gone: readonly EntryKey[]): void {
    for (const key of gone) entries.remove.run({ itemNumber, ...key });
    for (const { valueNumber } of gone) values.removeUnused.run({ valueNumber });
  }

  return {
    /** The node has exactly these entries of the type. */
    put(item: InventoryItem, content: readonly InventoryEntry[]): void {
      items.put.run({ ...item, isGone: false });
      const itemNumber = items.number.get(item)?.itemNumber ?? 0;
      const before = new Map(entries.keys.all({ itemNumber }).map((key) => [keyOf(key), key]));
      for (const entry of content) {
        const { value, own } = splitEntry(item.typeName, entry);
        const key = { valueNumber: numberOf(item.typeName, value), own };
        if (!before.delete(keyOf(key))) entries.add.run({ itemNumber, ...key });
      }
      removeEntries(itemNumber, [...before.values()]);
    },
    /** The node said that its entries are as they were. */
    confirm: (item: OfItem & Pick<InventoryItem, 'captureTime' | 'receivedAt'>): void => void items.confirm.run(item),
    remove(item: OfItem): void {
      const found = items.number.get(item);
      if (found === null) return;
      removeEntries(found.itemNumber, entries.keys.all(found));
      items.remove.run(found);
    },
    /** Its inventory is kept for a while, and found by no search any more. */
    removeNode: (nodeId: NodeId): void => void items.leave.run({ nodeId }),
  };
}

type StoredItem = InventoryItem & { isGone: boolean };

function itemCommands(statements: Statements) {
  const changing = ['schemaVersion', 'captureTime', 'receivedAt', 'contentHash', 'bytes', 'entries'] as const;
  return {
    put: statements.command((db, p: Placeholders<StoredItem>) =>
      db
        .insertInto('inventoryItem')
        .values(columnsOf(p, [...ITEM_COLUMNS, 'isGone']))
        .onConflict((conflict) => conflict.columns(['nodeId', 'typeName']).doUpdateSet(columnsOf(p, changing))),
    ),
    number: statements.query(NumberRow, (db, p: Placeholders<OfItem>) =>
      db.selectFrom('inventoryItem').select('itemNumber').where('nodeId', '=', p.nodeId).where('typeName', '=', p.typeName),
    ),
    confirm: statements.command((db, p: Placeholders<OfItem & Pick<InventoryItem, 'captureTime' | 'receivedAt'>>) =>
      db
        .updateTable('inventoryItem')
        .set(columnsOf(p, ['captureTime', 'receivedAt']))
        .where('nodeId', '=', p.nodeId)
        .where('typeName', '=', p.typeName),
    ),
    leave: statements.command((db, p: Placeholders<{ nodeId: NodeId }>) =>
      db.updateTable('inventoryItem').set({ isGone: true }).where('nodeId', '=', p.nodeId),
    ),
    remove: statements.command((db, p: Placeholders<{ itemNumber: number }>) =>
      db.deleteFrom('inventoryItem').where('itemNumber', '=', p.itemNumber),
    ),
  };
}

type Value = Omit<Schema['inventoryValue'], 'valueNumber'>;

function valueCommands(statements: Statements) {
  return {
    find: statements.query(ValueNumberRow, (db, p: Placeholders<{ typeName: string; hash: string }>) =>
      db.selectFrom('inventoryValue').select('valueNumber').where('typeName', '=', p.typeName).where('hash', '=', p.hash),
    ),
    add: statements.command((db, p: Placeholders<Value>) =>
      db.insertInto('inventoryValue').values(columnsOf(p, ['typeName', 'hash', 'content', 'uses'])),
    ),
    addApplication: statements.command((db, p: Placeholders<Schema['inventoryApplication']>) =>
      db.insertInto('inventoryApplication').values(columnsOf(p, ['valueNumber', 'nameFolded'])),
    ),
    removeUnused: statements.command((db, p: Placeholders<{ valueNumber: number }>) =>
      db
        .deleteFrom('inventoryValue')
        .where('valueNumber', '=', p.valueNumber)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb.selectFrom('inventoryEntry').select('own').whereRef('inventoryEntry.valueNumber', '=', 'inventoryValue.valueNumber'),
            ),
          ),
        ),
    ),
  };
}

function entryCommands(statements: Statements) {
  return {
    keys: statements.query(EntryKeyRow, (db, p: Placeholders<{ itemNumber: number }>) =>
      db.selectFrom('inventoryEntry').select(['valueNumber', 'own']).where('itemNumber', '=', p.itemNumber),
    ),
    // Two entries that are alike in everything are one.
    add: statements.command((db, p: Placeholders<Schema['inventoryEntry']>) =>
      db
        .insertInto('inventoryEntry')
        .values(columnsOf(p, ['itemNumber', 'valueNumber', 'own']))
        .onConflict((conflict) => conflict.doNothing()),
    ),
    remove: statements.command((db, p: Placeholders<Schema['inventoryEntry']>) =>
      db
        .deleteFrom('inventoryEntry')
        .where('itemNumber', '=', p.itemNumber)
        .where('valueNumber', '=', p.valueNumber)
        .where('own', '=', p.own),
    ),
  };
}
