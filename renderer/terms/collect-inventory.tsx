import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { address } from '../routes.ts';

const DOCUMENT = 'Holdfast-GatherSoftwareInventory';

/** Opens the editor with what collects inventory on every machine, as often as it usually is. */
export function CollectInventoryButton() {
  const href = address.newAssociation({ document: DOCUMENT, schedule: 'rate(30 minutes)', isForEveryMachine: true });
  return (
    <Button component="a" href={href} variant="filled" leftSection={<IconPlus size={14} aria-hidden />}>
      Collect inventory from every machine
    </Button>
  );
}
