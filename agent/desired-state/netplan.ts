import * as z from 'zod';
import type { NetworkSettingInputs } from '../document/desired-network-setting-inputs.ts';
import { type NetworkPart, nameChanges, UNCHANGED } from './network-part.ts';
import { call, change } from './plan.ts';
import { Trouble } from './troubles.ts';

const Texts = z.array(z.string());
const Ethernet = z.object({
  dhcp4: z.boolean().optional(),
  addresses: Texts.optional(),
  routes: z.array(z.object({ to: z.string(), via: z.string() })).optional(),
  nameservers: z.object({ addresses: Texts.optional(), search: Texts.optional() }).optional(),
});
/** Our own file, which is JSON: netplan reads YAML, of which JSON is a part. */
const OwnFile = z.object({ network: z.object({ version: z.literal(2), ethernets: z.record(z.string(), Ethernet) }) });

const HEAD = '# Kept by Holdfast (holdfast:networkSetting). What is changed here by hand is lost.\n';

function ownFile(text: string | null): z.infer<typeof OwnFile> {
  const nothing: z.infer<typeof OwnFile> = { network: { version: 2, ethernets: {} } };
  if (text === null) return nothing;
  try {
    return OwnFile.parse(JSON.parse(text.replace(/^#.*$/gm, '')));
  } catch {
    // Changed by somebody: it is written anew.
    return nothing;
  }
}

/** After all other files of netplan's by its name: what it says of an interface holds. */
export function netplanPart(inputs: NetworkSettingInputs, { device, text }: { device: string; text: string | null }): NetworkPart {
  if (device === '')
    throw new Trouble('E-NETWORK-INTERFACE', { problem: 'No interface is named, and the node has no default route that would tell.' });
  const { dnsServers, dnsSearch, address, gateway } = inputs;
  const { network } = ownFile(text);
  const found = network.ethernets[device] ?? {};
  const names = nameChanges(
    { servers: found.nameservers?.addresses ?? [], search: found.nameservers?.search ?? [] },
    { dnsServers, dnsSearch },
  );
  const resource = `interface ${device}`;
  const oldGateway = found.routes?.find(({ to }) => to === 'default')?.via ?? null;
  const changes = [
    ...names,
    ...(address === undefined || found.addresses?.join(', ') === address
      ? []
      : [change(resource, 'address', { before: found.addresses?.join(', ') ?? null, after: address })]),
    ...(gateway === undefined || oldGateway === gateway ? [] : [change(resource, 'gateway', { before: oldGateway, after: gateway })]),
  ];
  if (changes.length === 0) return UNCHANGED;
  const addresses = dnsServers ?? found.nameservers?.addresses;
  const search = dnsSearch ?? found.nameservers?.search;
  const ethernet = {
    ...found,
    ...(address === undefined ? {} : { dhcp4: false, addresses: [address] }),
    ...(gateway === undefined ? {} : { routes: [{ to: 'default', via: gateway }] }),
    ...(addresses === undefined && search === undefined
      ? {}
      : { nameservers: { ...(addresses === undefined ? {} : { addresses }), ...(search === undefined ? {} : { search }) } }),
  };
  const wanted = { network: { ...network, ethernets: { ...network.ethernets, [device]: ethernet } } };
  return {
    changes,
    files: [{ file: 'netplan', text: `${HEAD}${JSON.stringify(wanted, null, 2)}\n` }],
    // Reads all files first, and refuses what is not right before anything holds.
    apply: [call('netplan', 'generate'), call('netplan', 'apply')],
    restore: [call('netplan', 'apply')],
  };
}
