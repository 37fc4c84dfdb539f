import type { DomainJoinInputs } from '../document/domain-join-inputs.ts';
import type { ActionOutcome } from '../steps/action.ts';

/** Which domain a machine is in: null in none. Otherwise how it ended that this could not be found out. */
export type Membership = { readonly ok: true; readonly domain: string | null } | { readonly ok: false; readonly outcome: ActionOutcome };

export interface JoinOrder extends Pick<DomainJoinInputs, 'directoryName' | 'directoryOU' | 'dnsIpAddresses'> {
  readonly username: string;
  readonly password: string;
  /** What the machine shall be called; null to keep its name. */
  readonly computerName: string | null;
}
