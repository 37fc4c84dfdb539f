import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';

interface OpenFileButtonProps {
  label: string;
  inputLabel: string;
  accept: string;
  /** Enough to see that a file is too large; the rest of it is nobody's business. */
  readBytes: number;
  onOpened(text: string, fileName: string): void;
}

/** Reads a file that somebody chooses, as text. */
export function OpenFileButton({ label, inputLabel, accept, readBytes, onOpened }: OpenFileButtonProps) {
  const reset = useRef<() => void>(null);
  const read = async (file: File | null) => {
    // A browser says nothing when the file that it holds is chosen again, although what is in it may have been mended meanwhile.
    reset.current?.();
    if (file !== null) onOpened(await file.slice(0, readBytes).text(), file.name);
  };
  return (
    <FileButton accept={accept} resetRef={reset} onChange={(file) => void read(file)} inputProps={{ 'aria-label': inputLabel }}>
      {(props) => (
        <Button {...props} leftSection={<IconUpload size={14} aria-hidden />}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}
