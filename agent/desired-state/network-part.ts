import type { NetworkSettingInputs } from '../document/desired-network-setting-inputs.ts';
import type { ResourceChange } from '../protocol/status.ts';
import { type Call, change } from './plan.ts';

/** Paths below /etc of everything that is read or written. */
export const NETWORK_FILES = {
  hostname: 'hostname',
  hosts: 'hosts',
  resolver: 'resolv.conf',
  resolved: 'systemd/resolved.conf.d/90-holdfast.conf',
  timesyncd: 'systemd/timesyncd.conf.d/90-holdfast.conf',
  chrony: 'chrony/sources.d/holdfast.sources',
  netplan: 'netplan/90-holdfast.yaml',
} as const;
export type NetworkFile = keyof typeof NETWORK_FILES;

/** What differs, the files as they shall be, and what makes them hold: forwards, and backwards once the old files are back. */
export interface NetworkPart {
  readonly changes: readonly ResourceChange[];
  readonly files: readonly { readonly file: NetworkFile; readonly text: string }[];
  readonly apply: readonly Call[];
  readonly restore: readonly Call[];
}

export const UNCHANGED: NetworkPart = { changes: [], files: [], apply: [], restore: [] };

export function nameChanges(
  found: { servers: readonly string[]; search: readonly string[] },
  { dnsServers, dnsSearch }: Pick<NetworkSettingInputs, 'dnsServers' | 'dnsSearch'>,
): ResourceChange[] {
  const one = (property: string, before: readonly string[], after: readonly string[] | undefined) =>
    after === undefined || before.join(' ') === after.join(' ')
      ? []
      : [change('network', property, { before: before.length === 0 ? null : before.join(', '), after: after.join(', ') })];
  return [...one('DNS servers', found.servers, dnsServers), ...one('DNS search', found.search, dnsSearch)];
}
