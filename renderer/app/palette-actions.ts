import type { Icon } from '@tabler/icons-react';
import {
  IconAnchor,
  IconCalendarEvent,
  IconFileCode,
  IconKeyboard,
  IconMoon,
  IconPackage,
  IconPlayerPlay,
  IconPlus,
  IconServer2,
  IconSun,
  IconTags,
  IconVariable,
} from '@tabler/icons-react';
import type { AssociationRow } from '../../electron/api/associations.ts';
import type { CalendarRow } from '../../electron/api/calendars.ts';
import type { NodeRow } from '../../electron/api/nodes.ts';
import type { DocumentIdentifier } from '../../electron/domain/managed-document.ts';
import { address } from '../routes.ts';
import { places } from './places.ts';
import { siteCommands } from './site-commands.ts';

/** Without its value: a palette is open to whoever looks over a shoulder. */
export interface FoundParameter {
  name: string;
  type: string;
}

export interface Found {
  nodes: readonly NodeRow[];
  associations: readonly AssociationRow[];
  documents: readonly DocumentIdentifier[];
  calendars: readonly CalendarRow[];
  parameters: readonly FoundParameter[];
  packages: readonly { name: string; defaultVersion: string }[];
}

interface Effects {
  goTo(address: string): void;
  runNow(association: AssociationRow): void;
  theme(theme: 'light' | 'dark'): void;
  showShortcuts(): void;
}

export interface Command {
  id: string;
  label: string;
  description?: string;
  icon: Icon;
  run(): void;
}

export interface CommandGroup {
  name: string;
  commands: readonly Command[];
}

function standingCommands(effects: Effects): Command[] {
  return [
    { id: 'new-association', label: 'New association', icon: IconPlus, run: () => effects.goTo(address.newAssociation()) },
    {
      id: 'import-association',
      label: 'New association from JSON',
      icon: IconPlus,
      run: () => effects.goTo(address.importAssociation()),
    },
    { id: 'add-machine', label: 'Add a machine', icon: IconPlus, run: () => effects.goTo(address.addMachine()) },
    { id: 'groups', label: 'Resource groups', icon: IconTags, run: () => effects.goTo(address.groups()) },
    { id: 'new-group', label: 'New resource group', icon: IconPlus, run: () => effects.goTo(address.newGroup()) },
    { id: 'new-document', label: 'New document', icon: IconPlus, run: () => effects.goTo(address.newDocument()) },
    { id: 'new-calendar', label: 'New calendar', icon: IconPlus, run: () => effects.goTo(address.calendars({ open: 'new' })) },
    { id: 'import-calendar', label: 'Import a calendar', icon: IconPlus, run: () => effects.goTo(address.calendars({ open: 'import' })) },
    { id: 'new-parameter', label: 'New parameter', icon: IconPlus, run: () => effects.goTo(address.newParameter()) },
    { id: 'add-package', label: 'Add a package', icon: IconPlus, run: () => effects.goTo(address.packages({ add: 'yes' })) },
    { id: 'light', label: 'Light theme', icon: IconSun, run: () => effects.theme('light') },
    { id: 'dark', label: 'Dark theme', icon: IconMoon, run: () => effects.theme('dark') },
    { id: 'shortcuts', label: 'Keyboard shortcuts', icon: IconKeyboard, run: effects.showShortcuts },
  ];
}

/** `run <name>` offers to run, so that Enter on a name alone only ever opens it. */
const asksToRun = (query: string): boolean => /^run\b/i.test(query.trim());

/** What is searched for: for `run …`, the rest of it. */
export const searchIn = (query: string): string => (asksToRun(query) ? query.trim().slice(3).trim() : query.trim());

/** What documents take from the site's own stores. */
const storedCommands = ({ parameters, packages }: Pick<Found, 'parameters' | 'packages'>, effects: Effects): CommandGroup[] => [
  {
    name: 'Parameters',
    commands: parameters.map(({ name, type }) => ({
      id: `parameter ${name}`,
      label: name,
      description: type,
      icon: IconVariable,
      run: () => effects.goTo(address.parameter(name)),
    })),
  },
  {
    name: 'Packages',
    commands: packages.map(({ name, defaultVersion }) => ({
      id: `package ${name}`,
      label: name,
      description: defaultVersion,
      icon: IconPackage,
      run: () => effects.goTo(address.package(name)),
    })),
  },
];

const foundCommands = ({ nodes, associations, documents, calendars, parameters, packages }: Found, effects: Effects): CommandGroup[] => [
  {
    name: 'Machines',
    commands: nodes.map(({ nodeId, name }) => ({
      id: nodeId,
      label: name,
      description: nodeId,
      icon: IconServer2,
      run: () => effects.goTo(address.node(nodeId)),
    })),
  },
  {
    name: 'Associations',
    commands: associations.map(({ associationId, title, scheduleText }) => ({
      id: associationId,
      label: title,
      description: scheduleText,
      icon: IconAnchor,
      run: () => effects.goTo(address.association(associationId)),
    })),
  },
  {
    name: 'Documents',
    commands: documents.map(({ name, description }) => ({
      id: `document ${name}`,
      label: name,
      description,
      icon: IconFileCode,
      run: () => effects.goTo(address.document(name)),
    })),
  },
  {
    name: 'Calendars',
    commands: calendars.map(({ name, state }) => ({
      id: `calendar ${name}`,
      label: name,
      description: state === 'OPEN' ? 'Open now' : 'Closed now',
      icon: IconCalendarEvent,
      run: () => effects.goTo(address.calendar(name)),
    })),
  },
  ...storedCommands({ parameters, packages }, effects),
];

/** What the palette offers for what was typed. Lists come searched by the controller; the rest is searched by its label here. */
export function paletteGroups(query: string, found: Found, effects: Effects): CommandGroup[] {
  const wanted = query.trim().toLowerCase();
  const fits = ({ label }: Command) => label.toLowerCase().includes(wanted);
  const runs = found.associations.map(
    (row): Command => ({
      id: `run ${row.associationId}`,
      label: `Run now: ${row.title}`,
      description: row.targetText,
      icon: IconPlayerPlay,
      run: () => effects.runNow(row),
    }),
  );
  const go = places.map(({ label, icon, href }): Command => ({ id: `go ${href}`, label, icon, run: () => effects.goTo(href) }));
  const groups = [
    { name: 'Run now', commands: asksToRun(query) ? runs : [] },
    { name: 'Go to', commands: go.filter(fits) },
    ...foundCommands(found, effects),
    { name: 'Commands', commands: [...standingCommands(effects), ...siteCommands(effects.goTo, new Date())].filter(fits) },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

/** Where an arrow leads in a list that is round; null for any other key. */
export function stepTo(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  return null;
}
