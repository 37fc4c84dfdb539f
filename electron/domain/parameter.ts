import * as z from 'zod';
import { compilePattern, isFoundIn } from '../../agent/document/pattern.ts';
import type { FaultCode } from './faults.ts';

/** spec.md 16, standard tier: of parameters, of versions kept, of characters in a value. */
export const PARAMETER_LIMIT = 10_000;
export const PARAMETER_VERSIONS_KEPT = 100;
export const PARAMETER_VALUE_LIMIT = 4096;
/** DeleteParameters and GetParameters take so many names. */
export const PARAMETER_NAMES_PER_CALL = 10;

const NAME_LIMIT = 1011;
const LEVEL_LIMIT = 15;
const DESCRIPTION_LIMIT = 1024;
const PATTERN_LIMIT = 1024;

export const ParameterType = z.enum(['String', 'StringList', 'SecureString']);
export type ParameterType = z.infer<typeof ParameterType>;

/** A parameter with the settings of its newest version, and without its value. */
export const Parameter = z.object({
  name: z.string(),
  type: ParameterType,
  dataType: z.literal('text'),
  /** Of the newest version. */
  version: z.number(),
  description: z.string(),
  allowedPattern: z.string().nullable(),
  createdAt: z.date(),
  lastModifiedAt: z.date(),
});
export type Parameter = z.infer<typeof Parameter>;

/** What a person writes. Of any form: what is wrong with it is found out by `parameterProblems`. */
export const ParameterDraft = z.strictObject({
  name: z.string(),
  type: z.string(),
  value: z.string(),
  description: z.string(),
  allowedPattern: z.string().nullable(),
});
export type ParameterDraft = z.infer<typeof ParameterDraft>;

export type ParameterProblem = { code: ProblemCode; field: keyof ParameterDraft; message: string };
export type ProblemCode = Extract<
  FaultCode,
  | 'ValidationException'
  | 'HierarchyLevelLimitExceededException'
  | 'UnsupportedParameterType'
  | 'InvalidAllowedPatternException'
  | 'ParameterPatternMismatchException'
>;

const invalid = (field: keyof ParameterDraft, message: string): ParameterProblem => ({ code: 'ValidationException', field, message });

/** Everything that is wrong with a draft, each on its field. Never with the value in a sentence: it may be a secret. */
export function parameterProblems(draft: ParameterDraft): ParameterProblem[] {
  return [...nameProblems(draft.name), ...typeProblems(draft.type), ...valueProblems(draft), ...remarkProblems(draft)];
}

function nameProblems(name: string): ParameterProblem[] {
  if (name === '') return [invalid('name', 'A parameter needs a name.')];
  if (name.length > NAME_LIMIT) return [invalid('name', `A name has at most ${NAME_LIMIT} characters.`)];
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name))
    return [invalid('name', 'A name has letters, digits and _ . - with / between the levels of a hierarchy.')];
  if (/^\/?(aws|ssm)/i.test(name)) return [invalid('name', 'Names that begin with aws or ssm are reserved.')];
  if (!name.includes('/')) return [];
  if (!name.startsWith('/')) return [invalid('name', 'A name with levels begins with /, as in /lab/port.')];
  if (name.endsWith('/') || name.includes('//')) return [invalid('name', 'Every level of a name has at least one character.')];
  const levels = name.split('/').length - 1;
  if (levels <= LEVEL_LIMIT) return [];
  const message = `A name has at most ${LEVEL_LIMIT} levels; this one has ${levels}.`;
  return [{ code: 'HierarchyLevelLimitExceededException', field: 'name', message }];
}

function typeProblems(type: string): ParameterProblem[] {
  if (ParameterType.safeParse(type).success) return [];
  return [{ code: 'UnsupportedParameterType', field: 'type', message: 'A parameter is a String, a StringList or a SecureString.' }];
}

function valueProblems({ value, allowedPattern }: ParameterDraft): ParameterProblem[] {
  if (value === '') return [invalid('value', 'A parameter needs a value.')];
  if (value.length > PARAMETER_VALUE_LIMIT) return [invalid('value', `A value has at most ${PARAMETER_VALUE_LIMIT} characters.`)];
  if (value.includes('\0')) return [invalid('value', 'A value has no NUL characters: no script could take it.')];
  if (!value.isWellFormed()) return [invalid('value', 'A value has whole characters: half of one cannot be kept as it is.')];
  // Values are put in place before a document’s own tokens are, so one with a token in it would be read twice.
  if (/\{\{[^{}]*\}\}/.test(value)) return [invalid('value', 'A value cannot refer to another parameter: it has no {{ … }}.')];
  return allowedPattern === null ? [] : patternProblems(value, allowedPattern);
}

function patternProblems(value: string, allowedPattern: string): ParameterProblem[] {
  const refuse = (reason: string): ParameterProblem[] => [
    { code: 'InvalidAllowedPatternException', field: 'allowedPattern', message: `The allowed pattern ${reason}.` },
  ];
  if (allowedPattern === '') return refuse('is empty');
  if (allowedPattern.length > PATTERN_LIMIT) return refuse(`is longer than ${PATTERN_LIMIT} characters`);
  const compiled = compilePattern(allowedPattern);
  if (!compiled.ok) return refuse(compiled.reason);
  if (isFoundIn(compiled.pattern, value)) return [];
  return [
    { code: 'ParameterPatternMismatchException', field: 'value', message: `The value does not match the pattern ${allowedPattern}.` },
  ];
}

function remarkProblems({ description }: ParameterDraft): ParameterProblem[] {
  if (description.length > DESCRIPTION_LIMIT) {
    return [invalid('description', `A description has at most ${DESCRIPTION_LIMIT} characters.`)];
  }
  return /[\u0000-\u0008\u000b-\u001f\u007f]/.test(description) ? [invalid('description', 'A description has no control characters.')] : [];
}

/** Every level above a name, the nearest last: of `/lab/web/port` these are `/lab` and `/lab/web`. */
export function levelsAbove(name: string): string[] {
  if (!name.startsWith('/')) return [];
  const parts = name.split('/').slice(1, -1);
  return parts.map((_, depth) => `/${parts.slice(0, depth + 1).join('/')}`);
}

/** Every level under which there are parameters, sorted, with how many. */
export function parameterPaths(names: Iterable<string>): { path: string; parameters: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) for (const path of levelsAbove(name)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].map(([path, parameters]) => ({ path, parameters })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
