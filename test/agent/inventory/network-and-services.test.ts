import { readFileSync } from 'node:fs';
import os from 'node:os';
import { describe, expect, test } from 'vitest';
import { instanceDetails, linuxTopology } from '../../../agent/inventory/instance-details.ts';
import { dhcpServerOf, linuxGateways, macGateways, nameservers, networkConfig, networkEntries } from '../../../agent/inventory/network.ts';
import { initServices, launchdServices, services, systemdServices } from '../../../agent/inventory/services.ts';
import { registryPipeline, windowsNetwork, windowsRegistry, windowsServices } from '../../../agent/inventory/windows.ts';
import { aMachine } from './a-machine.ts';

const isLinux = process.platform === 'linux';

describe('the network of a machine', () => {
  test.runIf(isLinux)('is every interface of this one that others can reach, with its addresses', async () => {
    const outside = Object.entries(os.networkInterfaces()).filter(([, addresses = []]) => addresses.some(({ internal }) => !internal));
    const found = await networkConfig(aMachine());
    expect(found?.map(({ Name }) => Name)).toEqual(outside.map(([name]) => name));
    for (const [name, addresses = []] of outside) {
      const entry = found?.find(({ Name }) => Name === name);
      const first = addresses.find(({ family }) => family === 'IPv4');
      if (first !== undefined) expect(entry?.IPV4?.split(', ')).toContain(first.address);
      expect(entry?.MacAddress).toBe(addresses[0]?.mac);
    }
  });

  test('has the gateway of the default route, which the kernel writes backwards', () => {
    const routes =
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' +
      'eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n' +
      'eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n';
    expect(linuxGateways(routes)).toEqual(new Map([['eth0', '192.168.2.1']]));
  });

  test('has the gateway that macOS prints', () => {
    const printed =
      '   route to: default\ndestination: default\n       mask: default\n    gateway: 192.168.1.1\n  interface: en0\n      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>\n';
    expect(macGateways(printed)).toEqual(new Map([['en0', '192.168.1.1']]));
  });

  test('has its name servers, and the DHCP server of networkd or of dhclient', () => {
    expect(nameservers('# by hand\nsearch lab\nnameserver 10.0.0.1\nnameserver fd00::1\n')).toEqual(['10.0.0.1', 'fd00::1']);
    expect(dhcpServerOf('# This is private data. Do not parse.\nADDRESS=10.0.0.7\nSERVER_ADDRESS=10.0.0.2\n')).toBe('10.0.0.2');
    expect(
      dhcpServerOf('lease {\n  option dhcp-server-identifier 10.0.0.3;\n}\nlease {\n  option dhcp-server-identifier 10.0.0.4;\n}\n'),
    ).toBe('10.0.0.4');
    expect(dhcpServerOf('')).toBeNull();
  });

  test('leaves loopback out', () => {
    const loopback = {
      address: '127.0.0.1',
      netmask: '255.0.0.0',
      family: 'IPv4' as const,
      mac: '00:00:00:00:00:00',
      internal: true,
      cidr: '127.0.0.1/8',
    };
    expect(networkEntries({ lo: [loopback] }, { gateways: new Map(), dhcpServers: new Map(), dnsServers: [] })).toEqual([]);
  });

  test('of Windows is what PowerShell tells of its adapters', async () => {
    const printed =
      '[{"Name":"Intel(R) Ethernet","MacAddress":"00:15:5D:01:02:03","IPV4":"10.0.0.5","IPV6":"fe80::1","SubnetMask":"255.255.255.0","Gateway":"10.0.0.1","DHCPServer":"10.0.0.2","DNSServer":"10.0.0.2, 10.0.0.3"}]';
    const machine = aMachine({ platform: 'Windows', find: () => 'powershell.exe', run: async () => printed });
    expect(await windowsNetwork(machine)).toMatchObject([
      { IPV4: '10.0.0.5', DNSServer: '10.0.0.2, 10.0.0.3', SubnetMask: '255.255.255.0' },
    ]);
  });
});

