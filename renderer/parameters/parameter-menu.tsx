import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ParameterRow } from '../../electron/api/parameters.ts';
import { DeleteParameterDialog } from './delete-parameter-dialog.tsx';
import { NewValueDialog } from './new-value-dialog.tsx';

/** What can be done with one parameter of the list. */
export function ParameterMenu({ parameter }: { parameter: ParameterRow }) {
  const [isPutting, setPutting] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${parameter.name}`}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setPutting(true)}>
            Put a new value…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="bad" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setDeleting(true)}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isPutting && <NewValueDialog parameter={parameter} onClose={() => setPutting(false)} />}
      <DeleteParameterDialog
        isOpen={isDeleting}
        name={parameter.name}
        onClose={() => setDeleting(false)}
        onDeleted={() => setDeleting(false)}
      />
    </>
  );
}
