import { agentContracts, agentRooms } from './agent-layout.ts';
import { buildRooms } from './build-layout.ts';
import type { Room } from './room.ts';

const uiContracts = [...agentContracts, 'electron/domain', 'electron/api'];
const nodeBuiltIns = 'node:*';
const react = ['react', 'react-dom', 'react-dom/*', '@mantine/*', '@tabler/icons-react', '@tanstack/*', 'zustand', 'zustand/*'];
const codeEditor = ['codemirror', '@codemirror/*', '@lezer/*'];

const controllerRooms: readonly Room[] = [
  {
    path: 'electron/controller',
    charter: 'The controller of a site, under plain Node: puts store, hub, scheduler and operations together.',
    mayImport: [
      ...uiContracts,
      'agent/calendar',
      'electron/controller/ports',
      'electron/controller/store',
      'electron/controller/hub',
      'electron/controller/secrets',
      'electron/controller/copies',
      'electron/controller/operations',
      'electron/controller/ssm',
      'electron/controller/handlers',
      'electron/controller/local-agents',
      'electron/controller/starter-documents',
    ],
    packages: [nodeBuiltIns, '@orpc/server', '@orpc/server/*', 'node-cron', 'uuid', 'zod'],
    because: 'must run under plain Node',
  },
  {
    path: 'electron/controller/starter-documents',
    charter: 'The documents that every site has from the beginning, under our prefix: one file per family.',
    mayImport: [],
    packages: [],
    because: 'is documents and nothing else',
  },
  {
    path: 'electron/controller/ports',
    charter: 'What operations need from outside and do not provide: clock, link to agents, vault, change feed.',
    mayImport: uiContracts,
    packages: [],
    because: 'says what is needed, not who provides it',
  },
  {
    path: 'electron/controller/store',
    charter: 'The only SQL: one module per aggregate, rows parsed on the way out.',
    mayImport: [...agentContracts, 'electron/domain', 'electron/controller/ports'],
    packages: [nodeBuiltIns, 'better-sqlite3', 'kysely', 'yauzl', 'yazl', 'zod'],
    because: 'remembers, and decides nothing',
  },
  {
    path: 'electron/controller/store/migrations',
    charter: "The database's history: numbered steps that only go forward.",
    mayImport: [],
    packages: [],
    because: 'is SQL and nothing else',
  },
  {
    path: 'electron/controller/operations',
    charter: 'The verbs: each file does one thing that the domain decides, in one transaction.',
    mayImport: [...uiContracts, 'agent/calendar', 'electron/controller/ports', 'electron/controller/store'],
    packages: ['node:crypto', 'uuid'],
    because: 'does what the domain decides, through ports and store',
  },
  {
    path: 'electron/controller/hub',
    charter: "The agents' door: mutual TLS, certificates, enrollment, one session per node.",
    mayImport: ['agent/protocol', 'electron/domain', 'electron/controller/ports'],
    packages: [nodeBuiltIns, 'ws', 'zod', '@peculiar/x509', 'reflect-metadata'],
    because: 'moves messages, and decides nothing',
  },
  {
    path: 'electron/controller/secrets',
    charter: 'Seals what must not be read on the way or on the disk: values at rest, and values in an order for one node alone.',
    mayImport: ['agent/protocol', 'electron/domain', 'electron/controller/ports'],
    packages: ['node:crypto'],
    because: 'knows keys, and not what they protect',
  },
  {
    path: 'electron/controller/copies',
    charter: 'Where the output of runs is copied to: S3-compatible stores, and folders of this computer or of a share.',
    mayImport: ['electron/domain', 'electron/controller/ports'],
    packages: [nodeBuiltIns, '@aws-sdk/client-s3', 'uuid'],
    because: 'writes what it is given, and decides nothing',
  },
  {
    path: 'electron/controller/ssm',
    charter: "The SSM API's own operations, requests and answers in its words: a thin translation onto operations and stores.",
    mayImport: [...uiContracts, 'electron/controller/ports', 'electron/controller/store', 'electron/controller/operations'],
    packages: ['zod'],
    because: 'translates, and leaves every rule to the domain and every effect to the operations',
  },
  {
    path: 'electron/controller/handlers',
    charter: "Answers the window's calls: one file per area of the contract, each call one operation.",
    mayImport: [
      ...uiContracts,
      'agent/calendar',
      'electron/controller/ports',
      'electron/controller/store',
      'electron/controller/operations',
      'electron/controller/ssm',
      'electron/controller/local-agents',
    ],
    packages: [nodeBuiltIns, '@orpc/server', 'zod'],
    because: 'answers a call with an operation, and is put together by the controller, not the other way round',
  },
  {
    path: 'electron/controller/local-agents',
    charter: "The agents on this computer: the embedded one and the sample lab's, enrolled, started and ended as real processes.",
    mayImport: [
      ...agentContracts,
      'electron/domain',
      'electron/controller/ports',
      'electron/controller/store',
      'electron/controller/operations',
    ],
    packages: [nodeBuiltIns, 'execa', 'zod'],
    because: 'starts ordinary agents, which are processes and no part of the controller',
  },
];

