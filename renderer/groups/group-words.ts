import type { TagFilter } from '../../electron/domain/resource-group.ts';
import type { Tag } from '../../electron/domain/tag.ts';

/** A query as tags are shown: the key, and the values of which any one will do. */
export const filterTags = (filters: readonly TagFilter[]): Tag[] => filters.map(({ key, values }) => ({ key, value: values.join(' or ') }));
