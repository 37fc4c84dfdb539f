import type { NodeId } from '../../agent/protocol/ids.ts';
import { address } from '../routes.ts';
import classes from './nodes.module.css';

/** What there is of one machine: how it stands, and what it is made of. */
export function MachineTabs({ nodeId, at }: { nodeId: NodeId; at: 'summary' | 'inventory' }) {
  const tabs = [
    { name: 'summary', label: 'Summary', href: address.node(nodeId) },
    { name: 'inventory', label: 'Inventory', href: address.nodeInventory(nodeId) },
  ] as const;
  return (
    <nav className={classes.tabs} aria-label="Parts of the machine">
      {tabs.map(({ name, label, href }) => (
        <a key={name} className={classes.tab} href={href} aria-current={name === at ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
