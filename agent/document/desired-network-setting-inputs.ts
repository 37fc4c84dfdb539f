import * as z from 'zod';
import { type ActionDeclaration, type Fit, flowFits, flowInputs, listFit, numberFit, textFit } from './action-declaration.ts';
import { wholeNumber } from './desired-package-inputs.ts';
import { strictMap } from './violation.ts';

const LABEL = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HostName = z
  .string()
  .max(253)
  .regex(new RegExp(`^${LABEL}(\\.${LABEL})*$`), 'must be a host name such as lab-07');
const Address = z.union([z.ipv4(), z.ipv6()], 'must be an IP address');
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.preprocess((given) => (typeof given === 'string' ? (given === '' ? [] : [given]) : given), z.array(entry).max(20));

const NetworkShape = strictMap({
  hostname: HostName.optional(),
  dnsServers: list(Address).optional(),
  dnsSearch: list(HostName).optional(),
  ntpServers: list(z.union([HostName, Address], 'must be a host name or an IP address')).optional(),
  /** For address, gateway and DNS; the one with the default route where it is not said. */
  interface: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,14}$/, 'must be the name of a network interface')
    .optional(),
  /** Static, with the length of the prefix. */
  address: z.cidrv4('must be an IPv4 address with a prefix, such as 192.168.1.20/24').optional(),
  gateway: z.ipv4('must be an IPv4 address').optional(),
  backend: z.enum(['auto', 'networkManager', 'netplan', 'files']).default('auto'),
  /** How long the controller may stay away after the change until it is taken back. */
  reachableWithinSeconds: wholeNumber(5, 600).default(60),
  ...flowInputs,
});

/** What holdfast:networkSetting works with, after interpolation. */
export const NetworkSettingInputs = NetworkShape.superRefine((inputs, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { hostname, dnsServers, dnsSearch, ntpServers, address, gateway } = inputs;
  const given = [hostname, dnsServers, dnsSearch, ntpServers, address];
  if (given.every((one) => one === undefined)) problem('hostname', 'is missing, and so is everything else that could be set');
  if (gateway !== undefined && address === undefined) problem('gateway', 'needs an address');
  if (address !== undefined && inputs.interface === undefined) problem('interface', 'is missing; it says which one has the address');
});
export type NetworkSettingInputs = z.infer<typeof NetworkSettingInputs>;

const fits: Record<keyof NetworkSettingInputs, Fit> = {
  hostname: textFit,
  dnsServers: listFit,
  dnsSearch: listFit,
  ntpServers: listFit,
  interface: textFit,
  address: textFit,
  gateway: textFit,
  backend: textFit,
  reachableWithinSeconds: numberFit,
  ...flowFits,
};

export const desiredNetworkSetting: ActionDeclaration<NetworkSettingInputs> = {
  platforms: ['Linux'],
  inputs: NetworkSettingInputs,
  fits,
  canCheck: true,
};
