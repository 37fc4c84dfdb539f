import { parse } from 'yaml';
import { compactJson } from './compact-json.ts';
import { isNestedWithin, MAX_NESTING } from './nesting.ts';
import type { RunDocumentInputs } from './run-document-inputs.ts';

/**
 * What a step gives to the document that it runs, as an association would send it: every value is a list of texts. Null where it is
 * text and no map.
 */
export function childParameters(given: RunDocumentInputs['documentParameters']): Record<string, string[]> | null {
  const map = typeof given === 'string' ? mapOfYaml(given) : given;
  if (map === null || !isNestedWithin(map, MAX_NESTING)) return null;
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, textsOf(value)]));
}

function mapOfYaml(text: string): Record<string, unknown> | null {
  try {
    // Without aliases nothing in it grows.
    const value: unknown = parse(text, { maxAliasCount: 0, schema: 'core', logLevel: 'silent' });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // No YAML is no map.
    return null;
  }
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : [textOf(value)]);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : compactJson(value));
