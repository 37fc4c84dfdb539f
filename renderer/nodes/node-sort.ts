import * as z from 'zod';

/** The columns by which the controller sorts nodes (nodes.list). */
export const NodeSort = z.enum(['name', 'pingStatus', 'platform', 'lastPingAt', 'compliance']);
