import { describe, expect, test } from 'vitest';
import { firewalldPorts, ufwPorts, windowsPorts } from '../../../agent/desired-state/firewall-backends.ts';
import { netplanPart } from '../../../agent/desired-state/netplan.ts';
import { connectionPart, readConnection, uuidOf } from '../../../agent/desired-state/network-connection.ts';
import { FirewallPortInputs } from '../../../agent/document/desired-firewall-port-inputs.ts';
import { NetworkSettingInputs } from '../../../agent/document/desired-network-setting-inputs.ts';
import { aCommandLine, anAnswer, planned } from './an-answer.ts';

const ports = (inputs: Record<string, unknown>) => FirewallPortInputs.parse(inputs);

describe('ufw', () => {
  // ufw 0.36.2.
  const STATUS = `Status: active

To                         Action      From
--                         ------      ----
22/tcp                     ALLOW       Anywhere                  
8000:8010/tcp              ALLOW       10.0.0.0/8                
53/udp                     DENY        Anywhere                  
22/tcp (v6)                ALLOW       Anywhere (v6)             
53/udp (v6)                DENY        Anywhere (v6)             

`;

  test('finds what is so already, by port, protocol and source', () => {
    for (const inputs of [
      { ports: 22, state: 'open' },
      { ports: '8000-8010', state: 'open', source: '10.0.0.0/8' },
      { ports: 53, protocol: 'udp', state: 'closed' },
    ]) {
      expect(planned(ufwPorts, ports(inputs), [STATUS])).toEqual({ changes: [], calls: [] });
    }
  });

  test('takes the opposite rule away before it makes one', () => {
    expect(planned(ufwPorts, ports({ ports: [53, 123], protocol: 'udp', state: 'open' }), [STATUS])).toEqual({
      changes: ['state: closed → open', 'state: null → open'],
      calls: [
        'ufw --force delete deny proto udp from any to any port 53',
        'ufw allow proto udp from any to any port 53',
        'ufw allow proto udp from any to any port 123',
      ],
    });
  });
});

// In the form of firewalld 1.3: first what holds now, then what is kept.
describe('firewalld', () => {
  const DROP = 'rule port port="23" protocol="tcp" drop';

  test('opens a port now and for the next start', () => {
    expect(planned(firewalldPorts, ports({ ports: 443, state: 'open' }), ['22/tcp 80/tcp\n', '\n', '22/tcp\n', '\n'])).toEqual({
      changes: ['state: null → open'],
      calls: ['firewall-cmd --add-port=443/tcp', 'firewall-cmd --permanent --add-port=443/tcp'],
    });
    expect(planned(firewalldPorts, ports({ ports: 443, state: 'open' }), ['443/tcp\n', '\n', '443/tcp\n', '\n']).changes).toEqual([]);
  });

  test('closes by a rule that comes before what a service of the zone opens', () => {
    expect(planned(firewalldPorts, ports({ ports: 23, state: 'closed' }), ['23/tcp\n', '\n', '\n', `${DROP}\n`])).toEqual({
      changes: ['state: open → closed'],
      calls: ['firewall-cmd --remove-port=23/tcp', `firewall-cmd --add-rich-rule=${DROP}`],
    });
  });
});

test('the firewall of Windows has a rule of ours for each port, and what it is told is no script', () => {
  const inputs = ports({ ports: [23, 80], state: 'closed' });
  const { changes, calls } = windowsPorts.plan(inputs, [anAnswer('{"Name":"Holdfast tcp 23 Any","Action":"Block"}\r\n')]);
  expect(changes).toHaveLength(1);
  expect(calls.map(({ environment }) => environment)).toEqual([
    {
      HOLDFAST_NAME: 'Holdfast tcp 80 Any',
      HOLDFAST_PROTOCOL: 'TCP',
      HOLDFAST_PORT: '80',
      HOLDFAST_SOURCE: 'Any',
      HOLDFAST_ACTION: 'Block',
    },
  ]);
  expect(calls.map(aCommandLine).join()).not.toContain('80');
});

const network = (inputs: Record<string, unknown>) => NetworkSettingInputs.parse(inputs);

