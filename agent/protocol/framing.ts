import type * as z from 'zod';

export type Parsed<Message> = { ok: true; message: Message } | { ok: false; reason: string };

/** A frame's text as a message, or why it is none. Never throws: the text comes from a stranger. */
export function parseFrame<Message>(schema: z.ZodType<Message>, text: string): Parsed<Message> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'the frame is not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.map(String).join('.')}` : '';
  return { ok: false, reason: `the frame is not a message of this protocol${where}`.slice(0, 120) };
}
