import * as z from 'zod';
import { type PortRule, rangeText } from './port-rules.ts';

/*
 * Holdfast's own table and nothing else: `inet holdfast` with one chain for what comes in. Connections that are there already, and
 * those of the node with itself, are let through before any rule: the agent dials out, and the answers to it are never held back.
 * Each rule's comment says what it stands for, so that the table itself remembers.
 */

const FAMILY = 'inet';
const TABLE = 'holdfast';

const line = ({ state, protocol, source, ...range }: PortRule): string => {
  const from = source === null ? '' : `${source.includes(':') ? 'ip6' : 'ip'} saddr ${source} `;
  const verdict = state === 'open' ? 'accept' : 'drop';
  const comment = [state, protocol, rangeText(range), ...(source === null ? [] : [source])].join(' ');
  return `    ${from}${protocol} dport ${rangeText(range)} ${verdict} comment "${comment}"\n`;
};

/** For `nft -f`: one transaction, after which there are these rules and no others in the table, whatever was in it. */
export function tableScript(rules: readonly PortRule[]): string {
  const whole = `table ${FAMILY} ${TABLE}`;
  return `# Kept by Holdfast (holdfast:firewallPort). What is changed here by hand is lost.
${whole} {
}
delete ${whole}
${whole} {
  chain input {
    type filter hook input priority -5; policy accept;
    ct state established,related accept
    iif "lo" accept
${rules.map(line).join('')}  }
}
`;
}

const Ruleset = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });
const Chain = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  hook: z.string().optional(),
  policy: z.string().optional(),
});
const Rule = z.object({
  family: z.string(),
  table: z.string(),
  chain: z.string(),
  comment: z.string().optional(),
  expr: z.array(z.record(z.string(), z.unknown())),
});
const Match = z.object({ left: z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) }), right: z.unknown() });

export interface FoundTable {
  readonly rules: readonly PortRule[];
  /** Whether the table is as it would be written for these rules: nobody else has changed it. */
  readonly isWhole: boolean;
  /** Chains of others that drop what comes in and has no rule of theirs. */
  readonly closedChains: readonly ClosedChain[];
}

export interface ClosedChain {
  readonly name: string;
  /** Ports that some rule of the chain lets through. */
  readonly ports: readonly { readonly protocol: string; readonly from: number; readonly to: number }[];
}

/** Of `nft -j list ruleset`. */
export function foundTable(json: string): FoundTable {
  const items = Ruleset.parse(JSON.parse(json)).nftables;
  const chains = items.flatMap(({ chain }) => (chain === undefined ? [] : [Chain.parse(chain)]));
  const all = items.flatMap(({ rule }) => (rule === undefined ? [] : [Rule.parse(rule)]));
  const mine = all.filter(({ family, table }) => family === FAMILY && table === TABLE);
  const rules = mine.flatMap((rule) => ruleOf(rule) ?? []);
  const FIXED_RULES = 2;
  const hasChain = chains.some(({ family, table, hook }) => family === FAMILY && table === TABLE && hook === 'input');
  const others = chains.filter(
    ({ family, table, hook, policy }) => hook === 'input' && policy === 'drop' && !(family === FAMILY && table === TABLE),
  );
  return {
    rules,
    isWhole: hasChain && mine.length === rules.length + FIXED_RULES,
    closedChains: others.map(({ family, table, name }) => ({
      name: `the chain ${name} of the table ${family} ${table}`,
      ports: all.filter((rule) => rule.family === family && rule.table === table && isAccepting(rule.expr)).flatMap(portsOf),
    })),
  };
}

const COMMENT = /^(open|closed) (tcp|udp) (\d+)(?:-(\d+))?(?: ([0-9a-f.:/]+))?$/;

/** Null for a rule that is not ours, or does not do what its comment says. */
function ruleOf({ comment = '', expr }: z.infer<typeof Rule>): PortRule | null {
  const [, state, protocol, from, to = from, source = null] = COMMENT.exec(comment) ?? [];
  if ((state !== 'open' && state !== 'closed') || (protocol !== 'tcp' && protocol !== 'udp')) return null;
  const rule = { state, protocol, from: Number(from), to: Number(to), source } as const;
  const [ports] = portsOf({ expr });
  const isTrue = ports?.protocol === protocol && ports.from === rule.from && ports.to === rule.to;
  return isTrue && isAccepting(expr) === (state === 'open') ? rule : null;
}

const isAccepting = (expr: readonly Record<string, unknown>[]): boolean => expr.some((part) => 'accept' in part);

function portsOf({ expr }: Pick<z.infer<typeof Rule>, 'expr'>): { protocol: string; from: number; to: number }[] {
  return expr.flatMap(({ match }) => {
    const found = Match.safeParse(match);
    if (!found.success || found.data.left.payload.field !== 'dport') return [];
    const { protocol } = found.data.left.payload;
    return rangesOf(found.data.right).map(([from, to]) => ({ protocol, from, to }));
  });
}

const Port = z.number().int();
const Range = z.object({ range: z.tuple([Port, Port]) });
const PortSet = z.object({ set: z.array(z.unknown()) });

function rangesOf(right: unknown): [number, number][] {
  const port = Port.safeParse(right);
  if (port.success) return [[port.data, port.data]];
  const range = Range.safeParse(right);
  if (range.success) return [range.data.range];
  const set = PortSet.safeParse(right);
  return set.success ? set.data.set.flatMap(rangesOf) : [];
}
