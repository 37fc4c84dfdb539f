import { randomUUID } from 'node:crypto';
import type { FaultData } from '../../api/call.ts';
import { Fault } from '../../domain/faults.ts';
import type { Log } from '../ports/log.ts';

/** A window gets a fault's code, words and places. A bug stays here, with its stack: the window gets a reference to it. */
export function faultData(cause: unknown, log: Log): FaultData {
  if (cause instanceof Fault) return dataOf(cause);
  const reference = randomUUID().slice(0, 8);
  log.error('call-failed', cause, { reference });
  return dataOf(new Fault('E-INTERNAL', { reference }));
}

const dataOf = (fault: Fault): FaultData => ({ code: fault.code, title: fault.message, remedy: fault.remedy, places: [...fault.places] });
