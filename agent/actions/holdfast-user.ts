import { linuxUsers, type UserBackend } from '../desired-state/linux-users.ts';
import { macUsers, windowsUsers } from '../desired-state/other-users.ts';
import type { Answer } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { UserFacts } from '../desired-state/user-plan.ts';
import type { UserInputs } from '../document/desired-user-inputs.ts';
import type { ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { accountOf } from './account-ids.ts';
import { keyChanges, type WantedKeys, writeKeys } from './authorized-keys.ts';
import { ask, desiredState, doAll, type Prepared } from './desired-state.ts';

/** holdfast:user: a user of the node with its groups, home, shell, keys and password, or not there. */
export const holdfastUser = desiredState<UserInputs>(async (inputs, context): Promise<Prepared> => {
  const backend = backendOf(context);
  const found = await look(backend, inputs.name, context);
  refuseProtected(inputs, found);
  const { changes, calls } = backend.plan(found, inputs);
  const keys = keysOf(inputs, context);
  const home = inputs.home ?? found?.home ?? null;
  const keyWork = keys === null ? null : keyChanges({ name: inputs.name, home: home ?? `/home/${inputs.name}` }, keys);
  return {
    subject: `The user ${inputs.name}`,
    changes: [...changes, ...(keyWork?.changes ?? [])],
    async apply() {
      await doAll(calls, context);
      if (keys !== null) await applyKeys(backend, { inputs, keys }, context);
    },
  };
});

function backendOf(context: ActionContext): UserBackend {
  switch (context.platform) {
    case 'Windows':
      return windowsUsers;
    case 'MacOS':
      return macUsers;
    case 'Linux':
      if (findProgram('useradd', context) === null)
        throw new Trouble('E-NO-BACKEND', { what: 'users', tools: 'useradd (the package shadow)' });
      return linuxUsers;
  }
}

async function look(backend: UserBackend, name: string, context: ActionContext): Promise<UserFacts | null> {
  const answers: Answer[] = [];
  for (const call of backend.look(name)) answers.push(await ask(call, context));
  return backend.read(name, answers);
}

/** A document cannot take root away, nor the user that the agent itself is. */
function refuseProtected({ name, ensure, uid, locked }: UserInputs, found: UserFacts | null): void {
  const isSelf = found !== null && found.uid !== null && found.uid === process.geteuid?.();
  const isRoot = name === 'root' || found?.uid === 0;
  if ((isRoot || isSelf) && (ensure === 'absent' || locked === true || (uid !== undefined && uid !== found?.uid))) {
    throw new Trouble('E-USER-PROTECTED', {
      name,
      because: isRoot ? 'it is the administrator of the node' : 'the agent runs as this user',
    });
  }
}

function keysOf({ ensure, sshAuthorizedKeys, exclusiveKeys }: UserInputs, { platform }: ActionContext): WantedKeys | null {
  if (ensure === 'absent' || sshAuthorizedKeys === undefined) return null;
  if (platform === 'Windows') throw new Trouble('E-NOT-SUPPORTED', { what: 'Setting authorized keys', by: 'Windows' });
  return { keys: sshAuthorizedKeys, isExclusive: exclusiveKeys };
}

/** The user may be new: only now the node knows where its home is. */
async function applyKeys(
  backend: UserBackend,
  { inputs, keys }: { inputs: UserInputs; keys: WantedKeys },
  context: ActionContext,
): Promise<void> {
  const user = await look(backend, inputs.name, context);
  const group = await accountOf('group', user?.group ?? undefined, context);
  if (user?.home == null || user.uid === null || group === null) return;
  const holder = { name: inputs.name, home: user.home, uid: user.uid, gid: group.id };
  const { changes, text } = keyChanges(holder, keys);
  if (changes.length > 0) await writeKeys(holder, text, context);
}
