import * as z from 'zod';
import { shortJson } from './compact-json.ts';
import { isNestedWithin, MAX_NESTING } from './nesting.ts';
import { type Path, pathSubject, valueAt } from './path.ts';

/** One rule that a part of a document breaks, as a whole sentence that names the part. */
export interface Violation {
  readonly path: Path;
  /** Which half of a map's entry to point at. */
  readonly half: 'key' | 'value';
  readonly message: string;
}

/** A map that takes the keys of `shape` and no others, and says which they are. */
export function strictMap<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = `it may have ${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

/** A map that takes the keys of `shape` and leaves all others out: an author hears of those in ignored-keys.ts. */
export function tolerantMap<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> {
  return z.object(shape);
}

/** Anything that JSON can say, as deep as every walk over it can go. */
export const AnyValue: z.ZodType<unknown> = z
  .unknown()
  .refine((value) => isNestedWithin(value, MAX_NESTING), `is nested more than ${MAX_NESTING} levels deep`);

export function violation(path: Path, reason: string): Violation {
  return { path, half: 'value', message: `${pathSubject(path)} ${reason}.` };
}

/** The value that was parsed, and where it stands in what the sentences shall name. */
export interface Parsed {
  readonly root: unknown;
  readonly at: Path;
}

/** What zod found, in our words. Messages given in a schema are the end of a sentence that begins with the part. */
export function violationsOf(error: z.ZodError, parsed: Parsed): Violation[] {
  return error.issues.flatMap((issue) => violationsOfIssue(issue, parsed));
}

function violationsOfIssue(issue: z.core.$ZodIssue, { root, at }: Parsed): Violation[] {
  const below = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const path = [...at, ...below];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const { message } = violation(path, `has an unknown key ${shortJson(key)}; ${issue.message}`);
      return { path: [...path, key], half: 'key', message };
    });
  }
  const found = violation(path, predicate(issue, valueAt(root, below)));
  return [issue.code === 'invalid_key' ? { ...found, half: 'key' } : found];
}

function predicate(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined ? 'is missing' : `must be ${expectedKind(issue.expected)}, but is ${kindOf(found)}`;
    case 'invalid_value':
      return `${found === undefined ? 'is missing; it' : ''} must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`.trim();
    case 'too_small':
      return limit('at least', issue.origin, issue.minimum);
    case 'too_big':
      return limit('at most', issue.origin, issue.maximum);
    case 'invalid_key':
      return issue.issues.map((inner) => predicate(inner, issue.path.at(-1))).join(' and ');
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_element':
    case 'custom':
      return issue.message;
  }
}

function limit(bound: 'at least' | 'at most', origin: string, count: number | bigint): string {
  switch (origin) {
    case 'string':
      return `must have ${bound} ${count} character${count === 1 ? '' : 's'}`;
    case 'array':
      return `must have ${bound} ${count} ${count === 1 ? 'entry' : 'entries'}`;
    default:
      return `must be ${bound} ${count}`;
  }
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['object', 'a map'],
  ['record', 'a map'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
]);

function expectedKind(expected: string): string {
  return kinds.get(expected) ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') return 'a map';
  return String(value);
}