const electronRooms: readonly Room[] = [
  {
    path: 'electron',
    charter: 'Where the programs start: each entry introduces the controller to one way of showing it.',
    mayImport: [...uiContracts, 'electron/controller', ...controllerRooms.map((room) => room.path), 'electron/serve', 'electron/host'],
    packages: [nodeBuiltIns, 'zod'],
    because: 'only introduces the controller to whoever shows it, and runs without Electron',
  },
  {
    path: 'electron/main.ts',
    charter: "Electron's main process: introduces the controller's process and the shell.",
    mayImport: [...uiContracts, 'electron/shell', 'electron/host'],
    packages: [nodeBuiltIns, 'electron'],
    because: 'introduces the shell to a controller that runs in another process',
  },
  {
    path: 'electron/host',
    charter: 'What every entry has to know about where it runs: the usual data folder, the version of the app.',
    mayImport: [],
    packages: [nodeBuiltIns, 'env-paths', 'zod'],
    because: 'is asked by every entry, so it knows none of what they start',
  },
  {
    path: 'electron/domain',
    charter: 'The nouns, and every rule about them: associations, targets, rate control, executions, compliance, faults.',
    mayImport: [...agentContracts, 'agent/calendar'],
    packages: ['zod', 'uuid'],
    because: 'decides, and has no clock, disk or network',
    pure: true,
  },
  {
    path: 'electron/api',
    charter: 'What the window may ask and hear: one contract, declared once.',
    mayImport: [...agentContracts, 'electron/domain'],
    packages: ['zod', '@orpc/contract'],
    because: 'is bundled into the window',
    pure: true,
  },
  ...controllerRooms,
  {
    path: 'electron/shell',
    charter: 'The desktop shell, and the only Electron: window, tray, preload, single instance.',
    mayImport: uiContracts,
    packages: [nodeBuiltIns, 'electron', 'zod', 'env-paths'],
    because: 'is replaceable by any other shell',
  },
  {
    path: 'electron/serve',
    charter: 'The other shell: the same window over loopback HTTP, for a browser on this computer.',
    mayImport: uiContracts,
    packages: [nodeBuiltIns, 'ws', 'zod'],
    because: "is replaceable by any other shell, and never sees the controller's inside",
  },
];

const areas: Readonly<Record<string, string>> = {
  overview: 'The first page: is the site well, and what needs attention.',
  nodes: 'Managed nodes: list, detail, and the dialog that adds a machine.',
  groups: 'Resource groups: list, members, and the editor of a saved tag query.',
  associations: 'Associations: list, detail, and the editor with its live preview.',
  executions: 'Executions: list, detail with targets, steps and live output.',
  documents: 'Documents: list, source, and the editor for own ones.',
  calendars: 'Change calendars: list, month, events, and the file that they are imported from.',
  packages: 'Packages: list, detail with versions and files, and the dialog that adds one.',
  parameters: 'Parameters: list, detail with its values over time, and the dialog that puts a value.',
  compliance: 'Compliance: who is in the state that the associations define, and who is not.',
  inventory: 'What the machines of the fleet are made of: who has which application, in which version.',
  settings: 'The site itself: addresses, keys, the sample lab.',
};

