import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import { runNow, useIsStarting } from '../review/run-now.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { DeleteDialog } from './delete-dialog.tsx';

/** What can be done with one association, wherever it is listed. */
export function AssociationMenu({ association }: { association: AssociationRow }) {
  const { associationId, title } = association;
  const [isDeleting, setDeleting] = useState(false);
  const isStarting = useIsStarting(associationId);
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${title}`} loading={isStarting}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={() => runNow([association])}>
            Run now
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => goTo(address.editAssociation(associationId))}>
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={() => goTo(address.newAssociation({ from: associationId }))}>
            Duplicate
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="bad" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setDeleting(true)}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog isOpen={isDeleting} chosen={[association]} onClose={() => setDeleting(false)} onDeleted={() => setDeleting(false)} />
    </>
  );
}
