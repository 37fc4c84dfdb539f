/** Tests may import anything; what matters is what each folder is for. Below `mirrors` the folders are those of the sources. */
export const testRooms: Readonly<Record<string, string>> = {
  test: 'Where the project and its vectors are, and which programs of this computer tests may use.',
  'test/architecture': 'This table, and what holds the sources to it.',
  'test/builders': 'Values for tests, of which only what matters is spelled out: anAssociation(), aNode().',
  'test/fakes': 'Stand-ins at the boundary of the process, and nowhere else: clock, Electron, the other end of a connection.',
  'test/fakes/electron': 'A double of the electron module that runs main and preload for real and shows the window in Chromium.',
  'test/simulation': 'The execution engine on simulated agents and a clock that is driven: years in seconds, against an oracle of its own.',
  'test/simulation/two-years':
    'An invented world of two years, the oracle that tells what runs in it, and the product that lives through it.',
  'test/system': 'A real controller with real agents over mutual TLS; the main story is a test here.',
  'test/window': 'The real window in Chromium against a real controller: what a person does and sees.',
  'test/shell': "Electron's main and preload, with the real Electron where it is and a double of it everywhere.",
  'test/shell/stand-in': 'The smallest controller and page that the shell can be shown with.',
  'test/public-shapes': 'Documents in our own words, of the shapes that documents in public have.',
  'test/vector-groups': 'Each kind of vectors, put to the product: for the tests, and for npm run vectors.',
  'test/bench': 'The budgets, measured: npm run bench.',
};

export const mirrors: readonly string[] = ['test/agent', 'test/electron', 'test/renderer', 'test/build'];
