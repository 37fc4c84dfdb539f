import { address } from '../routes.ts';
import classes from './node-tabs.module.css';

const tabs = [
  { name: 'nodes', label: 'Machines', href: address.nodes() },
  { name: 'groups', label: 'Resource groups', href: address.groups() },
] as const;

/** The two lists of nodes: one by one, and in groups. */
export function NodeTabs({ at }: { at: (typeof tabs)[number]['name'] }) {
  return (
    <nav className={classes.tabs} aria-label="Nodes and their groups">
      {tabs.map(({ name, label, href }) => (
        <a key={name} className={classes.tab} href={href} aria-current={name === at ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
