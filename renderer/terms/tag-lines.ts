import type { Tag } from '../../electron/domain/tag.ts';
import { Tag as TagSchema } from '../../electron/domain/tag.ts';

/** A row of the tags editor. `id` is only for telling rows apart. */
export interface TagLine extends Tag {
  id: number;
}

export const linesOfTags = (tags: readonly Tag[]): TagLine[] => tags.map((tag, index) => ({ ...tag, id: index + 1 }));

const isEmpty = ({ key, value }: Tag): boolean => key.trim() === '' && value.trim() === '';

/** Rows that were added and left empty are no tags. */
export const tagsOfLines = (lines: readonly TagLine[]): Tag[] =>
  lines.filter((line) => !isEmpty(line)).map(({ key, value }) => ({ key: key.trim(), value: value.trim() }));

/** What is wrong with a row, by its id. */
export function lineProblems(lines: readonly TagLine[]): ReadonlyMap<number, string> {
  const problems = new Map<number, string>();
  const seen = new Set<string>();
  for (const line of lines) {
    if (isEmpty(line)) continue;
    const tag = { key: line.key.trim(), value: line.value.trim() };
    const parsed = TagSchema.safeParse(tag);
    if (!parsed.success) problems.set(line.id, parsed.error.issues[0]?.message ?? 'This is not a tag.');
    else if (seen.has(tag.key)) problems.set(line.id, `The key “${tag.key}” is there twice: a tag key occurs only once.`);
    seen.add(tag.key);
  }
  return problems;
}
