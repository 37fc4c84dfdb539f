import { type Assertion, leadingLookAheads, PatternError, type PatternNode, parsePattern } from './pattern-syntax.ts';

/**
 * allowedPattern, matched in time that grows with text × pattern and with nothing else.
 *
 * JavaScript's own engine backtracks: `^(a+)+$` on thirty letters and one wrong one keeps it busy for minutes, and the controller
 * has one thread for everybody. So the pattern is run as RE2 runs it on the node: all possible places in the pattern at once,
 * one step per character (Thompson's method), and the length of the pattern, of its program and of the values is bounded.
 */
export interface Pattern {
  readonly program: readonly Instruction[];
  /** Asked once per character of the text, however often the pattern has that class. */
  readonly classes: readonly RegExp[];
  /** Asked at the beginning of the text: each has to be found there, or must not be. */
  readonly ahead: readonly { readonly isNegative: boolean; readonly pattern: Pattern }[];
}

type Instruction =
  | { do: 'single'; classAt: number }
  | { do: 'assert'; assertion: Assertion }
  | { do: 'either'; first: number; second: number }
  | { do: 'jump'; to: number }
  | { do: 'match' };

export const MAX_PATTERN_LENGTH = 1024;
const MAX_PROGRAM_LENGTH = 15_000;
/** Steps over a text, after which it is taken not to match: some seconds of a pattern and a text that are made for that. */
const MOST_STEPS = 50_000_000;

export type CompiledPattern = { ok: true; pattern: Pattern } | { ok: false; reason: string };

/** `reason` is the end of a sentence that begins with the pattern: “has a group that is not closed”. */
export function compilePattern(source: string): CompiledPattern {
  if (source.length > MAX_PATTERN_LENGTH) return { ok: false, reason: `is longer than ${MAX_PATTERN_LENGTH} characters` };
  try {
    const { ahead, rest } = leadingLookAheads(source);
    const looks = ahead.map(({ isNegative, content }) => ({ isNegative, pattern: { ...compiled(content), ahead: [] } }));
    return { ok: true, pattern: { ...compiled(rest), ahead: looks } };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, reason: error.message };
    throw error;
  }
}

function compiled(source: string): Omit<Pattern, 'ahead'> {
  const { root, flags } = parsePattern(source);
  if (programLength(root) > MAX_PROGRAM_LENGTH) throw new PatternError('is too large once its repetitions are counted out');
  const compiler = new PatternCompiler(flags);
  compiler.emit(root);
  return compiler.pattern();
}

/** Searched, not anchored: authors write ^ and $ where they mean them (spec.md 8.2). */
export function isFoundIn(pattern: Pattern, text: string): boolean {
  if (pattern.ahead.some((look) => isFoundIn(look.pattern, text) === look.isNegative)) return false;
  const characters = [...text];
  const search: Search = { pattern, seenAt: new Int32Array(pattern.program.length).fill(-1), steps: 0 };
  let places: number[] = [];
  for (let at = 0; at <= characters.length; at += 1) {
    places.push(0);
    const singles = reach(search, places, { at, before: characters[at - 1], after: characters[at] });
    if (singles === 'match') return true;
    if (search.steps > MOST_STEPS) return false;
    places = step(pattern, singles, characters[at]);
  }
  return false;
}

interface Search {
  readonly pattern: Pattern;
  /** Last position of the text at which each place was reached: none is followed twice at one position. */
  readonly seenAt: Int32Array;
  steps: number;
}

interface Surroundings {
  readonly at: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The instructions waiting for a character that are reached from `places` without reading one; uses `places` up. */
function reach(search: Search, places: number[], around: Surroundings): number[] | 'match' {
  const { pattern, seenAt } = search;
  const singles: number[] = [];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (seenAt[place] === around.at) continue;
    seenAt[place] = around.at;
    search.steps += 1;
    const instruction = pattern.program[place];
    if (instruction === undefined) continue;
    switch (instruction.do) {
      case 'match':
        return 'match';
      case 'jump':
        places.push(instruction.to);
        break;
      case 'either':
        places.push(instruction.first, instruction.second);
        break;
      case 'assert':
        if (holds(instruction.assertion, around)) places.push(place + 1);
        break;
      case 'single':
        singles.push(place);
        break;
    }
  }
  return singles;
}

