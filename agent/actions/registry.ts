import { type ActionName, parseActionInputs } from '../document/action-inputs.ts';
import type { PlatformType } from '../platform/facts.ts';
import type { Action, ActionContext, ActionOutcome } from './action.ts';
import { refreshAssociation } from './refresh-association.ts';
import { runPowerShellScript } from './run-powershell-script.ts';
import { runShellScript } from './run-shell-script.ts';

/** An action with its inputs, ready to run. */
export type PreparedAction =
  | { readonly ok: true; readonly run: (context: ActionContext) => Promise<ActionOutcome> }
  | { readonly ok: false; readonly reason: string };

/** Every action that a document may name, by that name. A new one does not compile before it is here. */
const actions: { readonly [Name in ActionName]: Action<InputsOf<Name>> } = {
  'aws:runShellScript': runShellScript,
  'aws:runPowerShellScript': runPowerShellScript,
  'aws:refreshAssociation': refreshAssociation,
};

type InputsOf<Name extends ActionName> = Extract<ReturnType<typeof parseActionInputs<Name>>, { ok: true }>['inputs'];

export function runsOn(name: ActionName, platform: PlatformType): boolean {
  return actions[name].platforms.includes(platform);
}

/** The action with inputs that are interpolated already; refused when they are not what it takes. */
export function prepareAction<Name extends ActionName>(name: Name, inputs: unknown): PreparedAction {
  const parsed = parseActionInputs(name, inputs);
  if (!parsed.ok) return { ok: false, reason: parsed.problems.map(({ message }) => message).join(' ') };
  const action = actions[name];
  return { ok: true, run: (context) => action.run(parsed.inputs, context) };
}
