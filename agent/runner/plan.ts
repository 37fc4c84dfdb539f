import * as z from 'zod';
import type { ActionContext, ActionOutcome } from '../actions/action.ts';
import { prepareAction, runsOn } from '../actions/registry.ts';
import { ActionName } from '../document/action-inputs.ts';
import { partsOf, type SchemaVersion, type Step } from '../document/document.ts';
import { environmentFor } from '../document/interpolation.ts';
import { referencesIn } from '../document/parameter-references.ts';
import { type ParameterValues, validateParameters } from '../document/parameters.ts';
import { isPreconditionMet } from '../document/precondition.ts';
import { takesSecret } from '../document/secret-references.ts';
import { interpolateStepInputs } from '../document/step-inputs.ts';
import type { PlatformType } from '../platform/facts.ts';
import type { RunOrder } from '../protocol/run-order.ts';
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
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly parameterEnvironment: Readonly<Record<string, string>>;
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problem: string };

/** The document with its parameters, for this platform. Refused as a whole when a parameter is (spec.md 8.2). */
export function planOccurrence(order: Pick<RunOrder, 'document' | 'parameters' | 'sealed'>, platform: PlatformType): Planned {
  const { document, parameters, sealed = {} } = order;
  const definitions = document.parameters;
  const [reference] = document.mainSteps.flatMap((step) => referencesIn(partsOf(step)));
  if (reference !== undefined) return { ok: false, problem: `The document refers to {{ssm:${reference}}}, which was not resolved.` };
  const secrets = Object.keys(sealed);
  const unfit = secrets.find((name) => !Object.hasOwn(definitions, name) || !takesSecret(definitions[name]));
  if (unfit !== undefined) return { ok: false, problem: `The parameter ${JSON.stringify(unfit)} does not take a secret.` };
  const readable = Object.entries(definitions).filter(([name]) => !secrets.includes(name));
  const validated = validateParameters(Object.fromEntries(readable), parameters);
  if (!validated.ok) return { ok: false, problem: validated.problems.map(({ message }) => message).join(' ') };
  const { values } = validated;
  const steps = document.mainSteps.map((step): PlannedStep => {
    const { name, action, inputs } = step;
    const parts = partsOf(step).map((part) => interpolateStepInputs({ action, inputs: part }, { definitions, values, secrets }));
    const circumstances = { parts, values, platform, schemaVersion: document.schemaVersion };
    return { name, flow: flowOf(inputs), work: workOf(step, circumstances) };
  });
  return { ok: true, plan: { steps, parameterEnvironment: environmentFor(definitions, values) } };
}

interface Circumstances {
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly values: ParameterValues;
  readonly platform: PlatformType;
  readonly schemaVersion: SchemaVersion;
}

/** Whether the action fits the platform comes before the precondition (spec.md 8.5). */
function workOf({ action, precondition }: Step, { parts, values, platform, schemaVersion }: Circumstances): StepWork {
  const name = ActionName.safeParse(action);
  if (!name.success) return { do: 'fail', reason: `This agent does not know the action ${action}.` };
  if (!runsOn(name.data, platform)) {
    const reason = `${action} does not run on ${platform}.`;
    return schemaVersion === '2.2' ? { do: 'skip', because: reason } : { do: 'fail', reason };
  }
  if (precondition !== undefined && schemaVersion !== '2.2') {
    return { do: 'fail', reason: `It has a precondition, which needs schema 2.2; the document is of schema ${schemaVersion}.` };
  }
  if (!isPreconditionMet(precondition, { platformType: platform, values })) {
    return { do: 'skip', because: 'Its precondition is not met on this node.' };
  }
  const runs: RunPart[] = [];
  for (const inputs of parts) {
    const prepared = prepareAction(name.data, inputs);
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
