import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';

/** What other machines have, to choose from; nothing until it is known. */
export function useKnownTags(): readonly { key: string; values: readonly string[] }[] {
  const known = useCall(calls.nodes.tags());
  return known.status === 'full' ? known.answer : [];
}