function step({ program, classes }: Pattern, singles: readonly number[], character: string | undefined): number[] {
  const next: number[] = [];
  if (character === undefined) return next;
  const answers: (boolean | undefined)[] = new Array(classes.length);
  for (const place of singles) {
    const instruction = program[place];
    if (instruction?.do !== 'single') continue;
    const fits = answers[instruction.classAt] ?? classes[instruction.classAt]?.test(character) ?? false;
    answers[instruction.classAt] = fits;
    if (fits) next.push(place + 1);
  }
  return next;
}

function holds(assertion: Assertion, { before, after }: Surroundings): boolean {
  switch (assertion) {
    case 'start':
      return before === undefined;
    case 'end':
      return after === undefined;
    case 'word-boundary':
      return isWordCharacter(before) !== isWordCharacter(after);
    case 'no-word-boundary':
      return isWordCharacter(before) === isWordCharacter(after);
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}

/** Counted before anything is built: `((x{1000}){1000}){1000}` is short to write. */
function programLength(node: PatternNode): number {
  switch (node.kind) {
    case 'single':
    case 'assertion':
      return 1;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + programLength(part), 1);
    case 'choice':
      return node.options.reduce((sum, option) => sum + programLength(option) + 2, 0);
    case 'repeat':
      return programLength(node.part) * node.min + (programLength(node.part) + 2) * ((node.max ?? node.min + 1) - node.min) + 1;
  }
}

class PatternCompiler {
  readonly #program: Instruction[] = [];
  readonly #classes: RegExp[] = [];
  readonly #classAt = new Map<string, number>();
  readonly #flags: string;

  constructor(flags: string) {
    this.#flags = flags;
  }

  pattern(): Omit<Pattern, 'ahead'> {
    return { program: [...this.#program, { do: 'match' }], classes: this.#classes };
  }

  emit(node: PatternNode): void {
    switch (node.kind) {
      case 'single':
        this.#program.push({ do: 'single', classAt: this.#class(node.source) });
        return;
      case 'assertion':
        this.#program.push({ do: 'assert', assertion: node.assertion });
        return;
      case 'sequence':
        for (const part of node.parts) this.emit(part);
        return;
      case 'choice':
        this.#choice(node.options);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
    }
  }

  #choice(options: readonly PatternNode[]): void {
    const jumps: { do: 'jump'; to: number }[] = [];
    for (const [position, option] of options.entries()) {
      const isLast = position === options.length - 1;
      const fork = isLast ? null : this.#fork();
      this.emit(option);
      if (fork === null) continue;
      const jump = { do: 'jump' as const, to: 0 };
      this.#program.push(jump);
      jumps.push(jump);
      fork.second = this.#program.length;
    }
    for (const jump of jumps) jump.to = this.#program.length;
  }

  #repeat({ part, min, max }: { part: PatternNode; min: number; max: number | null }): void {
    for (let count = 0; count < min; count += 1) this.emit(part);
    if (max === null) {
      const start = this.#program.length;
      const fork = this.#fork();
      this.emit(part);
      this.#program.push({ do: 'jump', to: start });
      fork.second = this.#program.length;
      return;
    }
    const forks: { second: number }[] = [];
    for (let count = min; count < max; count += 1) {
      forks.push(this.#fork());
      this.emit(part);
    }
    for (const fork of forks) fork.second = this.#program.length;
  }

  /** Goes on with the next instruction or, once its target is known, with `second`. */
  #fork(): { second: number } {
    const fork = { do: 'either' as const, first: this.#program.length + 1, second: 0 };
    this.#program.push(fork);
    return fork;
  }

  #class(source: string): number {
    const known = this.#classAt.get(source);
    if (known !== undefined) return known;
    const position = this.#classes.push(singleCharacter(source, this.#flags)) - 1;
    this.#classAt.set(source, position);
    return position;
  }
}

/** Unicode rules first; the lenient ones for what authors of other engines write, such as `[\w-.]`. */
function singleCharacter(source: string, flags: string): RegExp {
  for (const mode of ['u', '']) {
    try {
      return new RegExp(`^(?:${source})$`, `${flags}${mode}`);
    } catch {
      // Tried in the next mode; what is wrong is said below.
    }
  }
  throw new PatternError(`has ${source}, which is not a valid class or character`);
}
