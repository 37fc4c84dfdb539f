import type { NetworkSettingInputs } from '../document/desired-network-setting-inputs.ts';
import { type NetworkPart, nameChanges, UNCHANGED } from './network-part.ts';
import { type Answer, type Call, call, change, fieldsOf, linesOf } from './plan.ts';
import { Trouble } from './troubles.ts';

/** A profile of NetworkManager's, by its settings as nmcli names them. */
export interface Connection {
  readonly uuid: string;
  readonly settings: ReadonlyMap<string, string>;
}

const SETTINGS = [
  'ipv4.method',
  'ipv4.addresses',
  'ipv4.gateway',
  'ipv4.dns',
  'ipv6.dns',
  'ipv4.dns-search',
  'ipv4.ignore-auto-dns',
  'ipv6.ignore-auto-dns',
] as const;

export const activeConnections: Call = call('nmcli', '-t', '-f', 'UUID,DEVICE', 'connection', 'show', '--active');
export const connectionSettings = (uuid: string): Call =>
  call('nmcli', '-t', '-e', 'no', '-f', SETTINGS.join(','), 'connection', 'show', 'uuid', uuid);

export function uuidOf(device: string, { stdout }: Answer): string | null {
  const row = linesOf(stdout).find((line) => line.slice(line.indexOf(':') + 1) === device);
  return row?.split(':')[0] ?? null;
}

export const readConnection = (uuid: string, { stdout }: Answer): Connection => ({ uuid, settings: fieldsOf(stdout, ':') });

const listOf = (text = ''): string[] => text.split(/[,\s]+/).filter((one) => one !== '' && one !== '--');

export function connectionPart(inputs: NetworkSettingInputs, found: Connection | null, device: string): NetworkPart {
  if (found === null)
    throw new Trouble('E-NETWORK-INTERFACE', { problem: `NetworkManager has no active connection on ${device || 'any interface'}.` });
  const { uuid, settings } = found;
  const { dnsServers, dnsSearch, address, gateway } = inputs;
  const servers = [...listOf(settings.get('ipv4.dns')), ...listOf(settings.get('ipv6.dns'))];
  const names = nameChanges({ servers, search: listOf(settings.get('ipv4.dns-search')) }, { dnsServers, dnsSearch });
  const resource = `interface ${device}`;
  const text = (setting: string): string | null => listOf(settings.get(setting)).join(', ') || null;
  const isStatic = settings.get('ipv4.method') === 'manual';
  const differs = (setting: string, wanted: string | undefined) => wanted !== undefined && (text(setting) !== wanted || !isStatic);
  const before = (setting: string) => (isStatic ? text(setting) : 'by DHCP');
  const changes = [
    ...names,
    ...(differs('ipv4.addresses', address)
      ? [change(resource, 'address', { before: before('ipv4.addresses'), after: address ?? null })]
      : []),
    ...(differs('ipv4.gateway', gateway) ? [change(resource, 'gateway', { before: before('ipv4.gateway'), after: gateway ?? null })] : []),
  ];
  if (changes.length === 0) return UNCHANGED;
  const wanted = [
    ...(address === undefined ? [] : ['ipv4.method', 'manual', 'ipv4.addresses', address]),
    ...(gateway === undefined ? [] : ['ipv4.gateway', gateway]),
    ...(dnsServers === undefined ? [] : dnsSettings(dnsServers)),
    ...(dnsSearch === undefined ? [] : ['ipv4.dns-search', dnsSearch.join(',')]),
  ];
  const up = call('nmcli', '--wait', '45', 'connection', 'up', 'uuid', uuid);
  return {
    changes,
    files: [],
    apply: [call('nmcli', 'connection', 'modify', 'uuid', uuid, ...wanted), up],
    restore: [call('nmcli', 'connection', 'modify', 'uuid', uuid, ...oldSettings(settings)), up],
  };
}

/** Those of DHCP are left out: the servers that are named are the ones that are asked. */
function dnsSettings(servers: readonly string[]): string[] {
  const [v6, v4] = [servers.filter((server) => server.includes(':')), servers.filter((server) => !server.includes(':'))];
  return ['ipv4.dns', v4.join(','), 'ipv6.dns', v6.join(','), 'ipv4.ignore-auto-dns', 'yes', 'ipv6.ignore-auto-dns', 'yes'];
}

function oldSettings(settings: ReadonlyMap<string, string>): string[] {
  return SETTINGS.flatMap((setting) => {
    const value = settings.get(setting) ?? '';
    return [setting, setting.endsWith('.method') || setting.endsWith('-dns') ? value : listOf(value).join(',')];
  });
}
