/** The columns by which the controller sorts nodes (nodes.list). */
const NODE_SORTS = ['name', 'pingStatus', 'platform', 'lastPingAt', 'compliance'] as const;

export const nodeSortOf = (text: string): (typeof NODE_SORTS)[number] => NODE_SORTS.find((name) => name === text) ?? 'name';
