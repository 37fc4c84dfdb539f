import { useEffect, useEffectEvent, useState } from 'react';

const SETTLE_MS = 180;

/** What a person types, told once the typing rests; and what the address says, where that changes. */
export function useSettled(value: string, onChange: (value: string) => void): [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== told) {
    setTold(value);
    // What comes back without the spaces around it is what was typed, and somebody may still be typing.
    if (value !== typed.trim()) setTyped(value);
  }
  // The typing rests also where the page around it is drawn again all the time.
  const tell = useEffectEvent(() => onChange(typed));
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => tell(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return [typed, setTyped];
}