function area([name, charter]: readonly [string, string]): Room {
  return {
    path: `renderer/${name}`,
    charter,
    mayImport: [
      'renderer/ui',
      'renderer/terms',
      'renderer/client',
      'renderer/review',
      'renderer/history',
      'renderer/parameter-form',
      'renderer/routes.ts',
      ...agentContracts,
      'electron/domain',
    ],
    mayImportTypes: ['electron/api'],
    packages: [...react, ...codeEditor],
    because: 'meets other areas only through their addresses in routes.ts',
  };
}

const rendererRooms: readonly Room[] = [
  {
    path: 'renderer',
    charter: 'The window starts here.',
    mayImport: ['renderer/app', 'renderer/ui', 'renderer/client', 'renderer/routes.ts'],
    packages: react,
    because: 'only starts the frame',
  },
  {
    path: 'renderer/routes.ts',
    charter: 'The address of every page, so that a link needs no import of the page.',
    mayImport: [],
    packages: react,
    because: 'is known by every area, so it knows none',
  },
  {
    path: 'renderer/ui',
    charter: 'Tokens, theme, buttons, tables, badges, fields: no domain word in it.',
    mayImport: [],
    packages: [...react, ...codeEditor, 'diff'],
    because: 'knows no domain word',
  },
  {
    path: 'renderer/terms',
    charter: "How the domain's words look: statuses, severities, times, schedules, nodes, always shown the same way.",
    mayImport: ['renderer/ui', 'renderer/routes.ts', ...agentContracts, 'electron/domain'],
    mayImportTypes: ['electron/api'],
    packages: react,
    because: 'shows what it is given, and asks for nothing',
  },
  {
    path: 'renderer/client',
    charter: "The window's line to the controller: calls typed by the contract, read again when something changes.",
    mayImport: [...agentContracts, 'electron/domain', 'electron/api'],
    packages: [...react, '@orpc/client', '@orpc/client/*', '@orpc/contract', 'zod'],
    because: 'sees the contract, not the controller',
  },
  {
    path: 'renderer/review',
    charter: 'The last look before a change: the dialog that says who runs now, later and not any more.',
    mayImport: ['renderer/ui', 'renderer/terms', 'renderer/client', 'renderer/routes.ts', ...agentContracts, 'electron/domain'],
    mayImportTypes: ['electron/api'],
    packages: react,
    because: 'is opened by every area that changes who runs what, so it knows none',
  },
  {
    path: 'renderer/history',
    charter: 'Executions as a list that is filtered, followed live, and saved as a file, wherever they are listed.',
    mayImport: ['renderer/ui', 'renderer/terms', 'renderer/client', 'renderer/routes.ts', ...agentContracts, 'electron/domain'],
    mayImportTypes: ['electron/api'],
    packages: react,
    because: 'is shown by several areas, so it knows none',
  },
  {
    path: 'renderer/parameter-form',
    charter: 'The form that is made of what a document declares: a field for every type of parameter, with its rules.',
    mayImport: ['renderer/ui', 'renderer/client', 'renderer/routes.ts', ...agentContracts, 'electron/domain'],
    mayImportTypes: ['electron/api'],
    packages: react,
    because: 'is filled in by several areas, so it knows none',
  },
  ...Object.entries(areas).map(area),
  {
    path: 'renderer/app',
    charter: 'The frame: navigation, theme, command palette, error boundary, and which page an address shows.',
    mayImport: [
      ...Object.keys(areas).map((name) => `renderer/${name}`),
      'renderer/ui',
      'renderer/terms',
      'renderer/client',
      'renderer/review',
      'renderer/routes.ts',
      ...agentContracts,
      'electron/domain',
    ],
    mayImportTypes: ['electron/api'],
    packages: react,
    because: 'is the frame, which nobody imports but the start',
  },
];

/** Everything that is shipped or ships it. */
export const rooms: readonly Room[] = [...agentRooms, ...electronRooms, ...rendererRooms, ...buildRooms];

/** Packages that exactly these rooms may import, whatever else a row of the table says. */
export const onlyIn: readonly { readonly packages: readonly string[]; readonly rooms: readonly string[]; readonly because: string }[] = [
  { packages: ['better-sqlite3', 'kysely'], rooms: ['electron/controller/store'], because: 'the store is the only SQL' },
  { packages: ['node:sqlite'], rooms: ['agent/storage'], because: "the agent's database is behind one folder" },
  { packages: ['electron'], rooms: ['electron/shell', 'electron/main.ts'], because: 'everything else must run without Electron' },
];
