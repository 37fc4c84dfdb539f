import * as z from 'zod';
import type { ScriptLanguage } from './interpolation.ts';
import type { ParameterType } from './parameter-value.ts';
import type { Path } from './path.ts';
import { strictMap, type Violation, violationsOf } from './violation.ts';

/** The actions that this version of the product runs. A new one begins here; the compiler then asks for the rest. */
export const ActionName = z.enum(['aws:runShellScript', 'aws:runPowerShellScript', 'aws:refreshAssociation']);
export type ActionName = z.infer<typeof ActionName>;

export const DEFAULT_TIMEOUT_SECONDS = 3600;
const MIN_TIMEOUT_SECONDS = 5;
const MAX_TIMEOUT_SECONDS = 172_800;

// What a process cannot take: it would fail when it is started, and with a worse message.
const PlainText = z.string().regex(/^[^\0]*$/, 'may not have NUL characters');
const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');

/** Out of range or not a number falls back to the default, as in the SSM agent (spec.md 8.7). */
const TimeoutSeconds = z.union([z.string(), z.number()], 'must be a number of seconds').transform((given) => {
  const seconds = typeof given === 'number' ? Math.trunc(given) : /^\s*\d{1,6}\s*$/.test(given) ? Number(given) : Number.NaN;
  return seconds >= MIN_TIMEOUT_SECONDS && seconds <= MAX_TIMEOUT_SECONDS ? seconds : DEFAULT_TIMEOUT_SECONDS;
});

/** What a step says about the steps after it, among the inputs of every action (spec.md 6.5). */
const flowInputs = {
  onFailure: z.enum(['exit', 'successAndExit']).optional(),
  onSuccess: z.enum(['exit']).optional(),
  finallyStep: z
    .union([z.boolean(), z.enum(['true', 'false'])], 'must be true or false')
    .transform((given) => given === true || given === 'true')
    .default(false),
};

export const FLOW_KEYWORDS: readonly string[] = Object.keys(flowInputs);

const FlowInputs = z.looseObject(flowInputs);

const scriptInputs = {
  runCommand: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(PlainText)),
  timeoutSeconds: TimeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS),
  workingDirectory: PlainText.optional(),
  environment: z.record(VariableName, z.union([PlainText, z.number(), z.boolean()], 'must be text').transform(String)).default({}),
  ...flowInputs,
};

/** Of both script actions, after interpolation: what the agent works with (spec.md 8.9, flow keywords 6.5). */
export const ScriptInputs = strictMap(scriptInputs);
export type ScriptInputs = z.infer<typeof ScriptInputs>;

const AnAssociation = z.uuid('must be the id of an association, a UUID');

/** One id may be written as text; no id, or empty text, stands for all associations of the node (spec.md 8.9). */
const AssociationIds = z
  .union([z.string(), z.array(z.unknown())], 'must be the id of an association, or a list of ids')
  .transform((given, context) => {
    if (given === '') return [];
    const ids: string[] = [];
    for (const [position, value] of [given].flat().entries()) {
      const id = AnAssociation.safeParse(value);
      if (id.success) ids.push(id.data);
      // Of text the trouble is there, and not at an entry that nobody wrote.
      else context.addIssue({ code: 'custom', path: typeof given === 'string' ? [] : [position], message: id.error.issues[0]?.message });
    }
    return ids;
  });

/** What aws:refreshAssociation works with, after interpolation. */
export const RefreshInputs = strictMap({
  associationIds: AssociationIds.default([]),
  ...flowInputs,
});
export type RefreshInputs = z.infer<typeof RefreshInputs>;

interface InputsOfAction {
  'aws:runShellScript': ScriptInputs;
  'aws:runPowerShellScript': ScriptInputs;
  'aws:refreshAssociation': RefreshInputs;
}

const inputSchemas: { readonly [Action in ActionName]: z.ZodType<InputsOfAction[Action]> } = {
  'aws:runShellScript': ScriptInputs,
  'aws:runPowerShellScript': ScriptInputs,
  'aws:refreshAssociation': RefreshInputs,
};

/** Of the actions that run scripts. */
const languages: Partial<Record<ActionName, ScriptLanguage>> = { 'aws:runShellScript': 'shell', 'aws:runPowerShellScript': 'powershell' };

export type ParsedInputs<Inputs> = { ok: true; inputs: Inputs } | { ok: false; problems: Violation[] };

/** A step's inputs once they are interpolated. `at` is where they stand in what the problems shall name. */
export function parseActionInputs<Action extends ActionName>(
  action: Action,
  inputs: unknown,
  at: Path = ['inputs'],
): ParsedInputs<InputsOfAction[Action]> {
  const parsed = inputSchemas[action].safeParse(inputs);
  return parsed.success ? { ok: true, inputs: parsed.data } : { ok: false, problems: violationsOf(parsed.error, { root: inputs, at }) };
}

/** What is wrong with the keywords that every action has, in inputs of which nothing else is known. */
export function flowProblems(inputs: unknown, at: Path): Violation[] {
  const parsed = FlowInputs.safeParse(inputs);
  return parsed.success ? [] : violationsOf(parsed.error, { root: inputs, at });
}

/** The language of the inputs that are script text, in which a token must not become a value that travels in the environment. */
export function scriptLanguageOf(action: ActionName, input: string): ScriptLanguage | null {
  return input === 'runCommand' ? (languages[action] ?? null) : null;
}

/** Which types of parameter may stand in an input. */
export interface Fit {
  /** Alone, for the whole input. */
  readonly whole: readonly ParameterType[];
  /** Alone, for one entry of the list or map. */
  readonly entry: readonly ParameterType[];
}

// What a step does with its result decides which steps run, so it is in the document for everybody to read.
const flowFits: Record<keyof typeof flowInputs, Fit> = {
  onFailure: { whole: [], entry: [] },
  onSuccess: { whole: [], entry: [] },
  finallyStep: { whole: [], entry: [] },
};

const refreshFits: Record<keyof RefreshInputs, Fit> = {
  associationIds: { whole: ['String', 'StringList'], entry: ['String', 'StringList'] },
  ...flowFits,
};

const scriptFits: Record<keyof ScriptInputs, Fit> = {
  runCommand: { whole: ['String', 'StringList'], entry: ['String', 'StringList'] },
  timeoutSeconds: { whole: ['String', 'Integer'], entry: [] },
  workingDirectory: { whole: ['String'], entry: [] },
  environment: { whole: ['StringMap'], entry: ['String', 'Integer', 'Boolean'] },
  ...flowFits,
};

export const fitsOfAction: Record<ActionName, Readonly<Record<string, Fit>>> = {
  'aws:runShellScript': scriptFits,
  'aws:runPowerShellScript': scriptFits,
  'aws:refreshAssociation': refreshFits,
};
