import type { FirewallPortInputs, PortRange } from '../document/desired-firewall-port-inputs.ts';

/** What holds for new connections from a source to a range of ports. */
export interface PortRule extends PortRange {
  readonly state: 'open' | 'closed';
  readonly protocol: 'tcp' | 'udp';
  /** Null for everywhere. */
  readonly source: string | null;
}

export const rangeText = ({ from, to }: PortRange, separator = '-'): string => (from === to ? String(from) : `${from}${separator}${to}`);

export const sourceText = (source: string | null): string => source ?? 'everywhere';

/** As a change names it. */
export const portResource = (rule: PortRule): string => `port ${rangeText(rule)}/${rule.protocol} from ${sourceText(rule.source)}`;

/** Every combination that the inputs stand for. */
export function wantedRules({
  ports,
  protocol,
  state,
  source,
}: Pick<FirewallPortInputs, 'ports' | 'protocol' | 'state' | 'source'>): PortRule[] {
  const protocols = protocol === 'both' ? (['tcp', 'udp'] as const) : [protocol];
  const sources = source.length === 0 ? [null] : source;
  return ports.flatMap((range) => protocols.flatMap((one) => sources.map((from) => ({ ...range, protocol: one, state, source: from }))));
}

const isSameKind = (a: PortRule, b: PortRule): boolean => a.protocol === b.protocol && a.source === b.source;

/**
 * The rules with one more that holds from now on. For the same source and protocol every port has one rule; a rule for a narrower
 * source stays as it is, as the exception that it was made for.
 */
export function withRule(rules: readonly PortRule[], added: PortRule): PortRule[] {
  if (holds(rules, added)) return [...rules];
  const left = rules.flatMap((rule) => (isSameKind(rule, added) ? without(rule, added) : [rule]));
  return [...left, added].sort(byPrecedence);
}

/** Whether every port of the range has that state by rules for the very source. */
export function holds(rules: readonly PortRule[], wanted: PortRule): boolean {
  const mine = rules.filter((rule) => isSameKind(rule, wanted)).sort((a, b) => a.from - b.from);
  let next = wanted.from;
  for (const rule of mine) {
    if (rule.to < next || rule.from > wanted.to) continue;
    if (rule.from > next || rule.state !== wanted.state) return false;
    next = rule.to + 1;
  }
  return next > wanted.to;
}

/** What the rules say of the range now, for a change's before; null where they say nothing. */
export function stateOf(rules: readonly PortRule[], wanted: PortRule): string | null {
  const mine = rules.filter((rule) => isSameKind(rule, wanted) && rule.from <= wanted.to && rule.to >= wanted.from);
  if (mine.length === 0) return null;
  const states = [...new Set(mine.map(({ state }) => state))];
  return states.length === 1 && holds(mine, { ...wanted, state: states[0] ?? wanted.state }) ? (states[0] ?? null) : 'in parts';
}

function without(rule: PortRule, { from, to }: PortRange): PortRule[] {
  if (rule.to < from || rule.from > to) return [rule];
  return [...(rule.from < from ? [{ ...rule, to: from - 1 }] : []), ...(rule.to > to ? [{ ...rule, from: to + 1 }] : [])];
}

const prefixLength = (source: string | null): number => {
  if (source === null) return -1;
  const [, length] = source.split('/');
  return length === undefined ? 128 : Number(length);
};

/** The first rule that fits decides, so narrower sources come before wider ones; the rest is for the same text every time. */
function byPrecedence(a: PortRule, b: PortRule): number {
  const narrower = prefixLength(b.source) - prefixLength(a.source);
  if (narrower !== 0) return narrower;
  const texts = [a, b].map((rule) => `${rule.source ?? ''} ${rule.protocol}`);
  if (texts[0] !== texts[1]) return (texts[0] ?? '') < (texts[1] ?? '') ? -1 : 1;
  return a.from - b.from;
}
