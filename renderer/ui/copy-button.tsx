import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyButtonProps {
  text: string;
  /** What is copied, for the button's name: “Copy node id”. */
  what: string;
  look?: 'icon' | 'button';
}

export function CopyButton({ text, what, look = 'icon' }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 2000 });
  const label = clipboard.copied ? 'Copied' : `Copy ${what}`;
  const Glyph = clipboard.copied ? IconCheck : IconCopy;
  if (look === 'button') {
    return (
      <Button leftSection={<Glyph size={14} aria-hidden />} onClick={() => clipboard.copy(text)}>
        <span aria-live="polite">{label}</span>
      </Button>
    );
  }
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => clipboard.copy(text)} size={24}>
        <Glyph size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
