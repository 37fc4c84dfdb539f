import * as z from 'zod';
import type { FirewallPortInputs } from '../document/desired-firewall-port-inputs.ts';
import { type Backend, type Call, call, change, linesOf, type Plan } from './plan.ts';
import { type PortRule, portResource, rangeText, wantedRules } from './port-rules.ts';
import { powerShell } from './powershell.ts';

type FirewallBackend = Backend<FirewallPortInputs>;

const joined = (plans: readonly Plan[]): Plan => ({
  changes: plans.flatMap(({ changes }) => changes),
  calls: plans.flatMap(({ calls }) => calls),
});

const stateChange = (rule: PortRule, before: string | null) => change(portResource(rule), 'state', { before, after: rule.state });

const UFW_ACTION = { open: 'ALLOW', closed: 'DENY' } as const;

export const ufwPorts: FirewallBackend = {
  name: 'ufw',
  look: () => [call('ufw', 'status')],
  plan(inputs, [status]) {
    const rows = linesOf(status?.stdout ?? '').flatMap((line) => {
      const row = /^(\S+)\s+(ALLOW|DENY|REJECT|LIMIT)(?: IN)?\s+(\S+)/.exec(line);
      return row === null || line.includes('(v6)') ? [] : [{ to: row[1], action: row[2], from: row[3] }];
    });
    return joined(
      wantedRules(inputs).map((rule) => {
        const ports = rangeText(rule, ':');
        const mine = rows.filter(
          ({ to, from }) => (to === `${ports}/${rule.protocol}` || to === ports) && from === (rule.source ?? 'Anywhere'),
        );
        const wrong = mine.filter(({ action }) => action !== UFW_ACTION[rule.state]);
        if (mine.length > 0 && wrong.length === 0) return { changes: [], calls: [] };
        const words = ['proto', rule.protocol, 'from', rule.source ?? 'any', 'to', 'any', 'port', ports];
        const removed = wrong.map(({ action = '' }) => call('ufw', '--force', 'delete', action.toLowerCase(), ...words));
        const before = wrong[0]?.action === 'ALLOW' ? 'open' : wrong[0] === undefined ? null : 'closed';
        return {
          changes: [stateChange(rule, before)],
          calls: [...removed, call('ufw', rule.state === 'open' ? 'allow' : 'deny', ...words)],
        };
      }),
    );
  },
};

const PLACES = [[], ['--permanent']] as const;

export const firewalldPorts: FirewallBackend = {
  name: 'firewalld',
  look: () =>
    PLACES.flatMap((place) => [call('firewall-cmd', ...place, '--list-ports'), call('firewall-cmd', ...place, '--list-rich-rules')]),
  plan(inputs, answers) {
    return joined(
      wantedRules(inputs).map((rule) => {
        const plans = PLACES.map((place, position) => {
          const ports = (answers[2 * position]?.stdout ?? '').trim().split(/\s+/);
          const rich = linesOf(answers[2 * position + 1]?.stdout ?? '').map((line) => line.trim());
          return firewalldCalls(rule, { place, ports, rich });
        });
        const calls = plans.flatMap((plan) => plan.calls);
        return { changes: calls.length === 0 ? [] : [stateChange(rule, plans[0]?.before ?? null)], calls };
      }),
    );
  },
};

interface FirewalldZone {
  readonly place: readonly string[];
  readonly ports: readonly string[];
  readonly rich: readonly string[];
}

/** Open for everywhere is a port of the zone; everything else is a rich rule, of which those that drop come first. */
function firewalldCalls(rule: PortRule, { place, ports, rich }: FirewalldZone): { before: string | null; calls: Call[] } {
  const port = `${rangeText(rule)}/${rule.protocol}`;
  const source = rule.source === null ? '' : ` family="${rule.source.includes(':') ? 'ipv6' : 'ipv4'}" source address="${rule.source}"`;
  const richRule = (verdict: string) => `rule${source} port port="${rangeText(rule)}" protocol="${rule.protocol}" ${verdict}`;
  const [accepting, dropping] = [richRule('accept'), richRule('drop')];
  const isListed = rule.source === null && ports.includes(port);
  const one = (option: string, value: string) => call('firewall-cmd', ...place, `${option}=${value}`);
  const before = rich.includes(dropping) ? 'closed' : isListed || rich.includes(accepting) ? 'open' : null;
  if (rule.state === 'closed') {
    const removed = [
      ...(isListed ? [one('--remove-port', port)] : []),
      ...(rich.includes(accepting) ? [one('--remove-rich-rule', accepting)] : []),
    ];
    return { before, calls: [...removed, ...(rich.includes(dropping) ? [] : [one('--add-rich-rule', dropping)])] };
  }
  const isOpen = rule.source === null ? isListed : rich.includes(accepting);
  const opened = rule.source === null ? one('--add-port', port) : one('--add-rich-rule', accepting);
  return { before, calls: [...(rich.includes(dropping) ? [one('--remove-rich-rule', dropping)] : []), ...(isOpen ? [] : [opened])] };
}

const WindowsRule = z.object({ Name: z.string(), Action: z.union([z.string(), z.number()]) });
const WindowsRules = z.preprocess((given) => [given].flat(), z.array(WindowsRule));

const GROUP = 'Holdfast';
const LIST = `Get-NetFirewallRule -Group ${GROUP} -ErrorAction SilentlyContinue | Select-Object Name, @{n='Action';e={"$($_.Action)"}} | ConvertTo-Json -Compress`;
const REMOVE = 'Remove-NetFirewallRule -Name $env:HOLDFAST_NAME';
const ADD = `New-NetFirewallRule -Name $env:HOLDFAST_NAME -DisplayName $env:HOLDFAST_NAME -Group ${GROUP} -Direction Inbound -Protocol $env:HOLDFAST_PROTOCOL -LocalPort $env:HOLDFAST_PORT -RemoteAddress $env:HOLDFAST_SOURCE -Action $env:HOLDFAST_ACTION | Out-Null`;

export const windowsPorts: FirewallBackend = {
  name: 'Windows Defender Firewall',
  look: () => [powerShell(LIST)],
  plan(inputs, [answer]) {
    const text = answer?.stdout.trim() ?? '';
    const rules = text === '' ? [] : WindowsRules.parse(JSON.parse(text));
    return joined(
      wantedRules(inputs).map((rule) => {
        const name = `${GROUP} ${rule.protocol} ${rangeText(rule)} ${rule.source ?? 'Any'}`;
        const action = rule.state === 'open' ? 'Allow' : 'Block';
        const found = rules.find((one) => one.Name === name);
        if (found?.Action === action) return { changes: [], calls: [] };
        const environment = {
          HOLDFAST_NAME: name,
          HOLDFAST_PROTOCOL: rule.protocol.toUpperCase(),
          HOLDFAST_PORT: rangeText(rule),
          HOLDFAST_SOURCE: rule.source ?? 'Any',
          HOLDFAST_ACTION: action,
        };
        const removed = found === undefined ? [] : [powerShell(REMOVE, environment)];
        const before = found === undefined ? null : found.Action === 'Allow' ? 'open' : 'closed';
        return { changes: [stateChange(rule, before)], calls: [...removed, powerShell(ADD, environment)] };
      }),
    );
  },
};
