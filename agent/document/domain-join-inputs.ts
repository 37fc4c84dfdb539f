import * as z from 'zod';
import {
  type ActionDeclaration,
  type Fit,
  Flag,
  flagFit,
  flowFits,
  flowInputs,
  listFit,
  mapFit,
  PlainText,
  textFit,
} from './action-declaration.ts';
import { strictMap } from './violation.ts';

const DomainName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, 'must be the DNS name of a domain');

const HostName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?)?$/i, 'must be a computer name: at most 15 letters, digits and "-"');

/** Text on one line that begins with no sign: a program that gets it takes it for nothing else. */
const Line = z
  .string()
  .max(1024)
  .regex(/^([^\s-][^\0\r\n]*)?$/, 'must be one line that does not begin with "-" or a blank');

const Addresses = z.preprocess(
  (given) =>
    typeof given === 'string'
      ? given
          .split(',')
          .map((address) => address.trim())
          .filter((address) => address !== '')
      : given,
  z.array(z.union([z.ipv4(), z.ipv6()], 'must be an IP address')).max(16),
);

/** A map may come as JSON text, as from a parameter. */
const Credential = z.preprocess(
  (given) => {
    if (typeof given !== 'string' || !given.trimStart().startsWith('{')) return given;
    try {
      const map: unknown = JSON.parse(given);
      return map;
    } catch {
      return given;
    }
  },
  strictMap({
    username: Line.min(1),
    password: z
      .string()
      .max(1024)
      .regex(/^[^\0\r\n]*$/, 'must be one line'),
  }),
);

/** What aws:domainJoin works with, after interpolation: a plain join of an Active Directory domain. `credential` is an addition of ours. */
export const DomainJoinInputs = strictMap({
  directoryId: PlainText.default(''),
  directoryName: DomainName,
  directoryOU: Line.default(''),
  dnsIpAddresses: Addresses.default([]),
  hostName: HostName.default(''),
  keepHostName: Flag.default(false),
  credential: Credential.optional(),
  ...flowInputs,
});
export type DomainJoinInputs = z.infer<typeof DomainJoinInputs>;

const fits: Record<keyof DomainJoinInputs, Fit> = {
  directoryId: textFit,
  directoryName: textFit,
  directoryOU: textFit,
  dnsIpAddresses: listFit,
  hostName: textFit,
  keepHostName: flagFit,
  credential: mapFit,
  ...flowFits,
};

export const domainJoin: ActionDeclaration<DomainJoinInputs> = {
  platforms: ['Linux', 'Windows'],
  inputs: DomainJoinInputs,
  fits,
  canCheck: true,
  takesSecret: ([input, field]) => input === 'credential' && field === 'password',
  limits: ({ directoryId, dnsIpAddresses, credential }) => [
    'joins an Active Directory domain with realmd or adcli on Linux, and with Add-Computer on Windows',
    ...(directoryId === undefined ? [] : ['does not use directoryId: the domain is found by its name']),
    ...(dnsIpAddresses === undefined ? [] : ['sets dnsIpAddresses on Windows alone; a Linux node has to find the domain by its own DNS']),
    ...(credential === undefined
      ? ['needs the input credential, with a username and a password by reference, {{ssm-secure:name}}: without it the step fails']
      : []),
  ],
};
