import * as z from 'zod';
import { prepareAction, runsOn } from '../actions/registry.ts';
import { ActionName, declarationOf } from '../document/action-inputs.ts';
import { type DocumentContent, partsOf, type SchemaVersion, type Step } from '../document/document.ts';
import { environmentFor } from '../document/interpolation.ts';
import { referencesIn } from '../document/parameter-references.ts';
import { type ParameterValues, validateParameters } from '../document/parameters.ts';
import { isPreconditionMet } from '../document/precondition.ts';
import { isSecretKey, placedSecrets, secretKey, secretPlaces } from '../document/secret-places.ts';
import { takesSecret } from '../document/secret-references.ts';
import { fateOn, whyNotRun } from '../document/step-fate.ts';
import { interpolateStepInputs } from '../document/step-inputs.ts';
import type { PlatformType } from '../platform/facts.ts';
import { Failure } from '../protocol/failures.ts';
import type { ApplyMode, RunOrder } from '../protocol/run-order.ts';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { type RunPart, runParts } from './parts.ts';
import type { StepFlow } from './progress.ts';

/** What is to be done about a step when its turn comes; known before the first one runs. */
export type StepWork =
  | { readonly do: 'run'; readonly run: (context: ActionContext) => Promise<ActionOutcome> }
  | { readonly do: 'skip'; readonly because: string }
  | { readonly do: 'fail'; readonly reason: string };

export interface PlannedStep {
  readonly name: string;
  readonly flow: StepFlow;
  readonly work: StepWork;
  /** Of the secrets that its inputs refer to. */
  readonly secretKeys: readonly string[];
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly parameterEnvironment: Readonly<Record<string, string>>;
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly failure: Failure };

const refused = (problem: string): Planned => ({ ok: false, failure: new Failure('InvalidParameters', { problem }) });

/** The document with its parameters, for this platform. Refused as a whole when a parameter is (spec.md 8.2). */
export function planOccurrence(
  order: Pick<RunOrder, 'document' | 'documentName' | 'parameters' | 'sealed' | 'mode'>,
  platform: PlatformType,
): Planned {
  const { document, documentName, parameters, sealed = {}, mode = 'Enforce' } = order;
  const secrets = Object.keys(sealed);
  const unfit = parametersAmong(secrets).find(
    (name) => !Object.hasOwn(document.parameters, name) || !takesSecret(document.parameters[name]),
  );
  if (unfit !== undefined) return refused(`The parameter ${JSON.stringify(unfit)} does not take a secret.`);
  const readable = Object.entries(document.parameters).filter(([name]) => !secrets.includes(name));
  const validated = validateParameters(Object.fromEntries(readable), parameters, 'are-resolved-but-secrets');
  if (!validated.ok) return refused(validated.problems.map(({ message }) => message).join(' '));
  return planDocument(document, { documentName, values: validated.values, secrets, platform, mode });
}

const parametersAmong = (secrets: readonly string[]): string[] => secrets.filter((key) => !isSecretKey(key));

/** With what a document is planned. `secrets`: what is opened only when a step starts, by parameter or by `secretKey`. */
export interface PlanSettings {
  readonly documentName: string;
  readonly values: ParameterValues;
  readonly secrets: readonly string[];
  readonly platform: PlatformType;
  readonly mode: ApplyMode;
}

/** The document with values that are of its parameters. */
export function planDocument(document: DocumentContent, { documentName, values, secrets, platform, mode }: PlanSettings): Planned {
  const [reference] = document.mainSteps.flatMap((step) => referencesIn(partsOf(step)));
  if (reference !== undefined) return refused(`The document refers to {{ssm:${reference}}}, which was not resolved.`);
  const definitions = document.parameters;
  const placed = placedSecrets(document, values);
  if (!placed.ok) return refused(placed.problem);
  const missing = placed.targets.find((target) => !secrets.includes(secretKey(target)));
  if (missing !== undefined) return refused(`The run refers to {{ssm-secure:${missing}}}, which did not come with it.`);
  const steps = document.mainSteps.map((step): PlannedStep => {
    const { name, action, inputs } = step;
    const known = { definitions, values, secrets: parametersAmong(secrets) };
    const parts = partsOf(step).map((part) => interpolateStepInputs({ action, inputs: part }, known));
    const targets = parts.flatMap((part) => secretPlaces(action, part)).flatMap((place) => place.target ?? []);
    const circumstances = { parts, values, platform, mode, schemaVersion: document.schemaVersion };
    return { name, flow: flowOf(inputs), work: workOf(step, circumstances), secretKeys: [...new Set(targets)].map(secretKey) };
  });
  if (mode === 'Audit' && !document.mainSteps.some((step) => checksOn(step, platform))) {
    return { ok: false, failure: new Failure('E-AUDIT-UNCHECKABLE', { documentName }) };
  }
  return { ok: true, plan: { steps, parameterEnvironment: environmentFor(definitions, values) } };
}

function checksOn({ action }: Pick<Step, 'action'>, platform: PlatformType): boolean {
  const name = ActionName.safeParse(action);
  return name.success && declarationOf(name.data).canCheck && runsOn(name.data, platform);
}

interface Circumstances {
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly values: ParameterValues;
  readonly platform: PlatformType;
  readonly mode: ApplyMode;
  readonly schemaVersion: SchemaVersion;
}

/** Whether the action fits the platform comes before the precondition (spec.md 8.5). */
function workOf({ action, precondition }: Step, { parts, values, platform, mode, schemaVersion }: Circumstances): StepWork {
  const fate = fateOn(platform, { action, precondition, schemaVersion });
  if (fate.do === 'skip') return { do: 'skip', because: fate.because };
  if (fate.do === 'fail') return { do: 'fail', reason: fate.reason };
  if (!isPreconditionMet(precondition, { platformType: platform, values })) {
    return { do: 'skip', because: 'Its precondition is not met on this node.' };
  }
  const name = ActionName.safeParse(action);
  if (!name.success) return { do: 'fail', reason: `${whyNotRun({ action })}.` };
  if (mode === 'Audit' && !declarationOf(name.data).canCheck) {
    return { do: 'skip', because: `${action} cannot check, so it is not run in Audit mode.` };
  }
  const runs: RunPart[] = [];
  for (const inputs of parts) {
    const prepared = prepareAction(name.data, inputs, mode);
    if (!prepared.ok) return { do: 'fail', reason: prepared.reason };
    runs.push(prepared.run);
  }
  return { do: 'run', run: runParts(runs, platform) };
}

/** Read apart from the other inputs, so that a step which cannot run still says what follows from that. */
const Flow = z.object({
  onFailure: z.enum(['exit', 'successAndExit']).nullable().catch(null),
  onSuccess: z.literal('exit').nullable().catch(null),
  finallyStep: z
    .union([z.literal(true), z.literal('true')])
    .transform(() => true)
    .catch(false),
});

export function flowOf(inputs: Readonly<Record<string, unknown>>): StepFlow {
  return Flow.parse({ onFailure: inputs.onFailure, onSuccess: inputs.onSuccess, finallyStep: inputs.finallyStep });
}
