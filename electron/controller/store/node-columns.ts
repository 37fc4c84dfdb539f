import * as z from 'zod';
import { ManagedNode } from '../../domain/node.ts';
import type { Tag } from '../../domain/tag.ts';
import { KeptTags } from '../../domain/tag.ts';
import { InstantColumn, jsonColumn } from './column.ts';

export const StoredTags = jsonColumn(KeptTags);

/** All that is stored of a node. Whether it is connected at this moment only the hub knows. */
export const NodeRow = z.object({
  ...ManagedNode.omit({ pingStatus: true }).shape,
  lastPingAt: InstantColumn.nullable(),
  registeredAt: InstantColumn,
  certificateExpiresAt: InstantColumn,
  tags: StoredTags,
});

/** The columns of the table managedNode that are in a NodeRow; lastPingAt is kept in nodeContact. */
export const NODE_COLUMNS = ManagedNode.omit({ pingStatus: true, lastPingAt: true }).keyof().options;

type Described = Pick<ManagedNode, 'nodeId' | 'name' | 'computerName' | 'ipAddress'> & { tags: readonly Tag[] };

/** Text as a search compares it: SQLite alone would fold the case of ASCII letters only. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The columns that follow from others, for looking a node up and for listing it. */
export const derivedColumns = ({ nodeId, name, computerName, ipAddress, tags }: Described) => ({
  nameOrder: folded(name).replace(/\d+/g, (digits) => digits.padStart(12, '0')),
  // No name or tag has a line break, so nothing is found across two of them.
  searchText: folded([name, nodeId, computerName, ipAddress, ...tags.flatMap(({ key, value }) => [key, value])].join('\n')),
});
