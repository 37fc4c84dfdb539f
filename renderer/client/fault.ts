import { ORPCError } from '@orpc/client';
import type { FaultData } from '../../electron/api/call.ts';

export type { FaultData };

const withoutPlaces = (code: string, title: string, remedy: string): FaultData => ({ code, title, remedy, places: [] });

/** What this side can say when the controller itself said nothing. */
export const ownFaults = {
  notConnected: withoutPlaces(
    'E-NOT-CONNECTED',
    'Holdfast’s controller is not connected.',
    'Wait until the window has reconnected, then try again.',
  ),
  lostMeanwhile: withoutPlaces(
    'E-CONNECTION-LOST',
    'The connection to the controller ended before it answered.',
    'It may or may not have been done: look before you try again.',
  ),
  noSession: withoutPlaces(
    'E-SESSION',
    'This window is not signed in to Holdfast.',
    'Run npm start again: it shows a fresh link to the Holdfast that is running.',
  ),
  linkUsed: withoutPlaces(
    'E-LINK-USED',
    'This link was used already or is too old.',
    'Run npm start again: it shows a fresh link to the Holdfast that is running.',
  ),
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export function isFaultData(value: unknown): value is FaultData {
  return (
    isRecord(value) &&
    typeof value.code === 'string' &&
    typeof value.title === 'string' &&
    typeof value.remedy === 'string' &&
    Array.isArray(value.places)
  );
}

/** Anything that a call may throw, as something a person can act on. */
export function faultFrom(error: unknown): FaultData {
  if (error instanceof ORPCError) {
    if (isFaultData(error.data)) return error.data;
    return withoutPlaces(
      `E-CALL-${error.code}`,
      `The controller refused this call (${error.code}).`,
      'Reload the window; if it comes back, the controller’s log has the details.',
    );
  }
  const detail = error instanceof Error ? error.message : String(error);
  return withoutPlaces(
    'E-CONNECTION',
    `The controller could not be asked (${detail}).`,
    'The window reconnects by itself; then try again.',
  );
}
