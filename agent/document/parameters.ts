import * as z from 'zod';
import { MAX_DOCUMENT_BYTES, utf8Bytes } from './document-size.ts';
import { type BrokenRule, brokenConstraints, type ConstraintCode, Constraints } from './parameter-constraints.ts';
import { referencesIn } from './parameter-references.ts';
import { PARAMETER_TYPES, type ParameterValue, VALUE_OF_TYPE, valueOfTexts, valueOfType } from './parameter-value.ts';
import { PARAMETER_NAME, secureStoreToken } from './tokens.ts';
import { AnyValue, strictMap, tolerantMap } from './violation.ts';

export const ParameterName = z.string().regex(PARAMETER_NAME, 'may have letters and digits only').max(128);

/** One parameter as a document declares it (spec.md 8.2). A `default` makes it optional. */
export const ParameterDefinition = strictMap({
  type: z.enum(PARAMETER_TYPES),
  description: z.string().optional(),
  displayType: z.enum(['textfield', 'textarea']).optional(),
  interpolationType: z.enum(['ENV_VAR']).optional(),
  default: AnyValue.optional(),
  ...Constraints.shape,
});
export type ParameterDefinition = z.infer<typeof ParameterDefinition>;

/** As an author writes them; what a declaration says beyond this is left out. */
export const DeclaredParameters = z.record(ParameterName, tolerantMap(ParameterDefinition.shape)).default({});
export type ParameterDefinitions = Readonly<Record<string, ParameterDefinition>>;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

export type ParameterProblemCode = 'UNKNOWN' | 'REQUIRED' | 'SIZE' | 'PARAMETER_STORE' | 'TYPE' | ConstraintCode;

export interface ParameterProblem {
  readonly parameter: string;
  readonly code: ParameterProblemCode;
  /** A whole sentence that names the parameter. */
  readonly message: string;
}

export type ValidatedParameters = { ok: true; values: Record<string, ParameterValue> } | { ok: false; problems: ParameterProblem[] };

export const SECURE_REFERENCE_REFUSAL =
  'a reference to a secret can stand alone where a step takes credentials, or be the whole value of a String with interpolationType ENV_VAR';

/**
 * Where an association is saved, `{{ssm:name}}` in a value stands for what nobody knows yet: its rules are asked when it runs, and
 * the value is then what came in its place. A reference that is still there on the node was not resolved; one to a secret stays in
 * its place until a step starts, where somebody else sees to it that the place is right.
 */
export type References = 'come-later' | 'are-resolved' | 'are-resolved-but-secrets';

/**
 * What an association sends for a document's parameters, as typed values with the defaults filled in; or everything that is wrong
 * with it. Checked when an association is saved and again on the node, before any step.
 */
export function validateParameters(
  definitions: ParameterDefinitions,
  texts: Readonly<Record<string, readonly string[]>>,
  references: References = 'are-resolved',
): ValidatedParameters {
  // Nothing is looked at more closely until it is known to be small: patterns take time that grows with the text.
  const tooLarge = sizeProblem(texts);
  if (tooLarge !== null) return { ok: false, problems: [tooLarge] };
  const unknown = Object.keys(texts).filter((name) => !Object.hasOwn(definitions, name));
  const checked = Object.entries(definitions).map(([name, definition]) => {
    const sent = Object.hasOwn(texts, name) ? (texts[name] ?? []) : null;
    return {
      name,
      outcome: secretProblem(sent, references) ?? laterValue(definition, sent, references) ?? checkParameter(definition, sent),
    };
  });
  const problems = [
    ...unknown.map((name) => problemOf(name, { code: 'UNKNOWN', reason: 'is not a parameter of this document' })),
    ...checked.flatMap(({ name, outcome }) => (outcome.ok ? [] : outcome.broken.map((rule) => problemOf(name, rule)))),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, values: Object.fromEntries(checked.flatMap(({ name, outcome }) => (outcome.ok ? [[name, outcome.value]] : []))) };
}

/** Every rule of the definition that a value breaks: its type or, when that fits, its constraints. */
export function brokenRules(definition: ParameterDefinition, value: unknown): BrokenRule<'TYPE' | ConstraintCode>[] {
  const typed = valueOfType(definition.type, value);
  if (typed === null) return [{ code: 'TYPE', reason: `must be ${VALUE_OF_TYPE[definition.type]}` }];
  return brokenConstraints(definition, typed);
}

type CheckedParameter = { ok: true; value: ParameterValue } | { ok: false; broken: BrokenRule<ParameterProblemCode>[] };

function secretProblem(texts: readonly string[] | null, references: References): CheckedParameter | null {
  if (references === 'are-resolved-but-secrets') return null;
  const token = texts?.map(secureStoreToken).find((found) => found !== null);
  if (token === undefined) return null;
  return { ok: false, broken: [{ code: 'PARAMETER_STORE', reason: `has ${token}: ${SECURE_REFERENCE_REFUSAL}` }] };
}

/** Of a value that refers to Parameter Store, as far as it can be said without what it refers to; null of every other value. */
function laterValue(definition: ParameterDefinition, texts: readonly string[] | null, references: References): CheckedParameter | null {
  const given = texts === null || (texts.length === 0 && definition.type !== 'StringList') ? definition.default : texts;
  const [reference] = referencesIn(given);
  if (reference === undefined) return null;
  if (references === 'come-later') return { ok: true, value: '' };
  return { ok: false, broken: [{ code: 'PARAMETER_STORE', reason: `has {{ssm:${reference}}}, which was not resolved` }] };
}

function checkParameter(definition: ParameterDefinition, texts: readonly string[] | null): CheckedParameter {
  const sent = texts === null ? undefined : valueOfTexts(definition.type, texts);
  const value = sent === undefined ? definition.default : sent;
  if (value === undefined) return { ok: false, broken: [{ code: 'REQUIRED', reason: 'is required' }] };
  const broken = brokenRules(definition, value);
  const typed = valueOfType(definition.type, value);
  return broken.length > 0 || typed === null ? { ok: false, broken } : { ok: true, value: typed };
}

function sizeProblem(texts: Readonly<Record<string, readonly string[]>>): ParameterProblem | null {
  let bytes = 0;
  for (const [name, values] of Object.entries(texts)) {
    for (const text of values) bytes += text.length > MAX_DOCUMENT_BYTES ? text.length : utf8Bytes(text);
    if (bytes > MAX_DOCUMENT_BYTES) {
      return problemOf(name, { code: 'SIZE', reason: `makes the values larger than ${MAX_DOCUMENT_BYTES / 1024} KiB together` });
    }
  }
  return null;
}

function problemOf(parameter: string, { code, reason }: BrokenRule<ParameterProblemCode>): ParameterProblem {
  const name = parameter.length > 128 ? `${parameter.slice(0, 128)}…` : parameter;
  return { parameter, code, message: `The parameter ${JSON.stringify(name)} ${reason}.` };
}