describe('the services of a machine', () => {
  test('of systemd are the loaded ones, with how they start', () => {
    const units = `cron.service                       loaded    active   running Regular background program processing daemon
systemd-sysctl.service             loaded    active   exited  Apply Kernel Variables
nginx.service                      loaded    failed   failed  A high performance web server
● plymouth-start.service           not-found inactive dead    plymouth-start.service
rescue.service                     loaded    inactive dead    Rescue Shell
`;
    const files = 'cron.service enabled enabled\nnginx.service disabled enabled\nrescue.service static -\n';
    expect(systemdServices(units, files)).toEqual([
      {
        Name: 'cron',
        DisplayName: 'Regular background program processing daemon',
        ServiceType: 'systemd',
        Status: 'Running',
        StartType: 'enabled',
      },
      { Name: 'systemd-sysctl', DisplayName: 'Apply Kernel Variables', ServiceType: 'systemd', Status: 'Active (exited)' },
      { Name: 'nginx', DisplayName: 'A high performance web server', ServiceType: 'systemd', Status: 'Failed', StartType: 'disabled' },
      { Name: 'rescue', DisplayName: 'Rescue Shell', ServiceType: 'systemd', Status: 'Stopped', StartType: 'static' },
    ]);
  });

  test('without systemd are those that init scripts tell of', () => {
    expect(initServices(' [ + ]  cron\n [ - ]  dbus\n [ ? ]  hwclock.sh\n')).toEqual([
      { Name: 'cron', ServiceType: 'init', Status: 'Running' },
      { Name: 'dbus', ServiceType: 'init', Status: 'Stopped' },
      { Name: 'hwclock.sh', ServiceType: 'init', Status: 'Unknown' },
    ]);
  });

  test('of launchd run where they have a process', () => {
    expect(
      launchdServices(
        'PID\tStatus\tLabel\n-\t0\tcom.apple.SafariHistoryServiceAgent\n612\t0\tcom.apple.Finder\n-\t-9\tcom.apple.mdworker\n',
      ),
    ).toEqual([
      { Name: 'com.apple.Finder', ServiceType: 'launchd', Status: 'Running' },
      { Name: 'com.apple.SafariHistoryServiceAgent', ServiceType: 'launchd', Status: 'Stopped' },
      { Name: 'com.apple.mdworker', ServiceType: 'launchd', Status: 'Stopped' },
    ]);
  });

  test('of Windows are what PowerShell tells', async () => {
    const printed =
      '[{"Name":"Spooler","DisplayName":"Print Spooler","ServiceType":"Own Process","Status":"Running","StartType":"Auto","DependentServices":"Fax","ServicesDependedOn":"RPCSS http"}]';
    const machine = aMachine({ platform: 'Windows', find: () => 'powershell.exe', run: async () => printed });
    expect(await windowsServices(machine)).toMatchObject([{ Name: 'Spooler', StartType: 'Auto', ServicesDependedOn: 'RPCSS http' }]);
  });

  test.runIf(isLinux)('are known on this machine, or it is said why not', async () => {
    const warnings: string[] = [];
    const found = await services(aMachine({ warn: (text) => warnings.push(text) }));
    if (found === null) expect(warnings).not.toEqual([]);
    else expect(found.every(({ Name, Status }) => Name !== undefined && Status !== undefined)).toBe(true);
  });
});

describe('the details of a machine', () => {
  test.runIf(isLinux)('are its processors, counted', async () => {
    const [details] = (await instanceDetails(aMachine())) ?? [];
    expect(details?.CPUs).toBe(String(os.cpus().length));
    expect(details?.CPUModel).toBe(os.cpus()[0]?.model.trim());
    expect(details?.KernelVersion).toBe(os.release());
    const told = /^model name\s*: (.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    if (told !== undefined) expect(details?.CPUModel).toBe(told.trim());
  });

  test('tell cores from threads, over all sockets', () => {
    const processor = (socket: number, core: number) => `processor\t: 0\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;
    expect(linuxTopology([processor(0, 0), processor(0, 1), processor(0, 0), processor(1, 0)].join('\n'))).toEqual({
      sockets: 2,
      cores: 3,
    });
    expect(linuxTopology('processor\t: 0\nBogoMIPS\t: 108.00\n')).toEqual({ sockets: 0, cores: 0 });
  });
});

describe('keys of the Windows registry', () => {
  test('are named in a text of PowerShell that nothing can leave', () => {
    const pipeline = registryPipeline({
      Path: "HKEY_LOCAL_MACHINE\\SOFTWARE\\O'Brien’; Remove-Item C:\\ -Recurse #",
      Recursive: true,
      ValueNames: ["a'b"],
    });
    expect(pipeline).toContain("'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\O''Brien’’; Remove-Item C:\\ -Recurse #'");
    expect(pipeline).toContain("@('a''b') -contains $n");
  });

  test('end at 250 values, and it is said', async () => {
    const values = JSON.stringify(
      Array.from({ length: 250 }, (_, at) => ({ KeyPath: 'HKEY_LOCAL_MACHINE\\A', ValueName: `v${at}`, ValueType: 'String', Value: '1' })),
    );
    const warnings: string[] = [];
    const machine = aMachine({
      platform: 'Windows',
      find: () => 'powershell.exe',
      run: async () => values,
      warn: (text) => warnings.push(text),
    });
    const filter = { Path: 'HKEY_LOCAL_MACHINE\\A', Recursive: false, ValueNames: [] };
    expect(await windowsRegistry(machine, [filter, filter])).toHaveLength(250);
    expect(warnings.join()).toContain('first 250');
  });
});
