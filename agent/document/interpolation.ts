import { compactJson } from './compact-json.ts';
import type { ParameterValue } from './parameter-value.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';
import { replaceTokens, wholeToken } from './tokens.ts';

/**
 * Puts the values in the place of the tokens (spec.md 8.3). A text that is only a token takes the value with its type, and a list
 * that comes so into a list is spliced in; inside other text a value stands as text. Keys and undeclared tokens stay as they are,
 * and nothing is quoted: a String inside a script is as dangerous as its author lets it be.
 */
export function interpolate(value: unknown, values: ParameterValues): unknown {
  if (typeof value === 'string') return interpolateWhole(value, values);
  if (Array.isArray(value)) return value.flatMap((item) => interpolateItem(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interpolate(inner, values)]));
}

/** The text with every value in its text form: texts as they are, all else as compact JSON. */
export function interpolateText(text: string, values: ParameterValues): string {
  return replaceTokens(text, (name, token) => {
    const value = ownValue(name, values);
    if (value === undefined) return token;
    return typeof value === 'string' ? value : compactJson(value);
  });
}

/** Variables for the process of a script: the values that must never become script text (spec.md 8.4). */
export function environmentFor(definitions: ParameterDefinitions, values: ParameterValues): Record<string, string> {
  return Object.fromEntries(environmentValues(definitions, values).map(([name, value]) => [variableOf(name), value]));
}

export type ScriptLanguage = 'shell' | 'powershell';

/** The values as script text gets them: in the place of each one that travels in the environment, a reference to its variable. */
export function scriptValues(definitions: ParameterDefinitions, values: ParameterValues, language: ScriptLanguage): ParameterValues {
  const references = environmentValues(definitions, values).map(([name]) => [name, referenceTo(variableOf(name), language)] as const);
  return { ...values, ...Object.fromEntries(references) };
}

function referenceTo(variable: string, language: ScriptLanguage): string {
  switch (language) {
    case 'shell':
      return `\${${variable}}`;
    case 'powershell':
      return `\${Env:${variable}}`;
  }
}

/** The environment variable of a parameter. */
export function variableOf(name: string): string {
  return `SSM_${name}`;
}

function environmentValues(definitions: ParameterDefinitions, values: ParameterValues): [string, string][] {
  return Object.entries(definitions).flatMap(([name, definition]): [string, string][] => {
    const value = ownValue(name, values);
    return definition.interpolationType === 'ENV_VAR' && typeof value === 'string' ? [[name, value]] : [];
  });
}

function interpolateWhole(text: string, values: ParameterValues): unknown {
  const name = wholeToken(text);
  const value = name === null ? undefined : ownValue(name, values);
  return value === undefined ? interpolateText(text, values) : value;
}

function interpolateItem(item: unknown, values: ParameterValues): unknown[] {
  const resolved = interpolate(item, values);
  return typeof item === 'string' && Array.isArray(resolved) ? resolved : [resolved];
}

/** Own properties only: a parameter may be named `constructor`. */
function ownValue(name: string, values: ParameterValues): ParameterValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
