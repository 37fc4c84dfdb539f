import { textsIn } from './texts.ts';

/** What Parameter Store has under a name. */
export interface StoredParameter {
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
}

/** `{{ssm:name}}` or `{{ssm:name:version}}`; the newest version where none is named. */
export interface ParameterReference {
  readonly name: string;
  readonly version: number | null;
}

/** Null when there is no such parameter or version. */
export type ParameterLookup = (reference: ParameterReference) => StoredParameter | null;

/** `problem` is a whole sentence, without any value. */
export type ReferenceProblem = {
  readonly ok: false;
  readonly code: 'UNKNOWN' | 'STRING_LIST' | 'SECURE_STRING';
  readonly problem: string;
};
export type Resolved<Value> = { readonly ok: true; readonly value: Value } | ReferenceProblem;

// Only blanks may stand around the name, as in the SSM agent: with a tab or another sign it is text (spec.md 8.3).
const REFERENCE = /\{\{ *ssm:([a-zA-Z0-9_/.:-]+) *\}\}/g;
const ONLY_A_REFERENCE = /^\{\{ *ssm:([a-zA-Z0-9_/.:-]+) *\}\}$/;

/** What the texts of a value refer to, `name` or `name:version`, each once and in the order of the text. Keys refer to nothing. */
export function referencesIn(value: unknown): string[] {
  const found = textsIn(value).flatMap(({ text }) => [...text.matchAll(REFERENCE)].map(([, target]) => target ?? ''));
  return [...new Set(found)];
}

/** Of a text as `referencesIn` gives it. What is no version number becomes 0, a version that no parameter has. */
export function referenceOf(target: string): ParameterReference {
  const end = target.indexOf(':');
  if (end === -1) return { name: target, version: null };
  const version = target.slice(end + 1);
  return { name: target.slice(0, end), version: /^\d{1,9}$/.test(version) ? Number(version) : 0 };
}

class Refusal extends Error {
  readonly refused: ReferenceProblem;

  constructor(refused: ReferenceProblem) {
    super(refused.problem);
    this.refused = refused;
  }
}

/**
 * A value with what is stored in the place of every reference (spec.md 8.3): a String anywhere, a StringList only as a whole element
 * of a list, where it becomes its items. What is put in is not looked at again.
 */
export function resolveParameterReferences(value: unknown, lookup: ParameterLookup): Resolved<unknown> {
  return attempted(() => resolved(value, lookup));
}

/** For those who put resolved values together: a refusal below `resolve` is the answer. */
export function attempted<Value>(resolve: () => Value): Resolved<Value> {
  try {
    return { ok: true, value: resolve() };
  } catch (error) {
    if (error instanceof Refusal) return error.refused;
    throw error;
  }
}

export function resolved(value: unknown, lookup: ParameterLookup): unknown {
  if (typeof value === 'string') return resolvedText(value, lookup);
  if (Array.isArray(value)) return value.flatMap((item) => resolvedItem(item, lookup));
  return typeof value === 'object' && value !== null ? resolvedMap(value, lookup) : value;
}

export function resolvedMap(map: object, lookup: ParameterLookup): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, resolved(inner, lookup)]));
}

export function resolvedItem(item: unknown, lookup: ParameterLookup): unknown[] {
  const target = typeof item === 'string' ? ONLY_A_REFERENCE.exec(item)?.[1] : undefined;
  if (target === undefined) return [resolved(item, lookup)];
  const { type, value } = stored(target, lookup);
  return type === 'StringList' ? value.split(',') : [value];
}

export function resolvedText(text: string, lookup: ParameterLookup): string {
  return text.replaceAll(REFERENCE, (_token: string, target: string) => {
    const { type, value } = stored(target, lookup);
    if (type !== 'StringList') return value;
    const problem = `The parameter ${target} is a StringList: {{ssm:${target}}} can stand for a whole element of a list only, not be used as a String.`;
    throw new Refusal({ ok: false, code: 'STRING_LIST', problem });
  });
}

function stored(target: string, lookup: ParameterLookup): StoredParameter {
  const found = lookup(referenceOf(target));
  if (found === null) {
    throw new Refusal({ ok: false, code: 'UNKNOWN', problem: `There is no parameter ${target}, to which {{ssm:${target}}} refers.` });
  }
  if (found.type !== 'SecureString') return found;
  const problem = `The parameter ${target} is a SecureString, which {{ssm:${target}}} cannot put into a document or a parameter.`;
  throw new Refusal({ ok: false, code: 'SECURE_STRING', problem });
}
