import type { NetworkSettingInputs } from '../document/desired-network-setting-inputs.ts';
import { netplanPart } from './netplan.ts';
import { type Connection, connectionPart } from './network-connection.ts';
import { type NetworkFile, type NetworkPart, nameChanges, UNCHANGED } from './network-part.ts';
import { call, change, linesOf } from './plan.ts';
import { Trouble } from './troubles.ts';

/** What the node has, as far as the inputs ask for it. */
export interface NetworkFacts {
  readonly backend: 'networkManager' | 'netplan' | 'files';
  readonly hasSystemd: boolean;
  readonly hostname: string;
  /** Null for what is not there. */
  readonly texts: Readonly<Record<NetworkFile, string | null>>;
  /** Whether systemd-resolved writes resolv.conf, and another program otherwise where it is a link. */
  readonly resolver: 'file' | 'resolved' | 'other';
  readonly timeSource: 'timesyncd' | 'chrony' | null;
  /** Which interface the inputs are for; null where none is needed. */
  readonly device: string | null;
  readonly connection: Connection | null;
}

export function networkPlan(inputs: NetworkSettingInputs, facts: NetworkFacts): NetworkPart {
  const parts = [hostnamePart(inputs, facts), timePart(inputs, facts), ...linkParts(inputs, facts)].filter(
    ({ changes }) => changes.length > 0,
  );
  return {
    changes: parts.flatMap(({ changes }) => changes),
    files: parts.flatMap(({ files }) => files),
    apply: parts.flatMap(({ apply }) => apply),
    restore: parts.flatMap(({ restore }) => restore),
  };
}

function hostnamePart({ hostname }: NetworkSettingInputs, { hostname: found, texts, hasSystemd }: NetworkFacts): NetworkPart {
  const kept = texts.hostname?.trim() ?? null;
  if (hostname === undefined || (found === hostname && kept === hostname)) return UNCHANGED;
  const before = found === hostname ? `${found}, until the next start` : found;
  const hosts =
    texts.hosts?.replace(new RegExp(`^(127\\.0\\.1\\.1\\s+).*\\b${found.replaceAll('.', '\\.')}\\b.*$`, 'm'), `$1${hostname}`) ?? null;
  const hostsFile = hosts === null || hosts === texts.hosts ? [] : [{ file: 'hosts' as const, text: hosts }];
  const set = (name: string) => (hasSystemd ? call('hostnamectl', 'set-hostname', name) : call('hostname', name));
  return {
    changes: [change('network', 'hostname', { before, after: hostname })],
    files: [{ file: 'hostname', text: `${hostname}\n` }, ...hostsFile],
    apply: [set(hostname)],
    restore: [set(found)],
  };
}

function timePart({ ntpServers }: NetworkSettingInputs, { timeSource, texts, hasSystemd }: NetworkFacts): NetworkPart {
  if (ntpServers === undefined) return UNCHANGED;
  if (timeSource === null) throw new Trouble('E-NO-BACKEND', { what: 'time servers', tools: 'systemd-timesyncd, chrony' });
  const text =
    timeSource === 'chrony' ? ntpServers.map((server) => `server ${server} iburst\n`).join('') : `[Time]\nNTP=${ntpServers.join(' ')}\n`;
  const found = texts[timeSource];
  if (found === text) return UNCHANGED;
  const before = found === null ? null : timeServersIn(found);
  const reload =
    timeSource === 'chrony'
      ? [call('chronyc', 'reload', 'sources')]
      : hasSystemd
        ? [call('systemctl', 'restart', 'systemd-timesyncd')]
        : [];
  return {
    changes: [change('network', 'time servers', { before, after: ntpServers.join(', ') })],
    files: [{ file: timeSource, text }],
    apply: reload,
    restore: reload,
  };
}

const timeServersIn = (text: string): string =>
  linesOf(text)
    .flatMap((line) => /^server (\S+)/.exec(line)?.[1] ?? /^NTP=(.*)$/.exec(line)?.[1]?.split(' ') ?? [])
    .join(', ');

/** Address and names of one interface, by whatever configures it. */
function linkParts(inputs: NetworkSettingInputs, facts: NetworkFacts): NetworkPart[] {
  const { dnsServers, dnsSearch, address } = inputs;
  if (dnsServers === undefined && dnsSearch === undefined && address === undefined) return [];
  switch (facts.backend) {
    case 'networkManager':
      return [connectionPart(inputs, facts.connection, facts.device ?? '')];
    case 'netplan':
      return [netplanPart(inputs, { device: facts.device ?? '', text: facts.texts.netplan })];
    case 'files':
      if (address !== undefined) throw new Trouble('E-NO-BACKEND', { what: 'static addresses', tools: 'NetworkManager, netplan' });
      return [facts.resolver === 'resolved' ? resolvedPart(inputs, facts) : resolverPart(inputs, facts)];
  }
}

/** Lines of resolv.conf that are no servers and no search list stay as they are. */
function resolverPart({ dnsServers, dnsSearch }: NetworkSettingInputs, { resolver, texts }: NetworkFacts): NetworkPart {
  if (resolver === 'other')
    throw new Trouble('E-NO-BACKEND', { what: 'a resolv.conf that is a link', tools: 'NetworkManager, netplan, systemd-resolved' });
  const lines = linesOf(texts.resolver ?? '');
  const servers = lines.flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? []);
  const search = lines.flatMap((line) => /^(?:search|domain)\s+(.+)$/.exec(line)?.[1]?.trim().split(/\s+/) ?? []);
  const changes = nameChanges({ servers, search }, { dnsServers, dnsSearch });
  if (changes.length === 0) return UNCHANGED;
  const others = lines.filter((line) => !/^(nameserver|search|domain)\s/.test(line));
  const [wantedServers, wantedSearch] = [dnsServers ?? servers, dnsSearch ?? search];
  const text = [
    ...others,
    ...(wantedSearch.length === 0 ? [] : [`search ${wantedSearch.join(' ')}`]),
    ...wantedServers.map((server) => `nameserver ${server}`),
  ];
  return { changes, files: [{ file: 'resolver', text: text.map((line) => `${line}\n`).join('') }], apply: [], restore: [] };
}

function resolvedPart({ dnsServers, dnsSearch }: NetworkSettingInputs, { texts }: NetworkFacts): NetworkPart {
  const lines = linesOf(texts.resolved ?? '');
  const listOf = (key: string) => lines.flatMap((line) => (line.startsWith(`${key}=`) ? line.slice(key.length + 1).split(' ') : []));
  const found = { servers: listOf('DNS'), search: listOf('Domains') };
  const changes = nameChanges(found, { dnsServers, dnsSearch });
  if (changes.length === 0) return UNCHANGED;
  const text = `[Resolve]\nDNS=${(dnsServers ?? found.servers).join(' ')}\nDomains=${(dnsSearch ?? found.search).join(' ')}\n`;
  const reload = [call('systemctl', 'restart', 'systemd-resolved')];
  return { changes, files: [{ file: 'resolved', text }], apply: reload, restore: reload };
}
