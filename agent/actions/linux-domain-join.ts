import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { type Commanded, findProgram, runCommand } from '../steps/command.ts';
import type { JoinOrder, Membership } from './domain-membership.ts';

const TIMEOUT_SECONDS = 300;
const NO_PROGRAM = 'Neither realm nor adcli is on this node. Install realmd or adcli, for example by holdfast:package.';
const ALREADY_JOINED = /already joined to this domain/i;

/** `realm list --name-only`: a line for each domain that the machine is in. */
export const realmDomains = (printed: string): string[] =>
  printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** With the domain that is asked about in front, where the machine is in several. */
export async function membershipOf(domain: string, context: ActionContext): Promise<Membership> {
  const realm = findProgram('realm', context);
  if (realm !== null) {
    const listed = await runCommand({ program: realm, argumentList: ['list', '--name-only'] }, context);
    if (listed.kind !== 'exited' || listed.exitCode !== 0) return { ok: false, outcome: outcomeOf('realm list', listed) };
    const domains = realmDomains(listed.stdout);
    return { ok: true, domain: domains.find((name) => name.toLowerCase() === domain.toLowerCase()) ?? domains[0] ?? null };
  }
  const adcli = findProgram('adcli', context);
  if (adcli === null) return { ok: false, outcome: { kind: 'failed', reason: NO_PROGRAM } };
  // It asks the domain with the machine's own key, and fails where there is none.
  const tested = await runCommand({ program: adcli, argumentList: ['testjoin', `--domain=${domain}`] }, context);
  if (tested.kind !== 'exited') return { ok: false, outcome: tested };
  return { ok: true, domain: tested.exitCode === 0 ? domain : null };
}

/** The password goes in by standard input, where no list of processes shows it. */
export function joinCommand(
  program: 'realm' | 'adcli',
  { directoryName, directoryOU, username, computerName }: Omit<JoinOrder, 'password'>,
): string[] {
  switch (program) {
    case 'realm':
      return [
        'join',
        '--verbose',
        `--user=${username}`,
        ...(directoryOU === '' ? [] : [`--computer-ou=${directoryOU}`]),
        ...(computerName === null ? [] : [`--computer-name=${computerName}`]),
        directoryName,
      ];
    case 'adcli':
      return [
        'join',
        '--verbose',
        '--stdin-password',
        `--login-user=${username}`,
        `--domain=${directoryName}`,
        ...(directoryOU === '' ? [] : [`--domain-ou=${directoryOU}`]),
        ...(computerName === null ? [] : [`--computer-name=${computerName}`]),
      ];
  }
}

/** Null when the machine is in the domain now. */
export async function joinDomain(order: JoinOrder, context: ActionContext): Promise<ActionOutcome | null> {
  const realm = findProgram('realm', context);
  const program = realm ?? findProgram('adcli', context);
  if (program === null) return { kind: 'failed', reason: NO_PROGRAM };
  const renamed = order.computerName === null ? null : await rename(order.computerName, context);
  if (renamed !== null) return renamed;
  const name = realm === null ? 'adcli' : 'realm';
  const argumentList = joinCommand(name, order);
  const input = name === 'realm' ? `${order.password}\n` : order.password;
  const joined = await runCommand({ program, argumentList, input, timeoutSeconds: TIMEOUT_SECONDS, isShown: true }, context);
  if (joined.kind === 'exited' && (joined.exitCode === 0 || ALREADY_JOINED.test(joined.stderr))) return null;
  return outcomeOf(`${name} join`, joined);
}

async function rename(name: string, context: ActionContext): Promise<ActionOutcome | null> {
  const program = findProgram('hostnamectl', context);
  if (program === null)
    return { kind: 'failed', reason: 'This node has no hostnamectl, by which it would be renamed: set keepHostName to true.' };
  const renamed = await runCommand({ program, argumentList: ['set-hostname', name], isShown: true }, context);
  return renamed.kind === 'exited' && renamed.exitCode === 0 ? null : outcomeOf('hostnamectl set-hostname', renamed);
}

function outcomeOf(what: string, commanded: Commanded): ActionOutcome {
  if (commanded.kind !== 'exited') return commanded;
  const said = commanded.stderr.trim().split('\n').at(-1) ?? '';
  return { kind: 'failed', reason: `${what} ended with exit code ${commanded.exitCode}${said === '' ? '' : `: ${said.slice(0, 300)}`}.` };
}
