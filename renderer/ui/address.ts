import { useEffect, useSyncExternalStore } from 'react';
import { create } from 'zustand';

/** Why the person should think before leaving; null when they may simply go. */
type Guard = { reason: string };

interface LeaveState {
  guard: Guard | null;
  /** Where the person wants to go, while they are being asked. */
  wanted: string | null;
}

export const useLeave = create<LeaveState>(() => ({ guard: null, wanted: null }));

const listeners = new Set<() => void>();
/** Taken when it is asked for first: by then the start has emptied the address of what is not a screen. */
let known: string | null = null;

function current(): string {
  known ??= window.location.hash;
  return known;
}

/** The browser has moved already when it tells. Without an answer from the person, it is moved back. */
function followBrowser(): void {
  const next = window.location.hash;
  if (next === current()) return;
  if (useLeave.getState().guard !== null) {
    window.history.pushState(null, '', current() === '' ? '#/' : current());
    useLeave.setState({ wanted: next });
    return;
  }
  known = next;
  for (const listener of [...listeners]) listener();
}

window.addEventListener('hashchange', followBrowser);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The part of the address from `#` on. */
export const useAddress = (): string => useSyncExternalStore(subscribe, current);

/** `address` begins with `#`. Asks first where leaving would lose something. */
export function goTo(address: string): void {
  window.location.hash = address;
}

/** Changes the address without a step in the history: filters and selections. */
export function refineAddress(address: string): void {
  window.history.replaceState(null, '', address);
  known = window.location.hash;
  for (const listener of [...listeners]) listener();
}

/** As refineAddress, for what takes another's place on this screen: asks first where that would lose something. */
export function replaceShown(address: string): void {
  if (useLeave.getState().guard === null) refineAddress(address);
  else goTo(address);
}

export function leaveAnyway(): void {
  const { wanted } = useLeave.getState();
  useLeave.setState({ guard: null, wanted: null });
  if (wanted !== null) goTo(wanted);
}

export const stay = (): void => useLeave.setState({ wanted: null });

/** What was guarded is safe now: lets the next `goTo` pass at once. */
export const dropGuard = (): void => useLeave.setState({ guard: null, wanted: null });

/** While `reason` is given, leaving this screen or closing the window asks first. */
export function useLeaveGuard(reason: string | null): void {
  useEffect(() => {
    if (reason === null) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    useLeave.setState({ guard: { reason } });
    window.addEventListener('beforeunload', warn);
    return () => {
      dropGuard();
      window.removeEventListener('beforeunload', warn);
    };
  }, [reason]);
}
