import { Button, Tabs } from '@mantine/core';
import { IconDownload, IconStack2 } from '@tabler/icons-react';
import type { NodeId } from '../../agent/protocol/ids.ts';
import type { InventoryEntryRow, InventoryItemRow } from '../../electron/api/inventory.ts';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { csvFile, useExport } from '../history/use-export.ts';
import { address } from '../routes.ts';
import { CollectInventoryButton } from '../terms/collect-inventory.tsx';
import { byInterest, inventoryTypeText } from '../terms/inventory-words.ts';
import { refineAddress } from '../ui/address.ts';
import { Age } from '../ui/age.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { countText, plural } from '../ui/moment.ts';
import { SearchField } from '../ui/search-field.tsx';
import { SkeletonLines } from '../ui/skeletons.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { InventoryEntries } from './inventory-entries.tsx';
import classes from './nodes.module.css';

interface NodeInventoryProps {
  nodeId: NodeId;
  nodeName: string;
  typeName: string | null;
  search: string;
}

/** What this machine is made of, by type. */
export function NodeInventory(props: NodeInventoryProps) {
  const items = useCall(calls.inventory.items(props.nodeId));
  switch (items.status) {
    case 'loading':
      return <SkeletonLines lines={6} />;
    case 'fault':
      return <FaultNotice fault={items.fault} />;
    case 'full':
      return items.answer.length === 0 ? <NothingCollected /> : <Types {...props} items={[...items.answer].sort(byInterest)} />;
  }
}

function NothingCollected() {
  return (
    <EmptyState icon={IconStack2} title="Nothing is known of this machine yet" actions={<CollectInventoryButton />}>
      An association that runs Holdfast-GatherSoftwareInventory tells what a machine has: applications with their versions, network,
      services, hardware, and whatever files or custom facts you ask for.
    </EmptyState>
  );
}

function Types({ nodeId, nodeName, items, typeName, search }: NodeInventoryProps & { items: readonly InventoryItemRow[] }) {
  const shown = items.find((item) => item.typeName === typeName) ?? items[0];
  if (shown === undefined) return null;
  const choose = (type: string | null) => refineAddress(address.nodeInventory(nodeId, { type }));
  return (
    <Tabs value={shown.typeName} onChange={choose} className={classes.inventory}>
      <Tabs.List aria-label="Types of inventory">
        {items.map((item) => (
          <Tabs.Tab key={item.typeName} value={item.typeName}>
            {inventoryTypeText(item.typeName)}
            <span className={classes.typeCount}>{countText(item.entries)}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {items.map((item) => (
        <Tabs.Panel key={item.typeName} value={item.typeName} className={item === shown ? classes.inventory : undefined}>
          {item === shown && (
            <>
              <TypeToolbar nodeId={nodeId} nodeName={nodeName} item={shown} search={search} />
              <InventoryEntries nodeId={nodeId} typeName={shown.typeName} search={search} />
            </>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface TypeToolbarProps {
  nodeId: NodeId;
  nodeName: string;
  item: InventoryItemRow;
  search: string;
}

function TypeToolbar({ nodeId, nodeName, item, search }: TypeToolbarProps) {
  const { typeName } = item;
  const file = useExport({
    what: 'row',
    keyOf: (row: InventoryEntryRow) => JSON.stringify(row),
    page: (client, page) => client.inventory.entries({ ...page, nodeId, typeName, search }),
  });
  const save = () =>
    void file.run((rows) => {
      const attributes = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const columns = attributes.map((name) => ({ name, value: (row: InventoryEntryRow) => row[name] ?? '' }));
      return csvFile(
        ['inventory', nodeName.replace(/[^\w.-]+/g, '-'), inventoryTypeText(typeName).replace(/[^\w.-]+/g, '-')],
        columns,
        rows,
      );
    });
  return (
    <Toolbar
      aside={
        <>
          <span>
            {plural(item.entries, 'entry', 'entries')}, as of <Age at={item.receivedAt} />
          </span>
          <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={item.entries === 0 || file.isPending} onClick={save}>
            {file.isPending ? `Exporting… ${file.percent} %` : 'Export as CSV'}
          </Button>
        </>
      }
    >
      <SearchField
        label={`Search ${inventoryTypeText(typeName).toLowerCase()}`}
        value={search}
        onChange={(text) => refineAddress(address.nodeInventory(nodeId, { type: typeName, search: text }))}
      />
    </Toolbar>
  );
}
