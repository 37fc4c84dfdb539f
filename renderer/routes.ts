/** The address of every screen. Nothing here knows what a screen shows: links need no import of the area that they lead to. */
export type Route =
  | { page: 'overview' }
  | { page: 'nodes'; search: string; state: string | null; adding: boolean }
  | { page: 'node'; nodeId: string; filter: ExecutionQuery }
  | { page: 'node-inventory'; nodeId: string; typeName: string | null; search: string }
  | { page: 'groups'; search: string }
  | { page: 'group'; name: string }
  | { page: 'new-group'; from: string | null }
  | { page: 'edit-group'; name: string }
  | { page: 'associations'; search: string; status: string | null }
  | { page: 'association'; associationId: string; tab: AssociationTab; look: VersionLook; filter: ExecutionQuery }
  | ({ page: 'new-association' } & NewAssociation)
  | { page: 'import-association' }
  | { page: 'edit-association'; associationId: string; restore: number | null }
  | { page: 'executions'; associationId: string | null; nodeId: string | null; filter: ExecutionQuery }
  | { page: 'execution'; executionId: string; nodeId: string | null; status: string | null; search: string }
  | { page: 'documents' }
  | { page: 'document'; name: string; version: number | null }
  | { page: 'new-document'; from: string | null }
  | { page: 'edit-document'; name: string }
  | { page: 'calendars'; opened: CalendarDialog | null }
  | { page: 'calendar'; name: string; month: string | null }
  | { page: 'packages'; adding: boolean }
  | { page: 'package'; name: string }
  | { page: 'parameters'; path: string | null; adding: boolean }
  | { page: 'parameter'; name: string }
  | ({ page: 'compliance' } & ComplianceView)
  | { page: 'compliance-item'; nodeId: string; complianceType: string; itemId: string }
  | { page: 'put-compliance'; nodeId: string | null; complianceType: string | null; way: 'form' | 'json' }
  | ({ page: 'inventory' } & InventoryView)
  | { page: 'settings' }
  | { page: 'unknown' };

/** What the compliance page shows, as it came with the address. */
export interface ComplianceView {
  status: string | null;
  nodeId: string | null;
  associationId: string | null;
  complianceType: string | null;
  itemId: string | null;
  severity: string | null;
  search: string;
  /** `node` or `item`; everything else is one row for each item on each node. */
  group: string | null;
}

/** What the fleet's inventory is searched for, as it came with the address. */
export interface InventoryView {
  name: string;
  match: string | null;
  comparator: string | null;
  version: string;
  share: string | null;
  days: number | null;
}

/** What the editor begins with: a copy, or a document with what goes with it. */
export interface NewAssociation {
  from: string | null;
  document: string | null;
  /** One that it installs. */
  package: string | null;
  /** A schedule expression. */
  schedule: string | null;
  isForEveryMachine: boolean;
}

export type Page = Route['page'];

/** What narrows a list of executions down, as it is written in an address. */
export interface ExecutionQuery {
  status: string | null;
  trigger: string | null;
  /** Instants, as ISO text. */
  after: string | null;
  before: string | null;
  id: string | null;
  /** Of the association. */
  version: string | null;
}

export const NO_FILTER: ExecutionQuery = { status: null, trigger: null, after: null, before: null, id: null, version: null };

/** Which version of an association is looked at, and beside which other one it is put. */
export interface VersionLook {
  version: number | null;
  against: number | null;
  show: 'changes' | 'settings';
}

/** What the list of calendars opens with. */
export const CALENDAR_DIALOGS = ['new', 'import'] as const;
export type CalendarDialog = (typeof CALENDAR_DIALOGS)[number];

export const ASSOCIATION_TABS = ['summary', 'targets', 'executions', 'versions', 'json'] as const;
export type AssociationTab = (typeof ASSOCIATION_TABS)[number];

