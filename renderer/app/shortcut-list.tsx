import { Modal } from '@mantine/core';
import { ShortcutTable } from './shortcut-table.tsx';
import { closeShortcutList, useWindowState } from './window-state.ts';

export function ShortcutList() {
  const { isShortcutListOpen } = useWindowState();
  return (
    <Modal opened={isShortcutListOpen} onClose={closeShortcutList} title="Keyboard shortcuts" size={480}>
      <ShortcutTable />
    </Modal>
  );
}
