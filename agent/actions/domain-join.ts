import type { DomainJoinInputs } from '../document/domain-join-inputs.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import * as linux from './linux-domain-join.ts';
import * as windows from './windows-domain-join.ts';

const NO_CREDENTIAL =
  'A domain is joined with the credential of somebody who may do that. Give the input credential: a username, and as password a ' +
  'reference to a SecureString of Parameter Store, {{ssm-secure:name}}.';
const OPEN_PASSWORD =
  'The password stands in the open in the document or the association. Put it into Parameter Store as a SecureString, refer to it by ' +
  '{{ssm-secure:name}}, and choose another password: this one was readable.';

const isSame = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

const platformOf = ({ platform }: ActionContext) => (platform === 'Windows' ? windows : linux);

/** aws:domainJoin, as a plain join of an Active Directory domain. The machine is restarted afterwards; one that is in the domain is left alone. */
export const domainJoin: Action<DomainJoinInputs> = {
  async run(inputs, context) {
    const { directoryName, directoryOU, dnsIpAddresses, credential, hostName, keepHostName } = inputs;
    const { membershipOf, joinDomain } = platformOf(context);
    const membership = await membershipOf(directoryName, context);
    if (!membership.ok) return membership.outcome;
    if (isSame(membership.domain, directoryName)) {
      context.stdout.write(Buffer.from(`This machine is in the domain ${directoryName}.\n`));
      return { kind: 'exited', exitCode: 0 };
    }
    if (membership.domain !== null)
      return { kind: 'failed', reason: `This machine is in the domain ${membership.domain}. Take it out of that one first.` };
    if (credential === undefined) return { kind: 'failed', reason: NO_CREDENTIAL };
    if (!Object.values(context.secrets).includes(credential.password)) return { kind: 'failed', reason: OPEN_PASSWORD };
    const computerName = keepHostName || hostName === '' ? null : hostName;
    const joined = await joinDomain({ directoryName, directoryOU, dnsIpAddresses, ...credential, computerName }, context);
    if (joined !== null) return joined;
    context.stdout.write(Buffer.from(`This machine has joined the domain ${directoryName}.\n`));
    return { kind: 'needs-restart', changes: [membershipChange(null, directoryName)] };
  },

  async check({ directoryName }, context) {
    const membership = await platformOf(context).membershipOf(directoryName, context);
    if (!membership.ok) return membership.outcome;
    const { domain } = membership;
    return { kind: 'checked', drift: isSame(domain, directoryName) ? [] : [membershipChange(domain, directoryName)] };
  },
};

const membershipChange = (before: string | null, after: string) => ({ resource: 'machine', property: 'domain', before, after });
