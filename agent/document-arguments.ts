import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import * as z from 'zod';
import { compactJson } from './document/compact-json.ts';
import { MAX_DOCUMENT_BYTES } from './document/document-size.ts';
import type { ParameterDefinitions } from './document/parameters.ts';
import { Failure } from './protocol/failures.ts';

/** Enough to see that a file is too large; what is in the rest of it is nobody's business. */
const MOST_BYTES = 4 * MAX_DOCUMENT_BYTES;

/** The text of a file that somebody named; `-` is what comes in. */
export async function textOfFile(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MOST_BYTES) throw new Failure('E-FILE', { file, problem: `it is larger than ${MOST_BYTES / 1024} KiB` });
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('E-FILE', { file, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

const NAMED_VALUE = /^([a-zA-Z0-9]+)=(.*)$/s;
const GivenFile = z.record(z.string(), z.unknown());

/** The parameters that were given, as an association sends them: every value is a list of texts. Later ones win, item lists grow. */
export async function parametersGiven(given: readonly string[], definitions: ParameterDefinitions): Promise<Record<string, string[]>> {
  const values: Record<string, string[]> = {};
  const isList = (name: string) => Object.hasOwn(definitions, name) && definitions[name]?.type === 'StringList';
  for (const one of given) {
    const [, name, value = ''] = NAMED_VALUE.exec(one) ?? [];
    if (name === undefined) {
      const fromFile = Object.entries(await mapInFile(one));
      for (const [key, written] of fromFile) values[key] = textsOf(written, isList(key));
    } else if (isList(name)) {
      values[name] = [...(values[name] ?? []), ...(listIn(value) ?? [value])];
    } else {
      values[name] = [value];
    }
  }
  return values;
}

async function mapInFile(file: string): Promise<Record<string, unknown>> {
  const written = await textOfFile(file);
  let content: unknown;
  try {
    // Every JSON text is YAML; `core`, so that a yes stays the word that it is.
    content = parse(written, { schema: 'core', maxAliasCount: 0 });
  } catch (error) {
    throw new Failure('E-FILE', { file, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
  const map = GivenFile.safeParse(content ?? {});
  if (!map.success) throw new Failure('E-FILE', { file, problem: 'it is not a map from the names of parameters to their values' });
  return map.data;
}

/** A value of a file: an association has lists of texts, an author may write the value itself. */
function textsOf(value: unknown, isList: boolean): string[] {
  if (!Array.isArray(value)) return [textOf(value)];
  const items: unknown[] = value;
  if (isList) return items.map(textOf);
  const [first] = items;
  return items.length === 1 && typeof first === 'string' ? [first] : [compactJson(items)];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : compactJson(value));

/** A list of texts that is written as JSON; null for any other text. */
function listIn(value: string): string[] | null {
  if (!value.startsWith('[')) return null;
  try {
    const list = z.array(z.unknown()).safeParse(JSON.parse(value));
    return list.success ? list.data.map(textOf) : null;
  } catch {
    // A text that begins with a bracket and is no JSON is a text.
    return null;
  }
}
