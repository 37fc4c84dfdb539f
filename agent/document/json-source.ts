import { shortJson } from './compact-json.ts';
import { MAX_NESTING } from './nesting.ts';
import {
  DEPTH_FAULT,
  duplicateKeyFault,
  listNode,
  mapNode,
  PROTOTYPE_KEY_FAULT,
  type SourceEntry,
  type SourceNode,
  type SourceReading,
  scalarNode,
} from './source-node.ts';

/**
 * Strict JSON (RFC 8259) with the place of every value, which `JSON.parse` does not tell; its words for a syntax error also
 * differ from engine to engine. Keys are unique here: of two the second would win in silence.
 */
export function readJson(text: string): SourceReading {
  try {
    return { ok: true, root: new JsonReader(text).document() };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, faults: [{ offset: error.offset, message: error.message }] };
    throw error;
  }
}

class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /\w+/y;

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonReader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    // Some editors on Windows begin every file with a byte order mark.
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  document(): SourceNode {
    const root = this.#value(0);
    this.#take(BLANK);
    if (this.#at < this.#text.length) throw this.#fault('The document goes on after its end');
    return root;
  }

  #value(depth: number): SourceNode {
    this.#take(BLANK);
    const offset = this.#at;
    if (depth > MAX_NESTING) throw new JsonFault(offset, DEPTH_FAULT);
    switch (this.#text.charAt(offset)) {
      case '{':
        return this.#map(depth + 1);
      case '[':
        return this.#list(depth + 1);
      case '"':
        return scalarNode(offset, this.#string());
      default:
        return this.#numberOrWord();
    }
  }

  #list(depth: number): SourceNode {
    const offset = this.#at;
    const items: SourceNode[] = [];
    this.#at += 1;
    if (this.#takes(']')) return listNode(offset, items);
    do items.push(this.#value(depth));
    while (this.#takes(','));
    if (!this.#takes(']')) throw this.#fault('A list needs a comma or a closing bracket "]" here');
    return listNode(offset, items);
  }

  #map(depth: number): SourceNode {
    const offset = this.#at;
    const entries = new Map<string, SourceEntry>();
    this.#at += 1;
    if (this.#takes('}')) return mapNode(offset, entries);
    do this.#entry(entries, depth);
    while (this.#takes(','));
    if (!this.#takes('}')) throw this.#fault('A map needs a comma or a closing brace "}" here');
    return mapNode(offset, entries);
  }

  #entry(entries: Map<string, SourceEntry>, depth: number): void {
    this.#take(BLANK);
    const keyOffset = this.#at;
    if (this.#text.charAt(keyOffset) !== '"') throw this.#fault('A key in double quotes is due here');
    const key = this.#string();
    if (key === '__proto__') throw new JsonFault(keyOffset, PROTOTYPE_KEY_FAULT);
    if (entries.has(key)) throw new JsonFault(keyOffset, duplicateKeyFault(key));
    if (!this.#takes(':')) throw this.#fault(`A colon is due after the key ${shortJson(key)}`);
    entries.set(key, { keyOffset, value: this.#value(depth) });
  }

  #string(): string {
    const offset = this.#at;
    const source = this.#take(STRING);
    const text = source === null ? null : unquoted(source);
    if (text !== null) return text;
    throw new JsonFault(offset, 'This text is not closed, or has a line break, a control character or an escape that JSON does not know.');
  }

  #numberOrWord(): SourceNode {
    const offset = this.#at;
    const number = this.#take(NUMBER);
    if (number !== null) return scalarNode(offset, Number(number));
    const word = words.get(this.#take(WORD) ?? '');
    if (word !== undefined) return scalarNode(offset, word);
    this.#at = offset;
    throw this.#fault('A value is due here: text in double quotes, a number, true, false, null, a list or a map');
  }

  #fault(what: string): JsonFault {
    const found = this.#text.slice(this.#at, this.#at + 1);
    return new JsonFault(this.#at, `${what}; found ${found === '' ? 'the end of the document' : JSON.stringify(found)}.`);
  }

  /** Takes one sign, and the blanks before it. */
  #takes(sign: string): boolean {
    this.#take(BLANK);
    if (this.#text.charAt(this.#at) !== sign) return false;
    this.#at += 1;
    return true;
  }

  #take(expression: RegExp): string | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** Null for what is not JSON: a control character, or an escape such as `\d`. */
function unquoted(source: string): string | null {
  try {
    return String(JSON.parse(source));
  } catch {
    return null;
  }
}
