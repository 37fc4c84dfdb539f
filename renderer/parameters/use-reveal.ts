import { useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { tellFault } from '../ui/toast.tsx';

export interface Reveal {
  /** Null while it is hidden. */
  shown: string | null;
  isPending: boolean;
  show(): void;
  hide(): void;
}

/** One secret, shown because somebody asked for it, as long as this is on screen or until it is hidden. */
export function useReveal(name: string, version: number): Reveal {
  const [revealed, setRevealed] = useState<{ version: number; value: string } | null>(null);
  const reveal = useAction((client, wanted: number) => client.parameters.reveal({ name, version: wanted }));
  const show = async () => {
    const outcome = await reveal.run(version);
    if (outcome.ok) setRevealed({ version, value: outcome.answer.value });
    else tellFault(outcome.fault);
  };
  return {
    shown: revealed?.version === version ? revealed.value : null,
    isPending: reveal.isPending,
    show: () => void show(),
    hide: () => setRevealed(null),
  };
}
