import * as z from 'zod';

/**
 * Control characters would let a name forge lines in logs and exports, and those that turn the direction of writing would let it look
 * like another. Half of a character is stored as another sign than it was, so that two names become one.
 */
export const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\p{Cs}]/u;
export const printable = (text: string): boolean => !CONTROL_CHARACTERS.test(text);

export const TagKey = z
  .string()
  .min(1, 'A tag needs a key.')
  .max(128, 'A tag key has at most 128 characters.')
  .refine(printable, 'A tag key has no control characters.');
export const TagValue = z
  .string()
  .max(256, 'A tag value has at most 256 characters.')
  .refine(printable, 'A tag value has no control characters.');

export const Tag = z.strictObject({ key: TagKey, value: TagValue });
export type Tag = z.infer<typeof Tag>;

export const TAG_LIMIT = 50;

/** spec.md 16: 50 tags per resource; a key occurs once. */
export const Tags = z
  .array(Tag)
  .max(TAG_LIMIT, 'There are at most 50 tags.')
  .refine((tags) => new Set(tags.map((tag) => tag.key)).size === tags.length, 'A tag key occurs only once.');
export type Tags = z.infer<typeof Tags>;

/** Tags as they are kept: what was saved stays readable when a rule becomes stricter, so only their form is asked. */
export const KeptTags = z.array(z.object({ key: z.string(), value: z.string() }));

export type CheckedTags =
  | { ok: true; tags: Tags }
  | { ok: false; code: 'TooManyTagsError'; sent: number }
  | { ok: false; code: 'InvalidTag'; problem: string };

/** Whether these are tags that a resource may have; what is wrong with them goes by SSM's error names. */
export function checkTags(raw: unknown): CheckedTags {
  if (Array.isArray(raw) && raw.length > TAG_LIMIT) return { ok: false, code: 'TooManyTagsError', sent: raw.length };
  const parsed = Tags.safeParse(raw);
  if (parsed.success) return { ok: true, tags: parsed.data };
  return { ok: false, code: 'InvalidTag', problem: parsed.error.issues[0]?.message ?? 'These are no tags.' };
}
