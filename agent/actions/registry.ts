import { type ActionName, declarationOf, type InputsOfAction, parseActionInputs } from '../document/action-inputs.ts';
import { secretPlaces, withSecrets } from '../document/secret-places.ts';
import type { PlatformType } from '../platform/facts.ts';
import type { ApplyMode } from '../protocol/run-order.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';

/** An action with its inputs, ready to run. */
export type PreparedAction =
  | { readonly ok: true; readonly run: (context: ActionContext) => Promise<ActionOutcome> }
  | { readonly ok: false; readonly reason: string };

/**
 * Every action that a document may name, by that name. A new one does not compile before it is here. Each is loaded with its first
 * step: an agent that only waits is smaller without them.
 */
const actions: { readonly [Name in ActionName]: () => Promise<Action<InputsOfAction[Name]>> } = {
  'aws:runShellScript': async () => (await import('./run-shell-script.ts')).runShellScript,
  'aws:runPowerShellScript': async () => (await import('./run-powershell-script.ts')).runPowerShellScript,
  'aws:configurePackage': async () => (await import('./configure-package.ts')).configurePackage,
  'holdfast:dscMofs': async () => (await import('./dsc-mofs.ts')).dscMofs,
  'holdfast:chefRecipes': async () => (await import('./chef-recipes.ts')).chefRecipes,
  'holdfast:ansiblePlaybook': async () => (await import('./ansible-playbook.ts')).ansiblePlaybook,
  'holdfast:patchBaseline': async () => (await import('./patch-baseline.ts')).patchBaseline,
  'aws:refreshAssociation': async () => (await import('./refresh-association.ts')).refreshAssociation,
  'aws:domainJoin': async () => (await import('./domain-join.ts')).domainJoin,
  'aws:applications': async () => (await import('./applications.ts')).applications,
  'aws:psModule': async () => (await import('./ps-module.ts')).psModule,
  'aws:runDockerAction': async () => (await import('./run-docker-action.ts')).runDockerAction,
  'holdfast:file': async () => (await import('./holdfast-file.ts')).holdfastFile,
  'holdfast:package': async () => (await import('./holdfast-package.ts')).holdfastPackage,
  'holdfast:networkSetting': async () => (await import('./holdfast-network-setting.ts')).holdfastNetworkSetting,
  'aws:softwareInventory': async () => (await import('./software-inventory.ts')).softwareInventory,
  'aws:downloadContent': async () => (await import('./download-content.ts')).downloadContent,
  'holdfast:firewallPort': async () => (await import('./holdfast-firewall-port.ts')).holdfastFirewallPort,
  'holdfast:user': async () => (await import('./holdfast-user.ts')).holdfastUser,
  'holdfast:service': async () => (await import('./holdfast-service.ts')).holdfastService,
  'aws:runDocument': async () => (await import('./run-document.ts')).runDocument,
};

export function runsOn(name: ActionName, platform: PlatformType): boolean {
  return declarationOf(name).platforms.includes(platform);
}

/**
 * The action with inputs that are interpolated already; refused when they are not what it takes. References to secrets are looked at
 * as they are, and again with the secrets in their places when it runs.
 */
export function prepareAction<Name extends ActionName>(
  name: Name,
  inputs: Readonly<Record<string, unknown>>,
  mode: ApplyMode,
): PreparedAction {
  const parsed = parseActionInputs(name, inputs);
  if (!parsed.ok) return { ok: false, reason: parsed.problems.map(({ message }) => message).join(' ') };
  const takesSecrets = secretPlaces(name, inputs).length > 0;
  return {
    ok: true,
    run: async (context) => {
      const whole = takesSecrets ? parseActionInputs(name, withSecrets(name, inputs, context.secrets)) : parsed;
      // What is wrong with a secret is not said: it might tell the secret.
      if (!whole.ok) return { kind: 'failed', reason: 'A secret does not fit where the step takes it.' };
      const action = await actions[name]();
      if (mode === 'Enforce') return action.run(whole.inputs, context);
      if (action.check === undefined) throw new Error(`${name} cannot check, so it is not run in Audit mode.`);
      return action.check(whole.inputs, context);
    },
  };
}
