import type { DocumentContent } from './document.ts';
import type { ParameterDefinitions } from './parameters.ts';
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

/** Of a run, what can refer: the values of parameters, defaults, and the inputs of steps. */
export interface ReferringRun {
  readonly document: DocumentContent;
  /** As associations send them: every value is a list of strings. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** A run as a node gets it. The list that a value travels in makes it no list: of a parameter that is a String, a StringList is refused. */
export function resolveRunReferences(
  { document, parameters }: ReferringRun,
  lookup: ParameterLookup,
): Resolved<{ document: DocumentContent; parameters: Record<string, string[]> }> {
  return attempted(() => ({
    document: { ...document, parameters: resolvedDefaults(document.parameters, lookup), mainSteps: resolvedSteps(document, lookup) },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, texts]) => [name, resolvedTexts(typeOf(document.parameters, name), texts, lookup)]),
    ),
  }));
}

function attempted<Value>(resolve: () => Value): Resolved<Value> {
  try {
    return { ok: true, value: resolve() };
  } catch (error) {
    if (error instanceof Refusal) return error.refused;
    throw error;
  }
}

function resolvedSteps({ mainSteps }: DocumentContent, lookup: ParameterLookup): DocumentContent['mainSteps'] {
  return mainSteps.map((step) => ({ ...step, inputs: resolvedMap(step.inputs, lookup) }));
}

function resolvedDefaults(definitions: ParameterDefinitions, lookup: ParameterLookup): DocumentContent['parameters'] {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      return [name, definition.default === undefined ? definition : { ...definition, default: resolved(definition.default, lookup) }];
    }),
  );
}

function typeOf(definitions: ParameterDefinitions, name: string): string | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name]?.type : undefined;
}

function resolvedTexts(type: string | undefined, texts: readonly string[], lookup: ParameterLookup): string[] {
  if (type === 'StringList') return texts.flatMap((text) => resolvedItem(text, lookup)).map(String);
  const isJson = type === 'StringMap' || type === 'MapList';
  return texts.map((text) => (isJson ? resolvedJson(text, lookup) : resolvedText(text, lookup)));
}

/** Inside the JSON, so that what is stored cannot end a text in it. */
function resolvedJson(text: string, lookup: ParameterLookup): string {
  if (referencesIn(text).length === 0) return text;
  const value = jsonOf(text);
  return value === undefined ? resolvedText(text, lookup) : JSON.stringify(resolved(value, lookup));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A reference that stands for the whole map is no JSON itself.
    return undefined;
  }
}

function resolved(value: unknown, lookup: ParameterLookup): unknown {
  if (typeof value === 'string') return resolvedText(value, lookup);
  if (Array.isArray(value)) return value.flatMap((item) => resolvedItem(item, lookup));
  return typeof value === 'object' && value !== null ? resolvedMap(value, lookup) : value;
}

function resolvedMap(map: object, lookup: ParameterLookup): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, resolved(inner, lookup)]));
}

function resolvedItem(item: unknown, lookup: ParameterLookup): unknown[] {
  const target = typeof item === 'string' ? ONLY_A_REFERENCE.exec(item)?.[1] : undefined;
  if (target === undefined) return [resolved(item, lookup)];
  const { type, value } = stored(target, lookup);
  return type === 'StringList' ? value.split(',') : [value];
}

function resolvedText(text: string, lookup: ParameterLookup): string {
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
