/** What an allowedPattern says, as a tree. `single` matches one character and is itself a small regular expression. */
export type PatternNode =
  | { kind: 'single'; source: string }
  | { kind: 'assertion'; assertion: Assertion }
  | { kind: 'sequence'; parts: PatternNode[] }
  | { kind: 'choice'; options: PatternNode[] }
  | { kind: 'repeat'; part: PatternNode; min: number; max: number | null };

export type Assertion = 'start' | 'end' | 'word-boundary' | 'no-word-boundary';

export interface PatternSyntax {
  readonly root: PatternNode;
  /** Flags for every `single`: from a leading `(?i)` or `(?s)`, the only place where flags are taken. */
  readonly flags: string;
}

/** Says what is wrong with a pattern, as the end of a sentence that begins with the pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Beyond RE2's, as authors write them for Java, which looks at them first at AWS. How long the program becomes is bounded by itself. */
const MAX_REPEAT = 65_536;

const LEADING_FLAGS = /^\(\?([is]+)\)/;
const COUNT = /\{(\d{1,6})(,(\d{0,6}))?\}/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[pP]\{[\w=]+\}|[dDwWsSnrtfv]|[^a-zA-Z0-9])/suy;
const CHARACTER = /[^\\[\]]/suy;
const CLASS = /\[\^?(?!\])(?:\\.|[^\]\\])*\]/suy;

const assertionEscapes: ReadonlyMap<string, Assertion> = new Map([
  ['\\A', 'start'],
  ['\\z', 'end'],
  ['\\b', 'word-boundary'],
  ['\\B', 'no-word-boundary'],
]);

/** What has to follow at the place where it stands, or must not. */
export interface LookAhead {
  readonly isNegative: boolean;
  readonly content: string;
}

const LOOK_AHEAD = /^\(\?([=!])/;

/**
 * The look-aheads at the beginning of a pattern that is anchored there, such as `^(?!.*\.\.)`, and the pattern without them: each can be
 * asked by itself. Everywhere else they would need what this engine does not do.
 */
export function leadingLookAheads(pattern: string): { readonly ahead: readonly LookAhead[]; readonly rest: string } {
  const flags = LEADING_FLAGS.exec(pattern)?.[0] ?? '';
  const ahead: LookAhead[] = [];
  if (!pattern.startsWith('^', flags.length)) return { ahead, rest: pattern };
  let body = pattern.slice(flags.length + 1);
  for (let opening = LOOK_AHEAD.exec(body); opening !== null; opening = LOOK_AHEAD.exec(body)) {
    const end = endOfGroup(body);
    if (end === null) return { ahead: [], rest: pattern };
    ahead.push({ isNegative: opening[1] === '!', content: `${flags}^(?:${body.slice(opening[0].length, end)})` });
    body = body.slice(end + 1);
  }
  // The other options of such a pattern are not behind its look-aheads.
  if (ahead.length === 0 || hasOpenChoice(body)) return { ahead: [], rest: pattern };
  return { ahead, rest: `${flags}^${body}` };
}

/** Every sign with how many groups it is in; what is escaped, or in a class, is left out. */
function* plainSigns(pattern: string): Generator<{ sign: string; at: number; depth: number }> {
  let depth = 0;
  for (const found of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/gsu)) {
    const [sign] = found;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign.length === 1) yield { sign, at: found.index, depth };
  }
}

/** Of the group that the text begins with. */
function endOfGroup(pattern: string): number | null {
  for (const { sign, at, depth } of plainSigns(pattern)) if (sign === ')' && depth === 0) return at;
  return null;
}

function hasOpenChoice(pattern: string): boolean {
  for (const { sign, depth } of plainSigns(pattern)) if (sign === '|' && depth === 0) return true;
  return false;
}

/**
 * The part of RE2 that needs no memory of what was matched: no look-around and no back-references, which the node's check would
 * refuse as well (spec.md 8.2). Throws PatternError.
 */
export function parsePattern(pattern: string): PatternSyntax {
  const leading = LEADING_FLAGS.exec(pattern);
  const parser = new PatternParser(pattern, leading?.[0].length ?? 0);
  return { root: parser.whole(), flags: [...new Set(leading?.[1] ?? '')].join('') };
}

class PatternParser {
  readonly #pattern: string;
  #at: number;

  constructor(pattern: string, start: number) {
    this.#pattern = pattern;
    this.#at = start;
  }

  whole(): PatternNode {
    const root = this.#choice();
    if (this.#at < this.#pattern.length) throw new PatternError('closes a group that was not opened');
    return root;
  }

  #choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#takes('|')) options.push(this.#sequence());
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#next())) parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #repeated(part: PatternNode): PatternNode {
    const counts = this.#counts();
    if (counts === null) return part;
    // Lazy or greedy makes no difference to whether a text matches.
    this.#takes('?');
    if (/[*+?]/.test(this.#next()) || this.#peek(COUNT) !== null) throw new PatternError('repeats a repetition');
    return { kind: 'repeat', part, ...counts };
  }

  #counts(): { min: number; max: number | null } | null {
    if (this.#takes('*')) return { min: 0, max: null };
    if (this.#takes('+')) return { min: 1, max: null };
    if (this.#takes('?')) return { min: 0, max: 1 };
    const match = this.#peek(COUNT);
    if (match === null) return null;
    this.#at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? null : Number(match[3]);
    if (min > MAX_REPEAT || (max ?? 0) > MAX_REPEAT) throw new PatternError(`repeats more than ${MAX_REPEAT} times`);
    if (max !== null && max < min) throw new PatternError(`has a repetition ${match[0]} whose limits are in the wrong order`);
    return { min, max };
  }

  #atom(): PatternNode {
    if (this.#takes('(')) return this.#group();
    if (this.#takes('^')) return { kind: 'assertion', assertion: 'start' };
    if (this.#takes('$')) return { kind: 'assertion', assertion: 'end' };
    if (/[*+?]/.test(this.#next())) throw new PatternError(`has nothing to repeat before ${this.#next()}`);
    const assertion = assertionEscapes.get(this.#pattern.slice(this.#at, this.#at + 2));
    if (assertion !== undefined) {
      this.#at += 2;
      return { kind: 'assertion', assertion };
    }
    return { kind: 'single', source: this.#single() };
  }

  #group(): PatternNode {
    const opening = /\?(?::|P?<\w+>)/y;
    const match = this.#peek(opening);
    if (match !== null) this.#at += match[0].length;
    if (this.#next() === '?') throw new PatternError('has a group (?…) of a kind that is not supported: no look-around, no flags inside');
    const content = this.#choice();
    if (!this.#takes(')')) throw new PatternError('has a group that is not closed');
    return content;
  }

  /** One character's worth of pattern, in a form that JavaScript's own engine understands. */
  #single(): string {
    const match = this.#peek(CLASS) ?? this.#peek(ESCAPE) ?? this.#peek(CHARACTER);
    if (match === null) throw new PatternError(this.#refusal());
    const source = match[0];
    if (source.startsWith('[') && /\[[:.=]/.test(source.slice(1)))
      throw new PatternError('has a named class such as [:alpha:], which is not supported');
    this.#at += source.length;
    return /^[{}/\]]$/.test(source) ? `\\${source}` : source;
  }

  #refusal(): string {
    switch (this.#next()) {
      case '[':
        return 'has a character class that is empty or not closed';
      case ']':
        return 'has a ] that closes no class; write \\]';
      default:
        return `has the escape ${this.#pattern.slice(this.#at, this.#at + 2)}, which is not supported`;
    }
  }

  #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #takes(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }

  #peek(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    return expression.exec(this.#pattern);
  }
}
