import type { SpotlightActionGroupData } from '@mantine/spotlight';
import type { Icon } from '@tabler/icons-react';
import { IconAnchor, IconFileCode, IconKeyboard, IconMoon, IconPlayerPlay, IconPlus, IconServer2, IconSun } from '@tabler/icons-react';
import { createElement } from 'react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import type { NodeRow } from '../../electron/api/nodes.ts';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { address } from '../routes.ts';
import { places } from './places.ts';

export interface Found {
  nodes: readonly NodeRow[];
  associations: readonly AssociationRow[];
  documents: readonly DocumentIdentifier[];
}

interface Effects {
  goTo(address: string): void;
  runNow(association: AssociationRow): void;
  theme(theme: 'light' | 'dark'): void;
  showShortcuts(): void;
}

const symbol = (icon: Icon) => createElement(icon, { size: 16, 'aria-hidden': true });

interface Command {
  id: string;
  label: string;
  description?: string;
  icon: Icon;
  onClick(): void;
}

const group = (name: string, commands: readonly Command[]): SpotlightActionGroupData => ({
  group: name,
  actions: commands.map(({ icon, ...command }) => ({ ...command, leftSection: symbol(icon) })),
});

function commands(effects: Effects): Command[] {
  return [
    { id: 'new-association', label: 'New association', icon: IconPlus, onClick: () => effects.goTo(address.newAssociation()) },
    { id: 'add-machine', label: 'Add a machine', icon: IconPlus, onClick: () => effects.goTo(address.addMachine()) },
    { id: 'new-document', label: 'New document', icon: IconPlus, onClick: () => effects.goTo(address.newDocument()) },
    { id: 'light', label: 'Light theme', icon: IconSun, onClick: () => effects.theme('light') },
    { id: 'dark', label: 'Dark theme', icon: IconMoon, onClick: () => effects.theme('dark') },
    { id: 'shortcuts', label: 'Keyboard shortcuts', icon: IconKeyboard, onClick: effects.showShortcuts },
  ];
}

/** `run <name>` offers to run, so that Enter on a name alone only ever opens it. */
const asksToRun = (query: string): boolean => /^run\b/i.test(query.trim());

/** What the palette offers for what was typed. The lists come searched by the controller; the rest is searched by its label here. */
export function paletteActions(query: string, found: Found, effects: Effects): SpotlightActionGroupData[] {
  const wanted = query.trim().toLowerCase();
  const fits = ({ label }: Command) => label.toLowerCase().includes(wanted);
  const go = places.map(
    (place): Command => ({ id: place.href, label: place.label, icon: place.icon, onClick: () => effects.goTo(place.href) }),
  );
  const runs = found.associations.map(
    (row): Command => ({
      id: `run ${row.associationId}`,
      label: `Run now: ${row.title}`,
      description: row.targetText,
      icon: IconPlayerPlay,
      onClick: () => effects.runNow(row),
    }),
  );
  const groups = [
    group('Run', asksToRun(query) ? runs : []),
    group('Go to', go.filter(fits)),
    group(
      'Machines',
      found.nodes.map(
        (row): Command => ({
          id: row.nodeId,
          label: row.name,
          description: row.nodeId,
          icon: IconServer2,
          onClick: () => effects.goTo(address.node(row.nodeId)),
        }),
      ),
    ),
    group(
      'Associations',
      found.associations.map(
        (row): Command => ({
          id: row.associationId,
          label: row.title,
          description: row.scheduleText,
          icon: IconAnchor,
          onClick: () => effects.goTo(address.association(row.associationId)),
        }),
      ),
    ),
    group(
      'Documents',
      found.documents.map(
        (row): Command => ({
          id: `document ${row.name}`,
          label: row.name,
          icon: IconFileCode,
          onClick: () => effects.goTo(address.document(row.name)),
        }),
      ),
    ),
    group('Commands', commands(effects).filter(fits)),
  ];
  return groups.filter(({ actions }) => actions.length > 0);
}

/** What is searched for when `run …` was typed: the rest of it. */
export const searchIn = (query: string): string => (asksToRun(query) ? query.trim().slice(3).trim() : query.trim());
