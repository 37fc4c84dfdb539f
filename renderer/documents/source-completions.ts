import { ActionName, declarationOf } from '../../agent/document/action-inputs.ts';
import { purposeOf } from '../../agent/document/action-purposes.ts';
import { knownAction, knownActionNames } from '../../agent/document/known-actions.ts';
import type { SourceFormat } from '../../agent/document/located-problem.ts';
import { PARAMETER_TYPES } from '../../agent/document/parameter-value.ts';
import type { CodeCompletion, CodeCompletions, CodeNote } from '../ui/code-completion.ts';
import { keywordWords, wordsOfKey } from './keyword-words.ts';
import { type SourcePlace, sourcePlace } from './source-place.ts';

const TOKEN_BEGUN = /\{\{ *([a-zA-Z0-9]*)$/;
const PLATFORMS = ['platformType', 'Linux', 'MacOS', 'Windows'];

/** What may be written where somebody writes; null where nothing can be said. */
export function completionsAt(text: string, offset: number, format: SourceFormat): CodeCompletions | null {
  const token = TOKEN_BEGUN.exec(text.slice(Math.max(0, offset - 200), offset));
  if (token !== null) return tokensFor(text, { offset, typed: token[1] ?? '', format });
  const place = sourcePlace(text, offset, format);
  if (place === null) return null;
  const options = place.key === null ? keysFor(place, format) : valuesFor(place, place.key, format);
  return options.length === 0 ? null : { from: place.from, options };
}

function tokensFor(
  text: string,
  { offset, typed, format }: { offset: number; typed: string; format: SourceFormat },
): CodeCompletions | null {
  const names = parameterNames(text, format);
  const isClosed = /^[a-zA-Z0-9]* *\}\}/.test(text.slice(offset));
  const options = names.map((name) => ({
    label: name,
    kind: 'value' as const,
    note: 'A parameter of this document.',
    insert: isClosed ? name : `${name} }}`,
  }));
  return options.length === 0 ? null : { from: offset - typed.length, options };
}

