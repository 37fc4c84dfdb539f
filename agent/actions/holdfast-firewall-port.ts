import { existsSync, readFileSync } from 'node:fs';
import { firewalldPorts, ufwPorts, windowsPorts } from '../desired-state/firewall-backends.ts';
import { type ClosedChain, foundTable, tableScript } from '../desired-state/nftables-table.ts';
import { call, change } from '../desired-state/plan.ts';
import { holds, type PortRule, portResource, stateOf, wantedRules, withRule } from '../desired-state/port-rules.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { FirewallPortInputs } from '../document/desired-firewall-port-inputs.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { ask, desiredState, must, type Prepared, preparedBy, say } from './desired-state.ts';
import { writeFileOfSystem } from './file-entry.ts';

/** What is loaded when the node starts: the file by the unit where systemd is, else by whatever includes its folder. */
export interface FirewallPlaces {
  readonly tableFile: string;
  readonly unitFile: string;
}

const NAME = 'holdfast-firewall.service';
const NODE_PLACES: FirewallPlaces = { tableFile: '/etc/nftables.d/holdfast.nft', unitFile: `/etc/systemd/system/${NAME}` };
const SYSTEMD_RUNS = '/run/systemd/system';

/** Before there is a network, and after the node's own rules, which often begin by emptying everything. */
const unitText = (nft: string, tableFile: string) => `[Unit]
Description=Ports that Holdfast keeps open or closed
DefaultDependencies=no
Wants=network-pre.target
After=nftables.service local-fs.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${nft} -f ${tableFile}

[Install]
WantedBy=multi-user.target
`;

export const firewallPortAt = (places: FirewallPlaces): Required<Action<FirewallPortInputs>> =>
  desiredState<FirewallPortInputs>(async (inputs, context): Promise<Prepared> => {
    const subject = `The port${inputs.ports.length === 1 ? '' : 's'}`;
    switch (await backendOf(inputs, context)) {
      case 'windows':
        return preparedBy({ backend: windowsPorts, subject }, inputs, context);
      case 'ufw':
        return preparedBy({ backend: ufwPorts, subject }, inputs, context);
      case 'firewalld':
        return preparedBy({ backend: firewalldPorts, subject }, inputs, context);
      case 'nftables':
        return byTable(inputs, places, context);
    }
  });

/** holdfast:firewallPort: ports that are open, or closed, for what comes in. What the agent itself dials is never touched. */
export const holdfastFirewallPort = firewallPortAt(NODE_PLACES);

type BackendName = Exclude<FirewallPortInputs['backend'], 'auto'>;

/** Whoever manages the node's firewall already does this too; a table beside it would be a second truth. */
async function backendOf({ backend }: FirewallPortInputs, context: ActionContext): Promise<BackendName> {
  if (context.platform === 'Windows') return 'windows';
  if (backend !== 'auto') return backend;
  const has = (program: string) => findProgram(program, context) !== null;
  if (has('ufw') && /^Status: active/m.test((await ask(call('ufw', 'status'), context)).stdout)) return 'ufw';
  if (has('firewall-cmd') && (await ask(call('firewall-cmd', '--state'), context)).exitCode === 0) return 'firewalld';
  if (has('nft')) return 'nftables';
  throw new Trouble('E-NO-BACKEND', { what: 'ports', tools: 'nftables, ufw, firewalld' });
}

async function byTable(inputs: FirewallPortInputs, places: FirewallPlaces, context: ActionContext): Promise<Prepared> {
  const found = foundTable((await must(call('nft', '-j', 'list', 'ruleset'), context)).stdout);
  const wanted = wantedRules(inputs);
  const rules = wanted.reduce(withRule, [...found.rules]);
  if (inputs.state === 'open') refuseClosedElsewhere(wanted, found.closedChains);
  const script = tableScript(rules);
  const changes = wanted
    .filter((rule) => !holds(found.rules, rule))
    .map((rule) => change(portResource(rule), 'state', { before: stateOf(found.rules, rule), after: rule.state }));
  const isLoaded = found.isWhole && changes.length === 0;
  const table =
    isLoaded || changes.length > 0
      ? []
      : [change('table inet holdfast', 'rules', { before: 'changed by others', after: 'as Holdfast writes them' })];
  const isKept = textAt(places.tableFile) === script;
  const kept = isKept
    ? []
    : [
        change(`file ${places.tableFile}`, 'content', {
          before: textAt(places.tableFile) === null ? null : 'other rules',
          after: 'these rules',
        }),
      ];
  return {
    subject: `The port${wanted.length === 1 ? '' : 's'} (nftables)`,
    changes: [...changes, ...table, ...kept],
    async apply() {
      // First it must load: a file that does not would fail at the next start of the node, when nobody looks.
      await must({ ...call('nft', '-f', '-'), input: script }, context);
      await keep(script, places, context);
    },
  };
}

/** A table of ours can close what others have open, and not the other way round: every chain has to let a packet through. */
function refuseClosedElsewhere(wanted: readonly PortRule[], chains: readonly ClosedChain[]): void {
  for (const { name, ports } of chains) {
    const closed = wanted.find(
      (rule) =>
        !ports.some(({ protocol, from, to }) => (protocol === rule.protocol || protocol === 'th') && from <= rule.from && to >= rule.to),
    );
    if (closed !== undefined) throw new Trouble('E-PORT-CLOSED-ELSEWHERE', { ports: portResource(closed), chain: name });
  }
}

function textAt(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

async function keep(script: string, { tableFile, unitFile }: FirewallPlaces, context: ActionContext): Promise<void> {
  await writeFileOfSystem(tableFile, { bytes: Buffer.from(script), mode: 0o644 }, context.signal);
  if (!existsSync(SYSTEMD_RUNS)) {
    say(
      context,
      `The rules are kept in ${tableFile}; when the node starts they are loaded by whatever includes that folder, or else by the next run.`,
    );
    return;
  }
  const text = unitText(findProgram('nft', context) ?? '/usr/sbin/nft', tableFile);
  if (textAt(unitFile) !== text) {
    await writeFileOfSystem(unitFile, { bytes: Buffer.from(text), mode: 0o644 }, context.signal);
    await must(call('systemctl', 'daemon-reload'), context);
  }
  await must(call('systemctl', 'enable', NAME), context);
}
