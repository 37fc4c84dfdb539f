import * as z from 'zod';
import { type ActionDeclaration, type Fit, flowFits, flowInputs, listFit, textFit } from './action-declaration.ts';
import { strictMap } from './violation.ts';

const HIGHEST_PORT = 65_535;
const isPort = (port: number): boolean => port >= 1 && port <= HIGHEST_PORT;

/** `443` or `8000-8010`, lowest first. */
const PortRange = z
  .union([z.string().regex(/^\d{1,5}(-\d{1,5})?$/), z.number().int()], 'must be a port such as 443, or a range such as 8000-8010')
  .transform((given) => {
    const [from = 0, to = from] = String(given).split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => isPort(from) && isPort(to) && from <= to, `must be between 1 and ${HIGHEST_PORT}, the lower port first`);
export type PortRange = z.infer<typeof PortRange>;

/** An address or a block of addresses, as every backend takes it. */
const Source = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an address or a block of addresses such as 10.0.0.0/8')
  .transform((given) => given.toLowerCase());

const asList = (given: unknown): unknown => (Array.isArray(given) ? given : given === '' ? [] : [given]);

/** Each is a rule of the firewall, which looks at all of them for every packet. */
const MOST_RULES = 1000;

const FirewallPortShape = strictMap({
  ports: z.preprocess(asList, z.array(PortRange).min(1).max(100)),
  protocol: z.enum(['tcp', 'udp', 'both']).default('tcp'),
  state: z.enum(['open', 'closed']),
  /** For connections from these alone; none stands for everywhere. */
  source: z.preprocess(asList, z.array(Source).max(100)).default([]),
  backend: z.enum(['auto', 'nftables', 'ufw', 'firewalld', 'windows']).default('auto'),
  ...flowInputs,
});

/** What holdfast:firewallPort works with, after interpolation. */
export const FirewallPortInputs = FirewallPortShape.superRefine(({ ports, protocol, source }, context) => {
  const rules = ports.length * Math.max(1, source.length) * (protocol === 'both' ? 2 : 1);
  if (rules <= MOST_RULES) return;
  context.addIssue({ code: 'custom', path: ['ports'], message: `would be ${rules} rules with their sources, and may be ${MOST_RULES}` });
});
export type FirewallPortInputs = z.infer<typeof FirewallPortInputs>;

const fits: Record<keyof FirewallPortInputs, Fit> = {
  ports: { whole: ['String', 'StringList', 'Integer'], entry: ['String', 'StringList', 'Integer'] },
  protocol: textFit,
  state: textFit,
  source: listFit,
  backend: textFit,
  ...flowFits,
};

export const desiredFirewallPort: ActionDeclaration<FirewallPortInputs> = {
  // What macOS has decides by program and not by port, and its packet filter is not kept over updates.
  platforms: ['Linux', 'Windows'],
  inputs: FirewallPortInputs,
  fits,
  canCheck: true,
};
