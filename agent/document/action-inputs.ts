import * as z from 'zod';
import { type ActionDeclaration, flowInputs } from './action-declaration.ts';
import { type AnsibleInputs, ansiblePlaybook } from './ansible-inputs.ts';
import { type ChefInputs, chefRecipes } from './chef-inputs.ts';
import { type ConfigurePackageInputs, configurePackage } from './configure-package-inputs.ts';
import { desiredFile, type FileInputs } from './desired-file-inputs.ts';
import { desiredFirewallPort, type FirewallPortInputs } from './desired-firewall-port-inputs.ts';
import { desiredNetworkSetting, type NetworkSettingInputs } from './desired-network-setting-inputs.ts';
import { desiredPackage, type PackageInputs } from './desired-package-inputs.ts';
import { desiredService, type ServiceInputs } from './desired-service-inputs.ts';
import { desiredUser, type UserInputs } from './desired-user-inputs.ts';
import { type DockerInputs, runDockerAction } from './docker-inputs.ts';
import { type DomainJoinInputs, domainJoin } from './domain-join-inputs.ts';
import { type DownloadInputs, downloadContent } from './download-inputs.ts';
import { type DscInputs, dscMofs } from './dsc-inputs.ts';
import type { ScriptLanguage } from './interpolation.ts';
import { type PatchInputs, patchBaseline } from './patch-inputs.ts';
import type { Path } from './path.ts';
import { type RefreshInputs, refreshAssociation } from './refresh-inputs.ts';
import { type RunDocumentInputs, runDocument } from './run-document-inputs.ts';
import { runPowerShellScript, runShellScript, type ScriptInputs } from './script-inputs.ts';
import { type SoftwareInventoryInputs, softwareInventory } from './software-inventory-inputs.ts';
import { type Violation, violationsOf } from './violation.ts';
import { type ApplicationInputs, applications, type ModuleInputs, psModule } from './windows-package-inputs.ts';

/** The actions that this version of the product runs, with what each works with. A new one begins here; the compiler asks for the rest. */
export interface InputsOfAction {
  'aws:runShellScript': ScriptInputs;
  'aws:runPowerShellScript': ScriptInputs;
  'aws:configurePackage': ConfigurePackageInputs;
  'aws:refreshAssociation': RefreshInputs;
  'aws:domainJoin': DomainJoinInputs;
  'aws:applications': ApplicationInputs;
  'aws:psModule': ModuleInputs;
  'aws:runDockerAction': DockerInputs;
  'holdfast:patchBaseline': PatchInputs;
  'holdfast:file': FileInputs;
  'holdfast:package': PackageInputs;
  'holdfast:networkSetting': NetworkSettingInputs;
  'aws:softwareInventory': SoftwareInventoryInputs;
  'aws:downloadContent': DownloadInputs;
  'holdfast:firewallPort': FirewallPortInputs;
  'holdfast:user': UserInputs;
  'holdfast:service': ServiceInputs;
  'holdfast:ansiblePlaybook': AnsibleInputs;
  'holdfast:chefRecipes': ChefInputs;
  'holdfast:dscMofs': DscInputs;
  'aws:runDocument': RunDocumentInputs;
}
export type ActionName = keyof InputsOfAction;

const declarations: { readonly [Action in ActionName]: ActionDeclaration<InputsOfAction[Action]> } = {
  'aws:runShellScript': runShellScript,
  'aws:runPowerShellScript': runPowerShellScript,
  'aws:configurePackage': configurePackage,
  'aws:refreshAssociation': refreshAssociation,
  'aws:domainJoin': domainJoin,
  'aws:applications': applications,
  'aws:psModule': psModule,
  'aws:runDockerAction': runDockerAction,
  'holdfast:patchBaseline': patchBaseline,
  'holdfast:file': desiredFile,
  'holdfast:package': desiredPackage,
  'holdfast:networkSetting': desiredNetworkSetting,
  'aws:softwareInventory': softwareInventory,
  'aws:downloadContent': downloadContent,
  'holdfast:firewallPort': desiredFirewallPort,
  'holdfast:user': desiredUser,
  'holdfast:service': desiredService,
  'holdfast:ansiblePlaybook': ansiblePlaybook,
  'holdfast:chefRecipes': chefRecipes,
  'holdfast:dscMofs': dscMofs,
  'aws:runDocument': runDocument,
};

const isActionName = (name: string): name is ActionName => Object.hasOwn(declarations, name);

export const ActionName = z.string().refine(isActionName);
export const actionNames: readonly ActionName[] = Object.keys(declarations).filter(isActionName);

export const declarationOf = <Action extends ActionName>(action: Action): ActionDeclaration<InputsOfAction[Action]> => declarations[action];

export const FLOW_KEYWORDS: readonly string[] = Object.keys(flowInputs);

const FlowInputs = z.looseObject(flowInputs);

export type ParsedInputs<Inputs> = { ok: true; inputs: Inputs } | { ok: false; problems: Violation[] };

/** A step's inputs once they are interpolated. `at` is where they stand in what the problems shall name. */
export function parseActionInputs<Action extends ActionName>(
  action: Action,
  inputs: unknown,
  at: Path = ['inputs'],
): ParsedInputs<InputsOfAction[Action]> {
  const parsed = declarationOf(action).inputs.safeParse(withoutIgnored(action, inputs));
  return parsed.success ? { ok: true, inputs: parsed.data } : { ok: false, problems: violationsOf(parsed.error, { root: inputs, at }) };
}

/**
 * The inputs that an action does not have. The SSM agent reads past them, so of AWS's actions they are left out, and only said where
 * the document is saved (ignored-keys.ts); an action of ours has no old documents, and takes none.
 */
export function unknownInputs(action: ActionName, inputs: unknown): readonly string[] {
  if (!action.startsWith('aws:')) return [];
  const parsed = declarationOf(action).inputs.safeParse(inputs);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []));
}

function withoutIgnored(action: ActionName, inputs: unknown): unknown {
  const unknown = unknownInputs(action, inputs);
  if (unknown.length === 0 || typeof inputs !== 'object' || inputs === null) return inputs;
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !unknown.includes(name)));
}

/** What is wrong with the keywords that every action has, in inputs of which nothing else is known. */
export function flowProblems(inputs: unknown, at: Path): Violation[] {
  const parsed = FlowInputs.safeParse(inputs);
  return parsed.success ? [] : violationsOf(parsed.error, { root: inputs, at });
}

/** The language of the inputs that are script text. */
export function scriptLanguageOf(action: ActionName, input: string): ScriptLanguage | null {
  const { scripts = {} } = declarationOf(action);
  return Object.hasOwn(scripts, input) ? (scripts[input] ?? null) : null;
}