function at(path: readonly string[], query: Record<string, string | number | null | undefined> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

export const address = {
  overview: () => at([]),
  nodes: (filter: { search?: string; state?: string | null } = {}) => at(['nodes'], filter),
  addMachine: () => at(['nodes'], { add: 'yes' }),
  node: (nodeId: string, filter: Partial<ExecutionQuery> = {}) => at(['nodes', nodeId], filter),
  nodeInventory: (nodeId: string, { type, search }: { type?: string | null; search?: string } = {}) =>
    at(['nodes', nodeId, 'inventory'], { type, search }),
  groups: (filter: { search?: string } = {}) => at(['groups'], filter),
  group: (name: string) => at(['groups', name]),
  newGroup: (like: { from?: string } = {}) => at(['new-group'], like),
  editGroup: (name: string) => at(['groups', name, 'edit']),
  associations: (filter: { search?: string; status?: string | null } = {}) => at(['associations'], filter),
  association: (associationId: string, tab: AssociationTab = 'summary', filter: Partial<ExecutionQuery> = {}) =>
    at(['associations', associationId], tab === 'summary' ? {} : { tab, ...filter }),
  /** A version of an association, by itself or beside another one; without `against` beside the one before it. */
  associationVersion: (associationId: string, version: number, look: { against?: number | null; show?: VersionLook['show'] } = {}) =>
    at(['associations', associationId], {
      tab: 'versions',
      version,
      against: look.against,
      show: look.show === 'settings' ? look.show : null,
    }),
  newAssociation: ({ isForEveryMachine, ...like }: Partial<NewAssociation> = {}) =>
    at(['associations', 'new'], { ...like, targets: isForEveryMachine ? 'all' : null }),
  importAssociation: () => at(['associations', 'import']),
  editAssociation: (associationId: string, options: { restore?: number } = {}) => at(['associations', associationId, 'edit'], options),
  executions: (filter: Partial<ExecutionQuery> & { association?: string | null; node?: string | null } = {}) => at(['executions'], filter),
  execution: (executionId: string, select: { node?: string | null; status?: string | null; search?: string } = {}) =>
    at(['executions', executionId], select),
  documents: () => at(['documents']),
  document: (name: string, options: { version?: number | null } = {}) => at(['documents', name], options),
  newDocument: (like: { from?: string } = {}) => at(['new-document'], like),
  editDocument: (name: string) => at(['documents', name, 'edit']),
  calendars: (options: { open?: CalendarDialog } = {}) => at(['calendars'], options),
  /** `month`: 2026-03; else this one. */
  calendar: (name: string, options: { month?: string } = {}) => at(['calendars', name], options),
  packages: (options: { add?: 'yes' } = {}) => at(['packages'], options),
  package: (name: string) => at(['packages', name]),
  parameters: (filter: { path?: string | null } = {}) => at(['parameters'], filter),
  newParameter: (below: { path?: string | null } = {}) => at(['parameters'], { new: 'yes', ...below }),
  parameter: (name: string) => at(['parameters', name]),
  compliance: (filter: ComplianceQuery = {}) => at(['compliance'], filter),
  complianceItem: ({ nodeId, complianceType, itemId }: { nodeId: string; complianceType: string; itemId: string }) =>
    at(['compliance', nodeId, complianceType, itemId]),
  putCompliance: ({ way = 'form', ...of }: { node?: string | null; type?: string | null; way?: 'form' | 'json' } = {}) =>
    at(['put-compliance'], { ...of, way: way === 'json' ? way : null }),
  inventory: (search: InventoryQuery = {}) => at(['inventory'], search),
  settings: () => at(['settings']),
};

export type InventoryQuery = {
  name?: string;
  match?: string | null;
  comparator?: string | null;
  version?: string;
  share?: string | null;
  days?: number | null;
};

type Choices<Name extends string> = { [Choice in Name]?: string | null };
export type ComplianceQuery = Choices<'status' | 'node' | 'association' | 'type' | 'item' | 'severity' | 'search' | 'group'>;

const unknown: Route = { page: 'unknown' };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const wholeNumber = (text: string | null): number | null => (text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);

const isTab = (text: string): text is AssociationTab => ASSOCIATION_TABS.some((tab) => tab === text);

const executionQuery = (query: URLSearchParams): ExecutionQuery => ({
  status: query.get('status'),
  trigger: query.get('trigger'),
  after: query.get('after'),
  before: query.get('before'),
  id: query.get('id'),
  version: query.get('version'),
});

const versionLook = (query: URLSearchParams): VersionLook => ({
  version: wholeNumber(query.get('version')),
  against: wholeNumber(query.get('against')),
  show: query.get('show') === 'settings' ? 'settings' : 'changes',
});

function associationRoute([id, sub, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  if (id === undefined) return { page: 'associations', search: query.get('search') ?? '', status: query.get('status') };
  if (id === 'new') {
    if (sub !== undefined) return unknown;
    const like = {
      from: query.get('from'),
      document: query.get('document'),
      schedule: query.get('schedule'),
      package: query.get('package'),
    };
    return { page: 'new-association', ...like, isForEveryMachine: query.get('targets') === 'all' };
  }
  if (id === 'import') return sub === undefined ? { page: 'import-association' } : unknown;
  if (sub === 'edit') return { page: 'edit-association', associationId: id, restore: wholeNumber(query.get('restore')) };
  const tab = query.get('tab') ?? 'summary';
  if (sub !== undefined) return unknown;
  return {
    page: 'association',
    associationId: id,
    tab: isTab(tab) ? tab : 'summary',
    look: versionLook(query),
    filter: executionQuery(query),
  };
}

function nodeRoute([id, sub, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (id !== undefined && sub === 'inventory' && rest.length === 0) {
    return { page: 'node-inventory', nodeId: id, typeName: query.get('type'), search: query.get('search') ?? '' };
  }
  if (sub !== undefined) return unknown;
  if (id === undefined)
    return { page: 'nodes', search: query.get('search') ?? '', state: query.get('state'), adding: query.get('add') === 'yes' };
  return { page: 'node', nodeId: id, filter: executionQuery(query) };
}

function groupRoute([name, sub, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  if (name === undefined) return { page: 'groups', search: query.get('search') ?? '' };
  if (sub === 'edit') return { page: 'edit-group', name };
  return sub === undefined ? { page: 'group', name } : unknown;
}

function executionRoute([id, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  const nodeId = query.get('node');
  if (id === undefined) return { page: 'executions', associationId: query.get('association'), nodeId, filter: executionQuery(query) };
  return { page: 'execution', executionId: id, nodeId, status: query.get('status'), search: query.get('search') ?? '' };
}

function documentRoute([name, sub, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  if (name === undefined) return { page: 'documents' };
  if (sub === 'edit') return { page: 'edit-document', name };
  return sub === undefined ? { page: 'document', name, version: wholeNumber(query.get('version')) } : unknown;
}

function calendarRoute([name, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  if (name === undefined) return { page: 'calendars', opened: CALENDAR_DIALOGS.find((dialog) => dialog === query.get('open')) ?? null };
  const month = query.get('month');
  return { page: 'calendar', name, month: month !== null && /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(month) ? month : null };
}

const packageRoute = ([name]: readonly string[], query: URLSearchParams): Route =>
  name === undefined ? { page: 'packages', adding: query.get('add') === 'yes' } : { page: 'package', name };

function parameterRoute([name, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (rest.length > 0) return unknown;
  if (name === undefined) return { page: 'parameters', path: query.get('path'), adding: query.get('new') === 'yes' };
  return { page: 'parameter', name };
}

function complianceRoute([nodeId, complianceType, itemId, ...rest]: readonly string[], query: URLSearchParams): Route {
  if (nodeId === undefined) {
    return {
      page: 'compliance',
      status: query.get('status'),
      nodeId: query.get('node'),
      associationId: query.get('association'),
      complianceType: query.get('type'),
      itemId: query.get('item'),
      severity: query.get('severity'),
      search: query.get('search') ?? '',
      group: query.get('group'),
    };
  }
  if (complianceType === undefined || itemId === undefined || rest.length > 0) return unknown;
  return { page: 'compliance-item', nodeId, complianceType, itemId };
}

const inventoryRoute = (query: URLSearchParams): Route => ({
  page: 'inventory',
  name: query.get('name') ?? '',
  match: query.get('match'),
  comparator: query.get('comparator'),
  version: query.get('version') ?? '',
  share: query.get('share'),
  days: wholeNumber(query.get('days')),
});

const putComplianceRoute = (query: URLSearchParams): Route => ({
  page: 'put-compliance',
  nodeId: query.get('node'),
  complianceType: query.get('type'),
  way: query.get('way') === 'json' ? 'json' : 'form',
});

/** What the part of an address after `#` shows; `unknown` for anything that no screen answers to. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const query = new URLSearchParams(search);
  const [area, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  switch (area) {
    case undefined:
      return { page: 'overview' };
    case 'nodes':
      return nodeRoute(rest, query);
    case 'groups':
      return groupRoute(rest, query);
    case 'new-group':
      return rest.length === 0 ? { page: 'new-group', from: query.get('from') } : unknown;
    case 'associations':
      return associationRoute(rest, query);
    case 'executions':
      return executionRoute(rest, query);
    case 'documents':
      return documentRoute(rest, query);
    case 'new-document':
      return rest.length === 0 ? { page: 'new-document', from: query.get('from') } : unknown;
    case 'calendars':
      return calendarRoute(rest, query);
    case 'packages':
      return rest.length > 1 ? unknown : packageRoute(rest, query);
    case 'parameters':
      return parameterRoute(rest, query);
    case 'compliance':
      return complianceRoute(rest, query);
    case 'put-compliance':
      return rest.length === 0 ? putComplianceRoute(query) : unknown;
    case 'inventory':
      return rest.length === 0 ? inventoryRoute(query) : unknown;
    case 'settings':
      return rest.length === 0 ? { page: 'settings' } : unknown;
    default:
      return unknown;
  }
}

/** What stays the same while only filters and selections of a screen change: focus moves when this changes. */
export const screenOf = (hash: string): string => hash.replace(/^#/, '').split('?', 1)[0] ?? '';
