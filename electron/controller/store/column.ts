import * as z from 'zod';

/** An instant as the database keeps it: ISO-8601 in UTC, which sorts as text. */
export const InstantColumn = z.string().transform((text, context) => {
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant;
  context.addIssue({ code: 'custom', message: 'not an instant' });
  return z.NEVER;
});

export const FlagColumn = z.literal([0, 1]).transform((flag) => flag === 1);

/** A value kept as JSON text. */
export const jsonColumn = <Value extends z.ZodType>(value: Value) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(value);

/** The answer of `select count(*) as total`. */
export const TotalRow = z.object({ total: z.number() });
