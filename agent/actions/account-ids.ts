import type { Account } from '../desired-state/file-plan.ts';
import { call } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { ActionContext } from '../steps/action.ts';
import { ask } from './desired-state.ts';

/** Of no account that there is. */
const OF_NOBODY = -1;

/** The id of a user or group of the node, from wherever the node has its accounts. An id is taken as it is. */
export async function accountOf(kind: 'user' | 'group', name: string | undefined, context: ActionContext): Promise<Account | null> {
  if (name === undefined) return null;
  if (/^\d+$/.test(name)) return { name, id: Number(name) };
  const id = context.platform === 'MacOS' ? await idOnMacOS(kind, name, context) : await idByGetent(kind, name, context);
  if (id !== undefined) return { name, id: Number(id) };
  // A step before this one may be what makes it.
  if (context.mode === 'Audit') return { name, id: OF_NOBODY };
  throw new Trouble('E-NAME-UNKNOWN', { kind, name });
}

async function idByGetent(kind: 'user' | 'group', name: string, context: ActionContext): Promise<string | undefined> {
  const { stdout } = await ask(call('getent', kind === 'user' ? 'passwd' : 'group', name), context);
  return /^[^:]*:[^:]*:(\d+):/.exec(stdout)?.[1];
}

async function idOnMacOS(kind: 'user' | 'group', name: string, context: ActionContext): Promise<string | undefined> {
  const record = kind === 'user' ? [`/Users/${name}`, 'UniqueID'] : [`/Groups/${name}`, 'PrimaryGroupID'];
  const { stdout } = await ask(call('dscl', '.', '-read', ...record), context);
  return /: (\d+)\s*$/.exec(stdout)?.[1];
}
