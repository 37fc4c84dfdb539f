import { ActionIcon, Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

interface ExportButtonProps {
  isPending: boolean;
  percent: number;
  isEmpty: boolean;
  look?: 'button' | 'icon';
  onClick(): void;
}

export function ExportButton({ isPending, percent, isEmpty, look = 'button', onClick }: ExportButtonProps) {
  if (look === 'icon') {
    return (
      <ActionIcon aria-label="Export CSV" title="Export CSV" disabled={isEmpty} loading={isPending} onClick={onClick}>
        <IconDownload size={16} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={isEmpty || isPending} onClick={onClick}>
      {isPending ? `Exporting… ${percent} %` : 'Export CSV'}
    </Button>
  );
}
