import { create } from 'zustand';
import type { AssociationId } from '../../agent/protocol/ids.ts';

export interface Named {
  associationId: AssociationId;
  title: string;
}

interface RunRequest {
  /** What somebody wants to run, while it is looked at; null while nothing is asked for. */
  chosen: readonly Named[] | null;
  onStarted: () => void;
}

const nothing = (): void => undefined;

export const useRunRequest = create<RunRequest>(() => ({ chosen: null, onStarted: nothing }));

/** As many as one call may start (StartAssociationsOnce). */
export const MOST_STARTED = 10;

/** Runs them now, from wherever it is asked: several, or one on many machines, after a last look. A second request replaces the first. */
export function runNow(chosen: readonly Named[], onStarted: () => void = nothing): void {
  useRunRequest.setState({ chosen, onStarted });
}

/** Unless another request took its place meanwhile. */
export function dropRunRequest(chosen: readonly Named[]): void {
  if (useRunRequest.getState().chosen === chosen) useRunRequest.setState({ chosen: null, onStarted: nothing });
}

/** Whether this one alone is on its way to be started. */
export const useIsStarting = (associationId: AssociationId): boolean =>
  useRunRequest(({ chosen }) => chosen?.length === 1 && chosen[0]?.associationId === associationId);
