import { compactJson } from './compact-json.ts';
import type { ParameterDefinitions, ParameterValues } from './parameters.ts';
import type { ParameterValue } from './parameter-value.ts';
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
    const value = valueOf(name, values);
    if (value === undefined) return token;
    return typeof value === 'string' ? value : compactJson(value);
  });
}

function interpolateWhole(text: string, values: ParameterValues): unknown {
  const name = wholeToken(text);
  const value = name === null ? undefined : valueOf(name, values);
  return value === undefined ? interpolateText(text, values) : value;
}

function interpolateItem(item: unknown, values: ParameterValues): unknown[] {
  const resolved = interpolate(item, values);
  return typeof item === 'string' && Array.isArray(resolved) ? resolved : [resolved];
}

/** Own properties only: a parameter may be named `constructor`. */
function valueOf(name: string, values: ParameterValues): ParameterValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
