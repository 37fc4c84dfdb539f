import * as z from 'zod';
import { isNestedWithin, MAX_NESTING } from './nesting.ts';

export const PARAMETER_TYPES = ['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

export type ParameterValue = string | number | boolean | string[] | Record<string, string> | Record<string, unknown>[];

// No process takes a NUL in an argument, a folder name or its environment.
const Text = z.string().regex(/^[^\0]*$/);

const schemas: Record<ParameterType, z.ZodType<ParameterValue>> = {
  String: Text,
  StringList: z.array(Text),
  Integer: z.int(),
  Boolean: z.boolean(),
  StringMap: z.record(Text, Text),
  MapList: z.array(z.record(Text, z.unknown())),
};

/** How a value of the type is called where one was expected. */
export const VALUE_OF_TYPE: Record<ParameterType, string> = {
  String: 'text without NUL characters',
  StringList: 'a list of texts',
  Integer: 'a whole number, without quotes or decimals',
  Boolean: 'true or false, without quotes',
  StringMap: 'a map of texts',
  MapList: 'a list of maps',
};

/** Types are strict (spec.md 8.2): `"true"` is no Boolean and 3.5 no Integer. Null when the value is not of the type. */
export function valueOfType(type: ParameterType, value: unknown): ParameterValue | null {
  if (!isNestedWithin(value, MAX_NESTING) || hasPrototypeKey(value)) return null;
  const parsed = schemas[type].safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * Associations send every value as a list of strings: a list takes them all, every other type the first one, which for maps,
 * numbers and booleans is JSON text (spec.md 8.2). Null when it is not of the type; undefined when nothing was sent.
 */
export function valueOfTexts(type: ParameterType, texts: readonly string[]): ParameterValue | null | undefined {
  switch (type) {
    case 'StringList':
      return valueOfType(type, [...texts]);
    case 'String':
      return texts[0] === undefined ? undefined : valueOfType(type, texts[0]);
    case 'Integer':
      // Digits only: JSON would take 3.0 and 3e0 for whole numbers.
      return texts[0] === undefined ? undefined : /^\s*-?\d+\s*$/.test(texts[0]) ? valueOfType(type, Number(texts[0])) : null;
    case 'Boolean':
    case 'StringMap':
    case 'MapList':
      return texts[0] === undefined ? undefined : valueOfType(type, jsonValue(texts[0]));
  }
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not of the type; no parameter type has null for a value.
    return null;
  }
}

/** zod leaves such a key out in silence; a value that loses a part is worse than one that is refused. */
function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === '__proto__' || hasPrototypeKey(inner));
}
