import * as z from 'zod';
import type { UserInputs } from '../document/desired-user-inputs.ts';
import type { UserBackend } from './linux-users.ts';
import { type Call, call, fieldsOf } from './plan.ts';
import { powerShell } from './powershell.ts';
import { Trouble } from './troubles.ts';
import { type UserFacts, userChanges, userWork } from './user-plan.ts';

const record = (name: string): string => `/Users/${name}`;

export const macUsers: UserBackend = {
  name: 'dscl',
  look: (name) => [
    call('dscl', '.', '-read', record(name), 'UniqueID', 'NFSHomeDirectory', 'UserShell', 'RealName'),
    call('id', '-gn', name),
    call('id', '-Gn', name),
  ],
  read(_, [shown, first, all]) {
    if (shown?.exitCode !== 0) return null;
    // A value that is long stands on a line of its own.
    const fields = fieldsOf(shown.stdout.replace(/:\n /g, ': '), ':');
    const group = first?.stdout.trim() ?? '';
    const uid = fields.get('UniqueID');
    return {
      uid: uid === undefined ? null : Number(uid),
      group: group === '' ? null : group,
      groups: (all?.stdout.trim() ?? '').split(/\s+/).filter((one) => one !== group && one !== ''),
      home: fields.get('NFSHomeDirectory') ?? null,
      shell: fields.get('UserShell') ?? null,
      comment: fields.get('RealName') ?? null,
      isLocked: null,
      passwordHash: null,
    };
  },
  plan(found, inputs) {
    refuse(inputs, { by: 'dscl' });
    if (inputs.ensure === 'absent')
      return removal(found, inputs, [call('sysadminctl', '-deleteUser', inputs.name, ...(inputs.removeHome ? [] : ['-keepHome']))]);
    const work = userWork(found, inputs);
    const set = (key: string, value: string | number | null): Call[] =>
      value === null ? [] : [call('dscl', '.', '-create', record(inputs.name), key, String(value))];
    const joined = (work.groups ?? []).filter((group) => !found?.groups.includes(group));
    const calls = [
      ...(work.exists ? [] : [call('sysadminctl', '-addUser', inputs.name)]),
      ...set('UniqueID', work.uid),
      ...set('NFSHomeDirectory', work.home),
      ...set('UserShell', work.shell),
      ...set('RealName', work.comment),
      ...joined.map((group) => call('dseditgroup', '-o', 'edit', '-a', inputs.name, '-t', 'user', group)),
    ];
    return { changes: userChanges(found, work, inputs), calls };
  },
};

const LocalUser = z.object({
  Enabled: z.boolean(),
  FullName: z.string().nullable(),
  Groups: z.preprocess((given) => (given === null ? [] : [given].flat()), z.array(z.string())),
});

const LOOK = `$u = Get-LocalUser | Where-Object Name -eq $env:HOLDFAST_NAME
if ($u) { $g = @(Get-LocalGroup | Where-Object { (Get-LocalGroupMember $_ -ErrorAction SilentlyContinue).SID -contains $u.SID } | ForEach-Object Name)
[pscustomobject]@{ Enabled = $u.Enabled; FullName = $u.FullName; Groups = $g } | ConvertTo-Json -Compress }`;

export const windowsUsers: UserBackend = {
  name: 'Windows',
  look: (name) => [powerShell(LOOK, { HOLDFAST_NAME: name })],
  read(_, [answer]) {
    const text = answer?.stdout.trim() ?? '';
    if (text === '') return null;
    const { Enabled: isEnabled, FullName: comment, Groups: groups } = LocalUser.parse(JSON.parse(text));
    return { uid: null, group: null, groups, home: null, shell: null, comment, isLocked: !isEnabled, passwordHash: null };
  },
  plan(found, inputs) {
    refuse(inputs, { by: 'Windows' });
    const one = (script: string, more: Record<string, string> = {}): Call => powerShell(script, { HOLDFAST_NAME: inputs.name, ...more });
    if (inputs.ensure === 'absent') return removal(found, inputs, [one('Remove-LocalUser -Name $env:HOLDFAST_NAME')]);
    const work = userWork(found, inputs);
    const joined = (work.groups ?? []).filter((group) => !found?.groups.includes(group));
    const calls = [
      ...(work.exists ? [] : [one('New-LocalUser -Name $env:HOLDFAST_NAME -NoPassword | Out-Null')]),
      ...(work.comment === null
        ? []
        : [one('Set-LocalUser -Name $env:HOLDFAST_NAME -FullName $env:HOLDFAST_VALUE', { HOLDFAST_VALUE: work.comment })]),
      ...joined.map((group) =>
        one('Add-LocalGroupMember -Group $env:HOLDFAST_VALUE -Member $env:HOLDFAST_NAME', { HOLDFAST_VALUE: group }),
      ),
      ...(work.locked === null ? [] : [one(`${work.locked ? 'Disable' : 'Enable'}-LocalUser -Name $env:HOLDFAST_NAME`)]),
    ];
    return { changes: userChanges(found, work, inputs), calls };
  },
};

function removal(found: UserFacts | null, inputs: UserInputs, calls: readonly Call[]) {
  if (found === null) return { changes: [], calls: [] };
  return { changes: [{ resource: `user ${inputs.name}`, property: 'presence', before: 'user', after: null }], calls };
}

/** What these platforms do otherwise, or not at all. */
function refuse(inputs: UserInputs, { by }: { by: string }): void {
  const unsupported = [
    inputs.passwordHash !== undefined && 'Setting the hash of a password',
    by === 'dscl' && inputs.locked !== undefined && 'Locking a user',
    by === 'Windows' &&
      (inputs.uid ?? inputs.home ?? inputs.shell ?? inputs.group) !== undefined &&
      'Setting uid, group, home or shell of a user',
    inputs.exclusiveGroups && 'Taking a user out of groups',
  ].find((what) => what !== false);
  if (unsupported !== undefined) throw new Trouble('E-NOT-SUPPORTED', { what: unsupported, by });
}
