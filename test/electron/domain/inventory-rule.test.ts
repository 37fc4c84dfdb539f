import { describe, expect, test } from 'vitest';
import { AssociationId, NodeId } from '../../../agent/protocol/ids.ts';
import type { InventoryAssociation } from '../../../electron/domain/inventory-rule.ts';
import { collectsInventory, decideInventory, inventoryConflict } from '../../../electron/domain/inventory-rule.ts';
import type { TargetSelection } from '../../../electron/domain/target.ts';

let made = 0;
const on = (targets: TargetSelection): InventoryAssociation => {
  made += 1;
  const associationId = AssociationId.parse(`00000000-0000-4000-8000-${String(made).padStart(12, '0')}`);
  return { associationId, title: `inventory-${made}`, targets };
};

const everyNode = () => on({ kind: 'all' });
const byTag = () => on({ kind: 'tags', conditions: [{ keys: ['lab'], values: [] }] });
const byGroup = () => on({ kind: 'group', groupName: 'labs' });
const byId = () => on({ kind: 'nodes', nodeIds: new Set([NodeId.parse(`mi-${'0'.repeat(17)}`)]) });

const skipped = { kind: 'skip', because: 'Overridden By Explicit Inventory Association' };

describe('on one node', () => {
  test('the only inventory association runs', () => {
    for (const only of [everyNode(), byTag(), byGroup(), byId()])
      expect(decideInventory(only, [only])).toEqual({ kind: 'run', overrides: [] });
  });

  test('the one of all nodes gives way to a specific one, which runs', () => {
    for (const specific of [byTag(), byGroup(), byId()]) {
      const general = everyNode();
      expect(decideInventory(general, [specific, general])).toEqual(skipped);
      expect(decideInventory(specific, [specific, general])).toEqual({ kind: 'run', overrides: [general.associationId] });
    }
  });

  test('two that match by tags conflict, in whatever order they run', () => {
    for (const [one, other] of [
      [byTag(), byTag()],
      [byTag(), byGroup()],
      [byGroup(), byGroup()],
    ] as const) {
      const matching = [everyNode(), one, other, byId()];
      expect(decideInventory(one, matching)).toMatchObject({ kind: 'fail', message: expect.stringContaining(other.title) });
      expect(decideInventory(other, matching)).toMatchObject({ kind: 'fail', message: expect.stringContaining(one.title) });
    }
  });

  test('otherwise the one that runs is real, and the others show as skipped', () => {
    for (const other of [byTag(), byId()]) {
      const one = byId();
      expect(decideInventory(one, [one, other])).toEqual({ kind: 'run', overrides: [other.associationId] });
      expect(decideInventory(other, [one, other])).toEqual({ kind: 'run', overrides: [one.associationId] });
    }
  });
});

test('a second inventory association of all nodes is refused when it is saved; any other is not', () => {
  const first = everyNode();
  expect(inventoryConflict({ kind: 'all' }, [byTag(), first])).toContain(first.title);
  expect(inventoryConflict({ kind: 'all' }, [byTag(), byId()])).toBe(null);
  expect(inventoryConflict({ kind: 'group', groupName: 'labs' }, [first])).toBe(null);
});

test('a document collects inventory when one of its steps does', () => {
  expect(collectsInventory({ mainSteps: [{ action: 'aws:runShellScript' }, { action: 'aws:softwareInventory' }] })).toBe(true);
  expect(collectsInventory({ mainSteps: [{ action: 'aws:runShellScript' }] })).toBe(false);
});
