import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

const SETTLE_MS = 180;

/** Tells what was typed once the typing rests. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  // The typing rests also where the page around it is drawn again all the time.
  const tell = useEffectEvent(() => onChange(typed));
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => tell(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
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
