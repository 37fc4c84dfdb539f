import type { SourceFormat } from '../../agent/document/located-problem.ts';

/** Where somebody writes in a document, as far as an unfinished text tells. */
export interface SourcePlace {
  /** The keys above, without the places in lists: `mainSteps`, `inputs`. */
  readonly path: readonly string[];
  /** Of the value that is written; null where a key is. */
  readonly key: string | null;
  /** What is there of the word, and where it begins. */
  readonly typed: string;
  readonly from: number;
  /** In JSON: inside quotes already. */
  readonly isQuoted: boolean;
  /** What the map around it has already. */
  readonly siblings: readonly string[];
  /** The action of the step around it. */
  readonly action: string | null;
}

export function sourcePlace(text: string, offset: number, format: SourceFormat): SourcePlace | null {
  return format === 'YAML' ? yamlPlace(text, offset) : jsonPlace(text, offset);
}

/* YAML: by the columns of keys. */

const LONGEST_LINE = 1000;

const YAML_LINE = /^(\s*(?:- +)*)(?:["']?([\w:.-]+?)["']?\s*:(?:\s+(.*))?)?$/;
const UNFINISHED_KEY = /^(\s*(?:- +)*)(["']?)([\w:.-]*)$/;
const UNFINISHED_VALUE = /^(\s*(?:- +)*)["']?([\w.-]+?)["']?\s*:\s+(["']?)([^"']*)$/;

interface YamlKey {
  readonly key: string;
  readonly column: number;
  readonly startsItem: boolean;
  readonly value: string;
}

function yamlKeyOf(written: string): YamlKey | null {
  const line = written.slice(0, LONGEST_LINE);
  const [, lead = '', key, value = ''] = YAML_LINE.exec(line) ?? [];
  return key === undefined ? null : { key, column: lead.length, startsItem: lead.includes('-'), value };
}

function yamlPlace(text: string, offset: number): SourcePlace | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  // On a line as long as a page nobody writes keywords, and looking for them there would take its time.
  if (offset - lineStart > LONGEST_LINE) return null;
  const before = text.slice(lineStart, offset);
  const lines = text.split('\n');
  const row = text.slice(0, lineStart).split('\n').length - 1;
  const value = UNFINISHED_VALUE.exec(before);
  const [, lead = '', key = null, quote = '', typed = ''] = value ?? [];
  if (value !== null && key !== null) {
    const around = yamlAround(lines, { row, column: lead.length });
    return { ...around, key, typed, from: offset - typed.length, isQuoted: quote !== '' };
  }
  const [, keyLead, keyQuote = '', word = ''] = UNFINISHED_KEY.exec(before) ?? [];
  if (keyLead === undefined) return null;
  const around = yamlAround(lines, { row, column: keyLead.length });
  return { ...around, key: null, typed: word, from: offset - word.length, isQuoted: keyQuote !== '' };
}

function yamlAround(
  lines: readonly string[],
  { row, column }: { row: number; column: number },
): Pick<SourcePlace, 'path' | 'siblings' | 'action'> {
  const path: string[] = [];
  let limit = column;
  let stepColumn: number | null = null;
  let stepRow = row;
  for (let above = row - 1; above >= 0 && limit > 0; above -= 1) {
    const found = yamlKeyOf(lines[above] ?? '');
    if (found === null || found.column >= limit) continue;
    path.unshift(found.key);
    if (found.key === 'mainSteps') {
      stepColumn = limit;
      break;
    }
    stepRow = above;
    limit = found.column;
  }
  // From the place in the step, or from the key of it that stands above the place.
  const action = stepColumn === null ? null : (keysOfItem(lines, stepRow, stepColumn).find(({ key }) => key === 'action')?.value ?? null);
  const siblings = keysOfItem(lines, row, column).map(({ key }) => key);
  return { path, siblings, action: action === null ? null : action.replace(/["']/g, '').trim() };
}

/** The keys of one map: at this column, around this row, up to where something further out begins or another item. */
function keysOfItem(lines: readonly string[], row: number, column: number): YamlKey[] {
  const keys: YamlKey[] = [];
  const current = yamlLead(lines[row] ?? '');
  if (!current.startsItem) {
    for (let above = row - 1; above >= 0; above -= 1) {
      const { lead, startsItem, isEmpty } = yamlLead(lines[above] ?? '');
      if (isEmpty || lead > column) continue;
      if (lead < column) break;
      const found = yamlKeyOf(lines[above] ?? '');
      if (found !== null) keys.push(found);
      if (startsItem) break;
    }
  }
  const own = yamlKeyOf(lines[row] ?? '');
  if (own !== null && own.column === column) keys.push(own);
  for (let below = row + 1; below < lines.length; below += 1) {
    const { lead, startsItem, isEmpty } = yamlLead(lines[below] ?? '');
    if (isEmpty || lead > column) continue;
    if (lead < column || startsItem) break;
    const found = yamlKeyOf(lines[below] ?? '');
    if (found !== null) keys.push(found);
  }
  return keys;
}

function yamlLead(line: string): { lead: number; startsItem: boolean; isEmpty: boolean } {
  const [lead = ''] = /^\s*(?:- +)*/.exec(line) ?? [];
  return { lead: lead.length, startsItem: lead.includes('-'), isEmpty: line.trim() === '' || line.trim().startsWith('#') };
}

/* JSON: by the braces that are open. */

interface OpenJson {
  readonly kind: 'map' | 'list';
  readonly from: number;
  /** Of the entry that is being written. */
  key: string | null;
  keys: string[];
}

const JSON_TOKEN = /"((?:[^"\\\n]|\\.)*)("?)|[{}[\],:]|[^\s"{}[\],:]+/g;

function jsonPlace(text: string, offset: number): SourcePlace | null {
  const open: OpenJson[] = [];
  let expectsKey = false;
  for (const token of text.slice(0, offset).matchAll(JSON_TOKEN)) {
    const [whole, content, closing] = token;
    const at = open.at(-1);
    const isLast = token.index + whole.length === offset;
    if (content !== undefined && closing === '' && isLast)
      return jsonResult(text, { open, expectsKey, typed: content, offset, isQuoted: true });
    switch (whole) {
      case '{':
      case '[':
        open.push({ kind: whole === '{' ? 'map' : 'list', from: token.index, key: null, keys: [] });
        expectsKey = whole === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = at?.kind === 'map';
        if (at?.kind === 'map') at.key = null;
        break;
      case ':':
        expectsKey = false;
        break;
      default:
        if (expectsKey && at !== undefined && content !== undefined) {
          at.key = content;
          at.keys.push(content);
        } else if (content === undefined && isLast) {
          return jsonResult(text, { open, expectsKey, typed: whole, offset, isQuoted: false });
        }
    }
  }
  return jsonResult(text, { open, expectsKey, typed: '', offset, isQuoted: false });
}

interface JsonEnd {
  readonly open: readonly OpenJson[];
  readonly expectsKey: boolean;
  readonly typed: string;
  readonly offset: number;
  readonly isQuoted: boolean;
}

function jsonResult(text: string, { open, expectsKey, typed, offset, isQuoted }: JsonEnd): SourcePlace | null {
  const inner = open.at(-1);
  if (inner === undefined) return null;
  const keys = open.flatMap(({ kind, key }) => (kind === 'map' && key !== null ? [key] : []));
  const path = expectsKey || inner.kind === 'list' ? keys : keys.slice(0, -1);
  const steps = open.findIndex(({ key }) => key === 'mainSteps');
  const step = steps === -1 ? undefined : open.slice(steps + 1).find(({ kind }) => kind === 'map');
  return {
    path,
    key: expectsKey || inner.kind === 'list' ? null : inner.key,
    typed,
    from: offset - typed.length,
    isQuoted,
    siblings: inner.kind === 'map' ? inner.keys : [],
    action: step === undefined ? null : (/"action"\s*:\s*"([^"]*)"/.exec(text.slice(step.from, step.from + 2000))?.[1] ?? null),
  };
}
