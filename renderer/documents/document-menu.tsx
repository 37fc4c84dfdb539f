import { ActionIcon, Menu } from '@mantine/core';
import { IconAnchor, IconCalendarEvent, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { address } from '../routes.ts';
import { goTo } from '../ui/address.ts';
import { DeleteDocumentDialog } from './delete-document-dialog.tsx';
import { canHaveVersions, isOwn, runsOnNodes } from './document-words.ts';

/** What can be done with one document of the list. */
export function DocumentMenu({ document }: { document: DocumentIdentifier }) {
  const { name, associationCount } = document;
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
          {document.documentType === 'ChangeCalendar' && (
            <Menu.Item leftSection={<IconCalendarEvent size={15} aria-hidden />} onClick={() => goTo(address.calendar(name))}>
              Open the calendar
            </Menu.Item>
          )}
          {runsOnNodes(document) && (
            <Menu.Item leftSection={<IconAnchor size={15} aria-hidden />} onClick={() => goTo(address.newAssociation({ document: name }))}>
              New association
            </Menu.Item>
          )}
          {canHaveVersions(document) && (
            <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => goTo(address.editDocument(name))}>
              Edit
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={() => goTo(address.newDocument({ from: name }))}>
            Save a copy
          </Menu.Item>
          {isOwn(document) && (
            <>
              <Menu.Divider />
              <Menu.Item color="bad" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setDeleting(true)}>
                Delete…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeleteDocumentDialog
        isOpen={isDeleting}
        name={name}
        associations={associationCount}
        onClose={() => setDeleting(false)}
        onDeleted={() => setDeleting(false)}
      />
    </>
  );
}
