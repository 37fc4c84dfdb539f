import path from 'node:path';
import * as z from 'zod';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { type Commanded, runCommand } from '../steps/command.ts';
import type { JoinOrder, Membership } from './domain-membership.ts';

const TIMEOUT_SECONDS = 300;

const MEMBERSHIP = `$ErrorActionPreference = 'Stop'
$system = Get-CimInstance -ClassName Win32_ComputerSystem
@{ partOfDomain = [bool]$system.PartOfDomain; domain = [string]$system.Domain } | ConvertTo-Json -Compress
`;

// Nothing of the document is in the text: every value comes by the environment, and the password leaves it at once.
const JOIN = `$ErrorActionPreference = 'Stop'
$password = ConvertTo-SecureString -String $Env:HOLDFAST_JOIN_PASSWORD -AsPlainText -Force
Remove-Item -Path Env:HOLDFAST_JOIN_PASSWORD
if ($Env:HOLDFAST_JOIN_DNS) {
  $servers = $Env:HOLDFAST_JOIN_DNS.Split(',')
  Get-NetAdapter | Where-Object Status -eq 'Up' | Set-DnsClientServerAddress -ServerAddresses $servers
}
$join = @{
  DomainName = $Env:HOLDFAST_JOIN_DOMAIN
  Credential = New-Object System.Management.Automation.PSCredential($Env:HOLDFAST_JOIN_USER, $password)
  Force = $true
}
if ($Env:HOLDFAST_JOIN_OU) { $join.OUPath = $Env:HOLDFAST_JOIN_OU }
if ($Env:HOLDFAST_JOIN_NAME) { $join.NewName = $Env:HOLDFAST_JOIN_NAME }
Add-Computer @join
`;

const Answer = z.object({ partOfDomain: z.boolean(), domain: z.string() });

/** Of what the question prints; null in no domain, where Windows names the workgroup. */
export function printedDomain(printed: string): { readonly domain: string | null } | null {
  try {
    const { partOfDomain, domain } = Answer.parse(JSON.parse(printed));
    return { domain: partOfDomain ? domain : null };
  } catch {
    return null;
  }
}

export async function membershipOf(_domain: string, context: ActionContext): Promise<Membership> {
  const asked = await powerShell(MEMBERSHIP, {}, context);
  if (asked.kind !== 'exited' || asked.exitCode !== 0) return { ok: false, outcome: outcomeOf('Get-CimInstance', asked) };
  const answer = printedDomain(asked.stdout);
  if (answer !== null) return { ok: true, ...answer };
  return { ok: false, outcome: { kind: 'failed', reason: 'Windows did not tell the domain of this machine.' } };
}

export function joinEnvironment(order: JoinOrder): Record<string, string> {
  return {
    HOLDFAST_JOIN_DOMAIN: order.directoryName,
    HOLDFAST_JOIN_USER: /[\\@]/.test(order.username) ? order.username : `${order.username}@${order.directoryName}`,
    HOLDFAST_JOIN_PASSWORD: order.password,
    HOLDFAST_JOIN_OU: order.directoryOU,
    HOLDFAST_JOIN_DNS: order.dnsIpAddresses.join(','),
    HOLDFAST_JOIN_NAME: order.computerName ?? '',
  };
}

/** Null when the machine is in the domain now. */
export async function joinDomain(order: JoinOrder, context: ActionContext): Promise<ActionOutcome | null> {
  const joined = await powerShell(JOIN, joinEnvironment(order), context);
  return joined.kind === 'exited' && joined.exitCode === 0 ? null : outcomeOf('Add-Computer', joined);
}

function powerShell(script: string, environment: Record<string, string>, context: ActionContext): Promise<Commanded> {
  const program = path.join(context.environment.SystemRoot ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  const argumentList = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  return runCommand({ program, argumentList, environment, timeoutSeconds: TIMEOUT_SECONDS }, context);
}

function outcomeOf(what: string, commanded: Commanded): ActionOutcome {
  if (commanded.kind !== 'exited') return commanded;
  const said = commanded.stderr.replace(/\s+/g, ' ').trim();
  return { kind: 'failed', reason: `${what} ended with exit code ${commanded.exitCode}${said === '' ? '' : `: ${said.slice(0, 500)}`}.` };
}
