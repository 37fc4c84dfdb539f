import { describe, expect, test } from 'vitest';
import {
  ambientClocks,
  chartersWithoutRoom,
  defaultExports,
  drawers,
  longFiles,
  longFunctions,
  roomsWithoutCharter,
  strayMirrors,
} from './file-rules.ts';
import { importCycles, reExports, tableCycles, wrongArrows, wrongOwners, wrongPackages } from './import-rules.ts';
import { foldersInReadme } from './readme-tree.ts';
import type { Room } from './room.ts';
import { readSource } from './source-file.ts';

const nouns: Room = {
  path: 'app/domain',
  charter: 'The nouns.',
  mayImport: [],
  packages: ['zod'],
  because: 'decides, and has no disk',
  pure: true,
};
const contract: Room = {
  path: 'app/api',
  charter: 'The contract.',
  mayImport: ['app/domain'],
  packages: ['zod'],
  because: 'is spoken by both',
};
const store: Room = {
  path: 'app/store',
  charter: 'The SQL.',
  mayImport: ['app/domain'],
  packages: ['node:*', 'sqlite'],
  because: 'only remembers',
};
const page: Room = {
  path: 'app/page',
  charter: 'The page.',
  mayImport: ['app/domain'],
  mayImportTypes: ['app/api'],
  packages: ['react', '@kit/*'],
  because: 'sees the contract, not the store',
};
const start: Room = { path: 'app/main.ts', charter: 'The start.', mayImport: ['app/store'], packages: [], because: 'is wiring' };
const table = [nouns, contract, store, page, start];

/** A source of one line, which is enough to break any rule about imports. */
const source = (path: string, text: string) => readSource(path, text);

describe('an import without an arrow is found, with the reason', () => {
  const fromPage = (text: string) => wrongArrows(table, [source('app/page/list.tsx', text)]);
  const message = 'app/page/list.tsx:1 imports app/store, but app/page sees the contract, not the store';

  test.each([
    "import { rows } from '../store/rows.ts';",
    "import type { Row } from '../store/rows.ts';",
    "import '../store/rows.ts';",
    "export { rows } from '../store/rows.ts';",
    "export * from '../store/rows.ts';",
    "const rows = await import('../store/rows.ts');",
    "type Row = import('../store/rows.ts').Row;",
  ])('%s', (text) => {
    expect(fromPage(text)).toEqual([message]);
  });

  test('an arrow in the table is no breach, nor is the same room', () => {
    expect(fromPage("import { node } from '../domain/node.ts'; import { row } from './row.tsx';")).toEqual([]);
  });

  test('a word in a comment or a string is no import', () => {
    expect(fromPage(`// import { rows } from '../store/rows.ts';\nexport const text = "import '../store/rows.ts'";`)).toEqual([]);
  });

  test('a file with a row of its own has its own arrows', () => {
    expect(wrongArrows(table, [source('app/main.ts', "import { rows } from './store/rows.ts';")])).toEqual([]);
  });

  test('where only types may come from, a value may not', () => {
    expect(fromPage("import type { Calls } from '../api/calls.ts'; import { type Call } from '../api/calls.ts';")).toEqual([]);
    expect(fromPage("import { type Calls, calls } from '../api/calls.ts';")).toEqual([
      'app/page/list.tsx:1 imports app/api for more than its types, but app/page sees the contract, not the store',
    ]);
  });

  test('a file that no room has cannot be imported', () => {
    expect(fromPage("import { anything } from '../../elsewhere/anything.ts';")).toEqual([
      'app/page/list.tsx:1 imports elsewhere/anything.ts, but no room of the table has that file',
    ]);
  });
});

describe('a package that is not in the row is found', () => {
  const packagesOf = (path: string, specifier: string) => wrongPackages(table, [source(path, `import '${specifier}';`)]);

  test.each(['node:fs', 'fs', 'react', 'zod/mini'])('%s in a pure room', (specifier) => {
    expect(packagesOf('app/domain/node.ts', specifier)).toEqual([
      `app/domain/node.ts:1 imports ${specifier}, but app/domain decides, and has no disk`,
    ]);
  });

  test("Node's SQLite is not part of node:*", () => {
    expect(packagesOf('app/store/rows.ts', 'node:fs/promises')).toEqual([]);
    expect(packagesOf('app/store/rows.ts', 'node:sqlite')).toHaveLength(1);
  });

  test('a pattern opens a scope and nothing beside it', () => {
    expect(packagesOf('app/page/list.tsx', '@kit/core')).toEqual([]);
    expect(packagesOf('app/page/list.tsx', '@kitten/core')).toHaveLength(1);
    expect(packagesOf('app/page/list.tsx', 'react-dom')).toHaveLength(1);
  });

  test('an import of a computed name cannot be checked, so it is refused', () => {
    expect(wrongPackages(table, [source('app/page/list.tsx', 'await import(name);')])).toEqual([
      'app/page/list.tsx:1 imports a computed name, which nothing can check',
    ]);
  });
});

test('a reserved package stays reserved when a row is opened for it', () => {
  const opened = [{ ...page, packages: ['sqlite'] }];
  const reservation = { packages: ['sqlite'], rooms: ['app/store'], because: 'the store is the only SQL' };
  expect(wrongPackages(opened, [source('app/page/list.tsx', "import 'sqlite';")])).toEqual([]);
  expect(wrongOwners(opened, [source('app/page/list.tsx', "import 'sqlite/driver';")], [reservation])).toEqual([
    'app/page/list.tsx:1 imports sqlite/driver, but the store is the only SQL',
  ]);
});

