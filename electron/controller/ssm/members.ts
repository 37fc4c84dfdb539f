import * as z from 'zod';

type Present<Members> = { [Name in keyof Members]?: Exclude<Members[Name], null | undefined> };

/** The members that have a value: the API leaves the others out. */
export const present = <Members extends object>(members: Members): Present<Members> =>
  // Only what is absent goes, which the type of an object under construction cannot say.
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined)) as Present<Members>;

/** The value, or nothing where it is an empty list or map. */
export const filled = <Value extends object>(value: Value): Value | undefined => (Object.keys(value).length === 0 ? undefined : value);

/** A timestamp as the API's clients send it: a date, seconds since 1970, or ISO 8601 with its zone. */
export const Timestamp = z.unknown().transform((value, context): Date => {
  const instant = instantOf(value);
  if (instant !== null && !Number.isNaN(instant.getTime())) return instant;
  context.addIssue({
    code: 'custom',
    message: 'a timestamp is ISO 8601 with its zone, as in 2026-03-01T02:00:00Z, or seconds since 1970.',
  });
  return z.NEVER;
});

function instantOf(value: unknown): Date | null {
  if (value instanceof Date) return value;
  if (typeof value === 'number') return new Date(value * 1000);
  return typeof value === 'string' ? instantOfText(value) : null;
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** An instant in ISO 8601; a day alone is its beginning in UTC. Null for anything else. */
export function instantOfText(text: string): Date | null {
  if (!ISO_INSTANT.test(text)) return null;
  const instant = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A point in time that the API has as text. */
export const InstantText = z.string().transform((text, context): Date => {
  const instant = instantOfText(text);
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom', message: 'write a point in time as in 2026-03-01T02:00:00Z.' });
  return z.NEVER;
});
