import * as z from 'zod';
import { compactJson, shortJson } from './compact-json.ts';
import type { ParameterValue } from './parameter-value.ts';
import { compilePattern, isFoundIn } from './pattern.ts';
import { AnyValue, strictMap } from './violation.ts';

/** The constraint keywords of a parameter (spec.md 8.2). A keyword that says nothing about a type has no effect on it. */
export const Constraints = strictMap({
  allowedValues: z.array(AnyValue).optional(),
  allowedPattern: z.string().optional(),
  minItems: z.int().min(0).optional(),
  maxItems: z.int().min(0).optional(),
  minChars: z.int().min(0).optional(),
  maxChars: z.int().min(0).optional(),
});
export type Constraints = z.infer<typeof Constraints>;

export type ConstraintCode = 'ALLOWED_VALUES' | 'ALLOWED_PATTERN' | 'MIN_ITEMS' | 'MAX_ITEMS' | 'MIN_CHARS' | 'MAX_CHARS';

/** `reason` is the end of a sentence that begins with the parameter: “must have at least 2 items, but has 1”. */
export interface BrokenRule<Code extends string> {
  readonly code: Code;
  readonly reason: string;
}

/** Every constraint that the value breaks, each once, in the order of spec.md 8.2. */
export function brokenConstraints(constraints: Constraints, value: ParameterValue): BrokenRule<ConstraintCode>[] {
  return [
    ...brokenAllowedValues(constraints, value),
    ...brokenPattern(constraints, value),
    ...brokenItemCount(constraints, value),
    ...brokenLength(constraints, value),
  ];
}

function brokenAllowedValues({ allowedValues }: Constraints, value: ParameterValue): BrokenRule<ConstraintCode>[] {
  if (allowedValues === undefined) return [];
  const allowed = new Set(allowedValues.map(compactJson));
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const wrong = items.find((item) => !allowed.has(compactJson(item)));
  if (wrong === undefined) return [];
  return [{ code: 'ALLOWED_VALUES', reason: `must be one of ${allowedValues.map(shortJson).join(', ')}, but is ${shortJson(wrong)}` }];
}

function brokenPattern({ allowedPattern }: Constraints, value: ParameterValue): BrokenRule<ConstraintCode>[] {
  if (allowedPattern === undefined) return [];
  const compiled = compilePattern(allowedPattern);
  // Refused when the document is created; a document that came another way fails its values here rather than letting all pass.
  if (!compiled.ok) return [{ code: 'ALLOWED_PATTERN', reason: `cannot be checked: its allowedPattern ${compiled.reason}` }];
  const wrong = textsOf(value).find((text) => !isFoundIn(compiled.pattern, text));
  if (wrong === undefined) return [];
  return [{ code: 'ALLOWED_PATTERN', reason: `must match the pattern ${allowedPattern}, but is ${shortJson(wrong)}` }];
}

function brokenItemCount({ minItems, maxItems }: Constraints, value: ParameterValue): BrokenRule<ConstraintCode>[] {
  if (typeof value !== 'object') return [];
  const count = Object.keys(value).length;
  return [
    ...(minItems !== undefined && count < minItems ? [tooFew('MIN_ITEMS', counted(minItems, 'item'), count)] : []),
    ...(maxItems !== undefined && count > maxItems ? [tooMany('MAX_ITEMS', counted(maxItems, 'item'), count)] : []),
  ];
}

function brokenLength({ minChars, maxChars }: Constraints, value: ParameterValue): BrokenRule<ConstraintCode>[] {
  const lengths = textsOf(value).map((text) => [...text].length);
  if (lengths.length === 0) return [];
  const short = lengths.reduce((a, b) => Math.min(a, b));
  const long = lengths.reduce((a, b) => Math.max(a, b));
  return [
    ...(minChars !== undefined && short < minChars ? [tooFew('MIN_CHARS', counted(minChars, 'character'), short)] : []),
    ...(maxChars !== undefined && long > maxChars ? [tooMany('MAX_CHARS', counted(maxChars, 'character'), long)] : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function tooFew(code: ConstraintCode, limit: string, found: number): BrokenRule<ConstraintCode> {
  return { code, reason: `must have at least ${limit}, but has ${found}` };
}

function tooMany(code: ConstraintCode, limit: string, found: number): BrokenRule<ConstraintCode> {
  return { code, reason: `may have at most ${limit}, but has ${found}` };
}

/** What patterns and lengths are measured on: each item of a list of texts, and of everything else its compact JSON (spec.md 8.2). */
function textsOf(value: ParameterValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : compactJson(item)));
  return [compactJson(value)];
}
