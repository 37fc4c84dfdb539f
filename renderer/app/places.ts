import type { Icon } from '@tabler/icons-react';
import {
  IconAnchor,
  IconCalendarEvent,
  IconFileCode,
  IconHistory,
  IconLayoutDashboard,
  IconPackage,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconStack2,
  IconVariable,
} from '@tabler/icons-react';
import type { Page } from '../routes.ts';
import { address } from '../routes.ts';

export interface Place {
  label: string;
  icon: Icon;
  href: string;
  pages: readonly Page[];
}

/** The navigation, in its order: the digit that opens a place is its position. */
export const places: readonly Place[] = [
  { label: 'Overview', icon: IconLayoutDashboard, href: address.overview(), pages: ['overview'] },
  {
    label: 'Nodes',
    icon: IconServer2,
    href: address.nodes(),
    pages: ['nodes', 'node', 'node-inventory', 'groups', 'group', 'new-group', 'edit-group'],
  },
  {
    label: 'Associations',
    icon: IconAnchor,
    href: address.associations(),
    pages: ['associations', 'association', 'new-association', 'import-association', 'edit-association'],
  },
  { label: 'Executions', icon: IconHistory, href: address.executions(), pages: ['executions', 'execution'] },
  { label: 'Documents', icon: IconFileCode, href: address.documents(), pages: ['documents', 'document', 'new-document', 'edit-document'] },
  { label: 'Calendars', icon: IconCalendarEvent, href: address.calendars(), pages: ['calendars', 'calendar'] },
  { label: 'Parameters', icon: IconVariable, href: address.parameters(), pages: ['parameters', 'parameter'] },
  { label: 'Packages', icon: IconPackage, href: address.packages(), pages: ['packages', 'package'] },
  { label: 'Compliance', icon: IconShieldCheck, href: address.compliance(), pages: ['compliance', 'compliance-item', 'put-compliance'] },
  { label: 'Inventory', icon: IconStack2, href: address.inventory(), pages: ['inventory'] },
  { label: 'Settings', icon: IconSettings, href: address.settings(), pages: ['settings'] },
];
