import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/api/contract.ts';
import type { FaultData } from './fault.ts';

export type Client = ContractRouterClient<Contract>;

/** One connection to the controller, from when it is open until it is not. */
export interface Line {
  readonly client: Client;
  /** Resolves when the line is gone, however it went. */
  readonly closed: Promise<void>;
}

/** A way to the controller. `open` throws SignedOut when trying again cannot help, anything else when it can. */
export interface Transport {
  open(): Promise<Line>;
}

/** The controller is there, and will not talk to this window. `until` resolves if that ever changes. */
export class SignedOut extends Error {
  readonly fault: FaultData;
  readonly until: Promise<unknown> | null;

  constructor(fault: FaultData, until: Promise<unknown> | null = null) {
    super(fault.title);
    this.name = 'SignedOut';
    this.fault = fault;
    this.until = until;
  }
}

export const clientOver = (link: Parameters<typeof createORPCClient>[0]): Client => createORPCClient<Client>(link);
