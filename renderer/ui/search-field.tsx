import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSettled } from './use-settled.ts';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

/** Tells what was typed once the typing rests. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useSettled(value, onChange);
  const clear = typed === '' ? null : <CloseButton size="xs" aria-label="Clear search" onClick={() => setTyped('')} />;
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={clear}
      maxLength={200}
      w={260}
      maw="100%"
      data-search
    />
  );
}