// In the form of nmcli 1.42 with -t.
describe('NetworkManager', () => {
  const UUID = '2e1f7b5c-6f7e-4a3b-9d0e-1c2b3a4d5e6f';
  const dhcp = readConnection(
    UUID,
    anAnswer(
      'ipv4.method:auto\nipv4.addresses:\nipv4.gateway:--\nipv4.dns:\nipv6.dns:\nipv4.dns-search:\nipv4.ignore-auto-dns:no\nipv6.ignore-auto-dns:no\n',
    ),
  );
  const wanted = { interface: 'eth0', address: '192.0.2.20/24', gateway: '192.0.2.1', dnsServers: ['192.0.2.7', '2001:db8::7'] };

  test('finds the connection that is active on an interface', () => {
    expect(uuidOf('eth0', anAnswer(`7c0a:lo\n${UUID}:eth0\n`))).toBe(UUID);
    expect(uuidOf('eth1', anAnswer(`${UUID}:eth0\n`))).toBeNull();
  });

  test('sets address and servers, and knows how each of them was', () => {
    const { changes, apply, restore } = connectionPart(network(wanted), dhcp, 'eth0');
    expect(changes.map(({ property, before, after }) => `${property}: ${before} → ${after}`)).toEqual([
      'DNS servers: null → 192.0.2.7, 2001:db8::7',
      'address: by DHCP → 192.0.2.20/24',
      'gateway: by DHCP → 192.0.2.1',
    ]);
    expect(apply.map(aCommandLine)).toEqual([
      `nmcli connection modify uuid ${UUID} ipv4.method manual ipv4.addresses 192.0.2.20/24 ipv4.gateway 192.0.2.1 ipv4.dns 192.0.2.7 ipv6.dns 2001:db8::7 ipv4.ignore-auto-dns yes ipv6.ignore-auto-dns yes`,
      `nmcli --wait 45 connection up uuid ${UUID}`,
    ]);
    expect(restore[0]?.argumentList.slice(4)).toEqual(
      ['ipv4.method', 'auto', 'ipv4.addresses', '', 'ipv4.gateway', '', 'ipv4.dns', '', 'ipv6.dns', ''].concat([
        'ipv4.dns-search',
        '',
        'ipv4.ignore-auto-dns',
        'no',
        'ipv6.ignore-auto-dns',
        'no',
      ]),
    );
  });

  test('does nothing where all is so', () => {
    const now = readConnection(
      UUID,
      anAnswer(
        'ipv4.method:manual\nipv4.addresses:192.0.2.20/24\nipv4.gateway:192.0.2.1\nipv4.dns:192.0.2.7\nipv6.dns:2001:db8::7\nipv4.dns-search:\n',
      ),
    );
    expect(connectionPart(network(wanted), now, 'eth0').changes).toEqual([]);
    expect(() => connectionPart(network(wanted), null, 'eth0')).toThrow('NetworkManager has no active connection on eth0.');
  });
});

describe('netplan', () => {
  const wanted = network({
    interface: 'eth0',
    address: '192.0.2.20/24',
    gateway: '192.0.2.1',
    dnsServers: '192.0.2.7',
    dnsSearch: 'lab.example',
  });

  test('gets a file of its own, which netplan reads as YAML', () => {
    const { files, apply, restore } = netplanPart(wanted, { device: 'eth0', text: null });
    const [{ text } = { text: '' }] = files;
    // This text, through netplan 0.106, makes these lines for systemd-networkd: Address=192.0.2.20/24, DNS=192.0.2.7, Gateway=192.0.2.1.
    expect(JSON.parse(text.replace(/^#.*$/m, ''))).toEqual({
      network: {
        version: 2,
        ethernets: {
          eth0: {
            dhcp4: false,
            addresses: ['192.0.2.20/24'],
            routes: [{ to: 'default', via: '192.0.2.1' }],
            nameservers: { addresses: ['192.0.2.7'], search: ['lab.example'] },
          },
        },
      },
    });
    expect([...apply, ...restore].map(aCommandLine)).toEqual(['netplan generate', 'netplan apply', 'netplan apply']);
    expect(netplanPart(wanted, { device: 'eth0', text }).changes).toEqual([]);
  });

  test('keeps what an earlier step has set, and what is for other interfaces', () => {
    const [{ text } = { text: '' }] = netplanPart(wanted, { device: 'eth0', text: null }).files;
    const [more] = netplanPart(network({ dnsServers: '192.0.2.8' }), { device: 'eth0', text }).files;
    expect(more?.text).toContain('"192.0.2.20/24"');
    const [other] = netplanPart(network({ dnsServers: '192.0.2.8', interface: 'eth1' }), { device: 'eth1', text }).files;
    expect(other?.text).toContain('"eth0"');
  });

  test('needs to know which interface', () => {
    expect(() => netplanPart(network({ dnsServers: '192.0.2.8' }), { device: '', text: null })).toThrow('E-NETWORK-INTERFACE');
  });
});