/** Also of a text that cannot be read at the moment, which one that is written mostly cannot. */
export function parameterNames(text: string, format: SourceFormat): string[] {
  if (format === 'YAML') {
    const [, block = ''] = /^parameters:[^\n]*\n((?:[ \t]+[^\n]*\n|[ \t]*\n|#[^\n]*\n)*)/m.exec(`${text}\n`) ?? [];
    const [, indent] = /^([ \t]+)[a-zA-Z0-9]/m.exec(block) ?? [];
    return indent === undefined
      ? []
      : [...block.matchAll(/^([ \t]+)([a-zA-Z0-9]+):/gm)].flatMap(([, lead, name = '']) => (lead === indent ? [name] : []));
  }
  const begin = /"parameters"\s*:\s*\{/.exec(text);
  if (begin === null) return [];
  const names: string[] = [];
  let depth = 1;
  for (const [whole, name] of text.slice(begin.index + begin[0].length).matchAll(/"([^"\\\n]*)"\s*:|"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (whole === '{') depth += 1;
    else if (whole === '}') depth -= 1;
    else if (depth === 1 && name !== undefined) names.push(name);
    if (depth === 0) break;
  }
  return names;
}

function keysFor(place: SourcePlace, format: SourceFormat): CodeCompletion[] {
  const { path, siblings, action } = place;
  const [first, second] = path;
  if (first === 'mainSteps' && second === 'precondition' && path.length === 3) return wordsFor(PLATFORMS, place, format);
  const offered = offeredKeys(path, action);
  return Object.entries(offered)
    .filter(([key]) => !siblings.includes(key) || key === place.typed)
    .map(([key, note]) => ({ label: key, kind: 'key', note, insert: keyText(key, place, format) }));
}

function offeredKeys(path: readonly string[], action: string | null): Readonly<Record<string, string>> {
  const { topKeys, parameterKeys, stepKeys, preconditionKeys } = keywordWords;
  const [first, second] = path;
  if (path.length === 0) return topKeys;
  if (first === 'parameters') return path.length === 2 ? parameterKeys : {};
  if (first !== 'mainSteps') return {};
  if (path.length === 1) return stepKeys;
  if (path.length > 2) return {};
  if (second === 'precondition') return preconditionKeys;
  return second === 'inputs' && action !== null ? inputsOf(action) : {};
}

/** Every input of an action, with whether it has to be given. */
function inputsOf(action: string): Readonly<Record<string, string>> {
  const known = knownAction(action);
  if (known === null) return {};
  const required = requiredInputs(action);
  const { flowKeys } = keywordWords;
  const own = Object.keys(known.fits).filter((input) => !Object.hasOwn(flowKeys, input));
  return {
    ...Object.fromEntries(own.map((input) => [input, required.includes(input) ? `Required by ${action}.` : `An input of ${action}.`])),
    ...flowKeys,
  };
}

/** Asked of the action's own schema: what it misses in nothing at all. */
function requiredInputs(action: string): string[] {
  const name = ActionName.safeParse(action);
  if (!name.success) return [];
  const parsed = declarationOf(name.data).inputs.safeParse({});
  return parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => (path.length === 1 ? [String(path[0])] : []));
}

function valuesFor(place: SourcePlace, key: string, format: SourceFormat): CodeCompletion[] {
  const { path, action } = place;
  const [first, second] = path;
  if (path.length === 0) return key === 'schemaVersion' ? wordsFor(['2.2', '2.0', '1.2'], place, format) : [];
  if (first === 'parameters' && path.length === 2) return wordsFor(parameterValues(key), place, format);
  if (first !== 'mainSteps') return [];
  if (path.length === 1 && key === 'action') {
    return knownActionNames().map((name) => ({
      label: name,
      kind: 'value',
      note: purposeOf(name) ?? '',
      insert: valueText(name, place, format),
    }));
  }
  return path.length === 2 && second === 'inputs' && action !== null ? wordsFor(inputValues(action, key), place, format) : [];
}

function parameterValues(key: string): readonly string[] {
  switch (key) {
    case 'type':
      return PARAMETER_TYPES;
    case 'displayType':
      return ['textfield', 'textarea'];
    case 'interpolationType':
      return ['ENV_VAR'];
    default:
      return [];
  }
}

/** Asked of the action's own schema: what it would have instead of a word that no input takes. */
function inputValues(action: string, input: string): readonly string[] {
  const name = ActionName.safeParse(action);
  if (!name.success) return [];
  const parsed = declarationOf(name.data).inputs.safeParse({ [input]: '\u0001' });
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    if (issue.path.length !== 1 || issue.path[0] !== input) return [];
    if (issue.code === 'invalid_value') return issue.values.map(String);
    return issue.message === 'must be true or false' ? ['true', 'false'] : [];
  });
}

const wordsFor = (words: readonly string[], place: SourcePlace, format: SourceFormat): CodeCompletion[] =>
  words.map((word) => ({ label: word, kind: 'value', note: '', insert: valueText(word, place, format) }));

const isNumberLike = (word: string): boolean => /^[\d.]+$/.test(word);

function valueText(word: string, { isQuoted }: SourcePlace, format: SourceFormat): string {
  if (isQuoted) return word;
  return format === 'JSON' || isNumberLike(word) ? `"${word}"` : word;
}

function keyText(key: string, { isQuoted }: SourcePlace, format: SourceFormat): string {
  if (isQuoted) return key;
  return format === 'JSON' ? `"${key}": ` : `${key}: `;
}

/** What the word under the pointer means; null where nothing is known of it. */
export function noteAt(text: string, offset: number, format: SourceFormat): CodeNote | null {
  const before = /[\w:.-]*$/.exec(text.slice(Math.max(0, offset - 128), offset))?.[0] ?? '';
  const after = /^[\w:.-]*/.exec(text.slice(offset, offset + 128))?.[0] ?? '';
  const from = offset - before.length;
  const word = `${before}${after}`.replace(/:$/, '');
  if (word === '') return null;
  const to = from + word.length;
  const purpose = purposeOf(word);
  if (purpose !== null) return { from, to, text: purpose };
  const place = sourcePlace(text, to, format);
  if (place === null || place.key !== null) return null;
  const words = wordsOfKey(word, place.path) ?? noteOfInput(word, place);
  return words === null ? null : { from, to, text: words };
}

function noteOfInput(word: string, { path, action }: SourcePlace): string | null {
  if (path.length !== 2 || path[1] !== 'inputs' || action === null) return null;
  const inputs = inputsOf(action);
  return Object.hasOwn(inputs, word) ? (inputs[word] ?? null) : null;
}
