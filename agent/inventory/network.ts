import os from 'node:os';
import type { InventoryEntry } from '../protocol/inventory.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';
import { windowsNetwork } from './windows.ts';

/** What a system knows of its ways out, beside the addresses that Node itself tells. */
export interface Routing {
  /** By interface. */
  readonly gateways: ReadonlyMap<string, string>;
  readonly dhcpServers: ReadonlyMap<string, string>;
  readonly dnsServers: readonly string[];
}

/** Default routes of /proc/net/route, whose addresses are hexadecimal and least significant byte first. */
export function linuxGateways(routes: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of routes.split('\n').slice(1)) {
    const [name, destination, gateway = ''] = line.split('\t').map((part) => part.trim());
    if (name === undefined || destination !== '00000000' || !/^[0-9A-F]{8}$/i.test(gateway) || gateway === '00000000') continue;
    const bytes = gateway.match(/../g) ?? [];
    if (!found.has(name))
      found.set(
        name,
        bytes
          .reverse()
          .map((byte) => Number.parseInt(byte, 16))
          .join('.'),
      );
  }
  return found;
}

export const nameservers = (resolvConf: string): string[] =>
  [...resolvConf.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address = '']) => address);

/** `SERVER_ADDRESS=` of networkd's leases, or the last `dhcp-server-identifier` of dhclient's. */
export function dhcpServerOf(lease: string): string | null {
  const networkd = /^SERVER_ADDRESS=(\S+)$/m.exec(lease)?.[1];
  return networkd ?? [...lease.matchAll(/option dhcp-server-identifier ([\d.]+);/g)].at(-1)?.[1] ?? null;
}

/** What `route -n get default` printed on macOS. */
export function macGateways(printed: string): Map<string, string> {
  const [gateway, name] = [/^\s*gateway: (\S+)$/m.exec(printed)?.[1], /^\s*interface: (\S+)$/m.exec(printed)?.[1]];
  return new Map(gateway === undefined || name === undefined ? [] : [[name, gateway]]);
}

export function networkEntries(
  interfaces: NodeJS.Dict<os.NetworkInterfaceInfo[]>,
  { gateways, dhcpServers, dnsServers }: Routing,
): InventoryEntry[] {
  return Object.entries(interfaces).flatMap(([name, addresses = []]) => {
    if (addresses.length === 0 || addresses.every(({ internal }) => internal)) return [];
    const of = (family: 'IPv4' | 'IPv6') => addresses.filter((address) => address.family === family);
    return [
      entryOf({
        Name: name,
        MacAddress: addresses[0]?.mac,
        IPV4: of('IPv4')
          .map(({ address }) => address)
          .join(', '),
        IPV6: of('IPv6')
          .map(({ address }) => address)
          .join(', '),
        SubnetMask: of('IPv4')
          .map(({ netmask }) => netmask)
          .join(', '),
        Gateway: gateways.get(name),
        DHCPServer: dhcpServers.get(name),
        DNSServer: dnsServers.join(', '),
      }),
    ];
  });
}

function linuxRouting(machine: Machine, names: readonly string[]): Routing {
  const dhcpServers = names.flatMap((name): [string, string][] => {
    const index = machine.read(`/sys/class/net/${name}/ifindex`)?.trim();
    const leases = [
      `/run/systemd/netif/leases/${index}`,
      `/var/lib/dhcp/dhclient.${name}.leases`,
      `/var/lib/dhclient/dhclient-${name}.leases`,
    ];
    const server = leases.map((file) => dhcpServerOf(machine.read(file) ?? '')).find((found) => found !== null) ?? null;
    return server === null ? [] : [[name, server]];
  });
  return {
    gateways: linuxGateways(machine.read('/proc/net/route') ?? ''),
    dhcpServers: new Map(dhcpServers),
    dnsServers: nameservers(machine.read('/etc/resolv.conf') ?? ''),
  };
}

async function macRouting(machine: Machine, names: readonly string[]): Promise<Routing> {
  const route = machine.find('route');
  const ipconfig = machine.find('ipconfig');
  const dhcpServers = new Map<string, string>();
  for (const name of ipconfig === null ? [] : names) {
    const server = /server_identifier \(ip\): (\S+)/.exec((await machine.run(ipconfig ?? '', ['getpacket', name])) ?? '')?.[1];
    if (server !== undefined) dhcpServers.set(name, server);
  }
  return {
    gateways: macGateways(route === null ? '' : ((await machine.run(route, ['-n', 'get', 'default'])) ?? '')),
    dhcpServers,
    dnsServers: nameservers(machine.read('/etc/resolv.conf') ?? ''),
  };
}

export async function networkConfig(machine: Machine): Promise<Collected> {
  if (machine.platform === 'Windows') return windowsNetwork(machine);
  const interfaces = os.networkInterfaces();
  const names = Object.keys(interfaces).filter((name) => /^[\w.@:-]{1,32}$/.test(name) && !name.includes('..'));
  return networkEntries(interfaces, machine.platform === 'MacOS' ? await macRouting(machine, names) : linuxRouting(machine, names));
}
