import type { ResourceGroup } from '../../electron/domain/resource-group.ts';

/** A group of the nodes that have the tag lab, whatever its value. */
export const aGroup = (settings: Partial<ResourceGroup> = {}): ResourceGroup => ({
  name: 'lab',
  description: '',
  tagFilters: [{ key: 'lab', values: [] }],
  createdAt: new Date('2026-03-01T02:00:00.000Z'),
  lastUpdatedAt: new Date('2026-03-01T02:00:00.000Z'),
  ...settings,
});
