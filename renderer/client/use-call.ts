import { useState, useSyncExternalStore } from 'react';
import { useController } from './connection-context.ts';
import type { Call, CallState } from './reading.ts';

export type CallView<Answer> = CallState<Answer> & { readonly again: () => void };

/** What the controller says to `call` now, read again whenever a change makes that old. Pass any equal call on each render. */
export function useCall<Answer>(call: Call<Answer>): CallView<Answer> {
  const reading = useController().readings.of(call);
  const state = useSyncExternalStore(reading.subscribe, reading.state);
  return { ...state, again: reading.again };
}

const nothing = () => () => undefined;
const loading = { status: 'loading' } as const;

/** As useCall, for a question that there is nothing to ask yet. */
export function useCallWhen<Answer>(call: Call<Answer> | null): CallState<Answer> {
  const { readings } = useController();
  const reading = call === null ? null : readings.of(call);
  return useSyncExternalStore<CallState<Answer>>(reading?.subscribe ?? nothing, reading?.state ?? (() => loading));
}

/**
 * As useCallWhen, for what somebody is about to edit or to confirm: what the controller says now. An answer that was only kept from an
 * earlier look is none yet.
 */
export function useFreshCall<Answer>(call: Call<Answer> | null): CallState<Answer> {
  const { readings } = useController();
  const reading = call === null ? null : readings.of(call);
  return useSyncExternalStore<CallState<Answer>>(reading?.subscribe ?? nothing, reading?.freshState ?? (() => loading));
}

/** The last full answer while the next question is being asked: a filter that changes does not blank the screen. */
export function useLastAnswer<Answer>(state: CallState<Answer>): { answer: Answer; isOld: boolean } | null {
  const current = state.status === 'full' ? state.answer : null;
  const [last, setLast] = useState<Answer | null>(current);
  if (current !== null && current !== last) setLast(current);
  if (current !== null) return { answer: current, isOld: false };
  return last === null ? null : { answer: last, isOld: true };
}
