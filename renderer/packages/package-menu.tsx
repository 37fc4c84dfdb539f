import { ActionIcon, Menu } from '@mantine/core';
import { IconAnchor, IconDots, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { AddPackageDialog } from './add-package-dialog.tsx';
import { DeletePackageDialog } from './delete-package-dialog.tsx';

/** What can be done with one package of the list. */
export function PackageMenu({ name }: { name: string }) {
  const [isAdding, setAdding] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${name}`}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconAnchor size={15} aria-hidden />}
            onClick={() => goTo(address.newAssociation({ document: 'Holdfast-ConfigurePackage', package: name }))}
          >
            Install on…
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={15} aria-hidden />} onClick={() => setAdding(true)}>
            Add a version…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="bad" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setDeleting(true)}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAdding && <AddPackageDialog name={name} onClose={() => setAdding(false)} />}
      {isDeleting && (
        <DeletePackageDialog name={name} version={null} onClose={() => setDeleting(false)} onDeleted={() => setDeleting(false)} />
      )}
    </>
  );
}
