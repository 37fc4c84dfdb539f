import type { UserInputs } from '../document/desired-user-inputs.ts';
import { type Answer, type Call, call, type Plan } from './plan.ts';
import { Trouble } from './troubles.ts';
import { type UserFacts, type UserWork, userChanges, userWork } from './user-plan.ts';

/** Where the node keeps its users: what it is asked, and what follows. */
export interface UserBackend {
  readonly name: string;
  look(name: string): readonly Call[];
  read(name: string, answers: readonly Answer[]): UserFacts | null;
  plan(found: UserFacts | null, inputs: UserInputs): Plan;
}

export const linuxUsers: UserBackend = {
  name: 'shadow',
  look: (name) => [call('getent', 'passwd', name), call('getent', 'shadow', name), call('id', '-gn', name), call('id', '-Gn', name)],
  read(name, [passwd, shadow, first, all]) {
    const [user, , uid, , comment = '', home = '', shell = ''] = (passwd?.stdout.split('\n')[0] ?? '').split(':');
    if (user !== name) return null;
    const group = first?.stdout.trim() ?? '';
    const hash = shadow?.exitCode === 0 ? (shadow.stdout.split(':')[1] ?? '') : null;
    return {
      uid: Number(uid),
      group: group === '' ? null : group,
      groups: (all?.stdout.trim() ?? '').split(/\s+/).filter((one) => one !== group && one !== ''),
      comment,
      home,
      shell,
      isLocked: hash === null ? null : hash.startsWith('!'),
      passwordHash: hash === null ? null : hash.replace(/^!+/, ''),
    };
  },
  plan(found, inputs) {
    if (inputs.ensure === 'absent') {
      if (found === null) return { changes: [], calls: [] };
      const resource = `user ${inputs.name}`;
      const calls = [call('userdel', ...(inputs.removeHome ? ['-r'] : []), '--', inputs.name)];
      return { changes: [{ resource, property: 'presence', before: `user ${found.uid}`, after: null }], calls };
    }
    const work = userWork(found, inputs);
    return { changes: userChanges(found, work, inputs), calls: callsOf(work, inputs) };
  },
};

function callsOf(work: UserWork, inputs: UserInputs): Call[] {
  const options = [
    ...(work.uid === null ? [] : ['-u', String(work.uid)]),
    ...(work.group === null ? [] : ['-g', work.group]),
    ...(work.groups === null ? [] : ['-G', work.groups.join(',')]),
    ...(work.home === null ? [] : ['-d', work.home]),
    ...(work.shell === null ? [] : ['-s', work.shell]),
    ...(work.comment === null ? [] : ['-c', work.comment]),
  ];
  const { name, system } = inputs;
  const made = call('useradd', ...(system ? ['-r', '-M'] : ['-m']), ...options, '--', name);
  const changed = options.length === 0 ? [] : [call('usermod', ...options, '--', name)];
  return [
    ...(work.exists ? changed : [made]),
    // By its input: what a program is called with can be read by every user.
    ...(work.passwordHash === null ? [] : [{ program: 'chpasswd', argumentList: ['-e'], input: `${name}:${hashOf(work.passwordHash)}\n` }]),
    ...(work.locked === null ? [] : [call('usermod', work.locked ? '-L' : '-U', '--', name)]),
  ];
}

function hashOf(text: string): string {
  const hash = text.trim();
  if (/^[^\s:]+$/.test(hash)) return hash;
  throw new Trouble('E-NOT-SUPPORTED', { what: 'A password hash with spaces or colons', by: 'chpasswd' });
}
