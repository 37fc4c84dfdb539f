import type { Refusal } from '../api/host-messages.ts';
import { Fault } from '../domain/faults.ts';

/** A fault in the words in which the shell tells it, whichever process met it. */
export function refusalOf({ code, message: title, remedy }: Fault): Refusal {
  return { code, title, remedy };
}

/** For what nobody foresaw: the person is told that it was us. */
export function ownFault(what: string): Refusal {
  return refusalOf(new Fault('E-INTERNAL', { reference: what }));
}