test('files that import each other are found, also by type and across folders', () => {
  const files = [
    source('app/domain/a.ts', "import type { B } from '../api/b.ts';"),
    source('app/api/b.ts', "import { c } from './c.ts';"),
    source('app/api/c.ts', "const a = await import('../domain/a.ts');"),
    source('app/api/d.ts', "import { c } from './c.ts';"),
  ];
  expect(importCycles(files)).toEqual(['app/domain/a.ts → app/api/b.ts → app/api/c.ts → app/domain/a.ts is an import cycle']);
});

test('a table in which rooms reach themselves is found', () => {
  expect(tableCycles(table)).toEqual([]);
  expect(tableCycles([{ ...nouns, mayImport: ['app/page'] }, page])).toEqual([
    'app/domain → app/page → app/domain is a cycle in the table',
  ]);
});

test('a re-export is found', () => {
  expect(reExports(table, [source('app/domain/all.ts', "export { node } from './node.ts';")])).toEqual([
    'app/domain/all.ts:1 re-exports from ./node.ts: import from the file that has it',
  ]);
});

test('a folder without a charter is found, and a charter without a folder', () => {
  expect(roomsWithoutCharter(['app/domain'], ['app/domain', 'app/utils'])).toEqual([
    'app/utils/ has no charter: say in test/architecture/layout.ts what it is for and what it may import',
  ]);
  expect(chartersWithoutRoom([nouns, page], new Set(['app/domain']))).toEqual(['app/page has a charter, but nothing is there']);
});

test('a folder of tests that mirrors nothing is found', () => {
  expect(strayMirrors(table, ['test/app/domain', 'test/app/nouns'])).toEqual([
    'test/app/nouns/ mirrors app/nouns/, which is not in the table',
  ]);
});

describe('a drawer is found', () => {
  test.each(['utils', 'helpers', 'common', 'shared', 'misc', 'manager', 'service', 'types', 'interfaces', 'constants', 'index'])(
    'a file called %s',
    (name) => {
      expect(drawers([source(`app/domain/${name}.ts`, '')], [])).toHaveLength(1);
    },
  );

  test.each(['compliance-manager', 'date-utils', 'test-helper'])('a file called %s', (name) => {
    expect(drawers([source(`app/domain/${name}.ts`, '')], [])).toHaveLength(1);
  });

  test('a folder called utils', () => {
    expect(drawers([], ['app/utils'])).toEqual([
      'app/utils is named like a drawer: name it after what it does, or give what is in it to the files that use it',
    ]);
  });

  test('a drawer among the tests', () => {
    expect(drawers([source('test/app/helpers.test.ts', '')], [])).toHaveLength(1);
  });

  test('a name in which such a word means something is left alone', () => {
    expect(drawers([source('app/domain/fleet-index.ts', ''), source('app/domain/shared-folder.ts', '')], [])).toEqual([]);
  });
});

test.each(['export default function list() {}', 'const list = 1; export { list as default };', 'export { default } from "./x.ts";'])(
  'a default export is found: %s',
  (text) => {
    expect(defaultExports([source('app/page/list.ts', text)])).toEqual(['app/page/list.ts:1 has a default export: give it its name']);
  },
);

test("a tool's configuration may have a default export", () => {
  expect(defaultExports([source('build/vite.config.ts', 'export default {};')])).toEqual([]);
});

describe('a clock in pure code is found', () => {
  const clocks = (text: string) => ambientClocks(table, [source('app/domain/node.ts', text)]);

  test.each([
    'Date.now()',
    'const read = Date.now',
    'new Date()',
    'new Date',
    'Date()',
    'performance.now()',
    'setTimeout(() => 1, 5)',
    'globalThis.setInterval(() => 1, 5)',
  ])('%s', (text) => {
    expect(clocks(text)).toHaveLength(1);
  });

  test.each(['new Date(now)', 'now.getTime()', 'Date.parse(text)', '// Date.now()'])('%s is no clock', (text) => {
    expect(clocks(text)).toEqual([]);
  });

  test('a room with effects may have one', () => {
    expect(ambientClocks(table, [source('app/store/rows.ts', 'Date.now()')])).toEqual([]);
  });
});

describe('what is too long is found', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `  call(${index});`).join('\n');

  test('a file of more than 350 lines', () => {
    expect(longFiles([source('app/store/rows.ts', `${lines(350)}\n`)])).toEqual([]);
    expect(longFiles([source('app/store/rows.ts', `${lines(351)}\n`)])).toEqual([
      'app/store/rows.ts has 351 lines, more than 350: it holds more than one idea',
    ]);
  });

  test.each([
    `export function save() {\n${lines(59)}\n}`,
    `export const save = () => {\n${lines(59)}\n};`,
    `class Rows {\n  save() {\n${lines(59)}\n  }\n}`,
    `const rows = {\n  save() {\n${lines(59)}\n  },\n};`,
  ])('a function of more than 60 lines', (text) => {
    expect(longFunctions([source('app/store/rows.ts', text)])).toEqual([
      expect.stringMatching(/^app\/store\/rows\.ts:\d save has 61 lines, more than 60$/),
    ]);
  });

  test('a component of more than 120 lines', () => {
    const component = (count: number) => source('renderer/nodes/node-list.tsx', `export function NodeList() {\n${lines(count)}\n}`);
    expect(longFunctions([component(118)])).toEqual([]);
    expect(longFunctions([component(119)])).toHaveLength(1);
  });
});

describe("README's tree", () => {
  test('is read as paths', () => {
    const readme = [
      '<!-- tree:start -->',
      '```',
      'agent/            The agent.',
      '  document/       The language.',
      'test/',
      '```',
      '<!-- tree:end -->',
    ];
    expect(foldersInReadme(readme.join('\n'))).toEqual(['agent', 'agent/document', 'test']);
  });

  test('has to be there', () => {
    expect(() => foldersInReadme('# Holdfast')).toThrow('README.md has no tree');
  });
});
