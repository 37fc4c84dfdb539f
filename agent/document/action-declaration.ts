import * as z from 'zod';
import type { ScriptLanguage } from './interpolation.ts';
import type { ParameterType } from './parameter-value.ts';
import type { Path } from './path.ts';
import type { PlatformType } from './precondition.ts';

/** Which types of parameter may stand in an input. */
export interface Fit {
  /** Alone, for the whole input. */
  readonly whole: readonly ParameterType[];
  /** Alone, for one entry of the list or map. */
  readonly entry: readonly ParameterType[];
}

/** What the document language knows of one action: everything but how it is done. */
export interface ActionDeclaration<Inputs> {
  readonly platforms: readonly PlatformType[];
  /** The inputs after interpolation. */
  readonly inputs: z.ZodType<Inputs>;
  readonly fits: Readonly<Record<string, Fit>>;
  /** Whether it can say what it would change, and change nothing: what an association in Audit mode runs. */
  readonly canCheck: boolean;
  /** The inputs that are script text, in which a token must not become a value that travels in the environment (spec.md 8.4). */
  readonly scripts?: Readonly<Record<string, ScriptLanguage>>;
  /** Whether `{{ssm-secure:name}}` may stand at this path below the inputs: where credentials are taken (spec.md 8.3). */
  readonly takesSecret?: (path: Path) => boolean;
  /** In which ways a step with these inputs, as they are written, does something else here than at AWS: each the end of a sentence. */
  readonly limits?: (inputs: Readonly<Record<string, unknown>>) => readonly string[];
}

export const everywhere: readonly PlatformType[] = ['Linux', 'MacOS', 'Windows'];

// What a process cannot take: it would fail when it is started, and with a worse message.
export const PlainText = z.string().regex(/^[^\0]*$/, 'may not have NUL characters');

export const DEFAULT_TIMEOUT_SECONDS = 3600;
const MIN_TIMEOUT_SECONDS = 5;
const MAX_TIMEOUT_SECONDS = 172_800;

/** Out of range or not a number falls back to the default, as in the SSM agent (spec.md 8.7); so does a list, which some documents have. */
export const TimeoutSeconds = z.union([z.string(), z.number(), z.array(z.unknown())], 'must be a number of seconds').transform((given) => {
  if (typeof given === 'object') return DEFAULT_TIMEOUT_SECONDS;
  const seconds = typeof given === 'number' ? Math.trunc(given) : /^\s*\d{1,6}\s*$/.test(given) ? Number(given) : Number.NaN;
  return seconds >= MIN_TIMEOUT_SECONDS && seconds <= MAX_TIMEOUT_SECONDS ? seconds : DEFAULT_TIMEOUT_SECONDS;
});

/** `true`, `false`, or one of these words in any case: documents write both. */
export const Flag = z
  .union([z.boolean(), z.string().regex(/^(true|false)$/i)], 'must be true or false')
  .transform((given) => String(given).toLowerCase() === 'true');

/** A word of several, in any case, as the SSM agent compares them. */
export const oneOf = <Word extends string>(words: readonly Word[]) =>
  z.string().transform((given, context): Word => {
    const word = words.find((known) => known.toLowerCase() === given.trim().toLowerCase());
    if (word !== undefined) return word;
    context.addIssue({ code: 'custom', message: `must be ${words.map((known) => JSON.stringify(known)).join(' or ')}` });
    return z.NEVER;
  });

/** What a step says about the steps after it, among the inputs of every action (spec.md 6.5). */
export const flowInputs = {
  onFailure: z.enum(['exit', 'successAndExit']).optional(),
  onSuccess: z.enum(['exit']).optional(),
  finallyStep: z
    .union([z.boolean(), z.enum(['true', 'false'])], 'must be true or false')
    .transform((given) => given === true || given === 'true')
    .default(false),
};

// What a step does with its result decides which steps run, so it is in the document for everybody to read.
export const flowFits: Record<keyof typeof flowInputs, Fit> = {
  onFailure: { whole: [], entry: [] },
  onSuccess: { whole: [], entry: [] },
  finallyStep: { whole: [], entry: [] },
};

/** The usual kinds of input. */
export const textFit: Fit = { whole: ['String'], entry: [] };
export const numberFit: Fit = { whole: ['String', 'Integer'], entry: [] };
export const flagFit: Fit = { whole: ['String', 'Boolean'], entry: [] };
export const listFit: Fit = { whole: ['String', 'StringList'], entry: ['String', 'StringList'] };
export const mapFit: Fit = { whole: ['String', 'StringMap'], entry: ['String', 'Integer', 'Boolean'] };
