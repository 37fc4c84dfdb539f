import type { PackageFacts, PackageProvider, PackageWork, SimulatedChange } from './package-plan.ts';
import { type Answer, type Call, isForRoot, linesOf } from './plan.ts';
import { Trouble } from './troubles.ts';

/** Nothing asks, and a configuration file that was changed on the node is kept. */
const ENVIRONMENT = {
  DEBIAN_FRONTEND: 'noninteractive',
  APT_LISTCHANGES_FRONTEND: 'none',
  NEEDRESTART_MODE: 'l',
  UCF_FORCE_CONFFOLD: '1',
};
/** What is only looked up leaves neither a cache nor a log behind. */
const NO_CACHE = ['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=', '-o', 'Dir::Log::Planner=/dev/null'];
const KEEP_CONFIGURATION = ['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold', '-o', 'Dpkg::Use-Pty=0'];
const INSTALL_SECONDS = 3600;

const field = (name: string): string => `\${${name}}`;
const FORMAT = `${['Package', 'Architecture', 'Version', 'db:Status-Want', 'db:Status-Status'].map(field).join('\t')}\n`;

export const aptProvider: PackageProvider = {
  name: 'apt',
  program: 'apt-get',
  look: (names) => [
    { program: 'dpkg-query', argumentList: ['-W', `-f=${FORMAT}`, '--', ...names] },
    { program: 'apt-cache', argumentList: [...NO_CACHE, 'policy', '--', ...names] },
  ],
  read(names, [installed, policy]) {
    const installations = (installed === undefined ? [] : linesOf(installed.stdout)).map((line) => line.split('\t'));
    const policies = policiesIn(policy?.stdout ?? '');
    return new Map(names.map((name) => [name, factsOf(name, installations, policies)]));
  },
  refresh: { program: 'apt-get', argumentList: ['update', '-q'], environment: ENVIRONMENT, timeoutSeconds: 600 },
  work: (work) => [callOf(work, [])],
  simulation: { of: (work) => callOf(work, ['-s', ...NO_CACHE]), read: readSimulation },
  lockedBy({ exitCode, stderr }) {
    if (exitCode === 0 || isForRoot(stderr)) return null;
    const held = /Could not get lock \S+ It is held by process (\d+) \(([^)]*)\)/.exec(stderr);
    if (held !== null) return `process ${held[1]} (${held[2]})`;
    return /Could not get lock|Unable to (acquire the dpkg frontend|lock)|locked by another process/.test(stderr) ? '' : null;
  },
};

function factsOf(name: string, installations: readonly string[][], policies: ReadonlyMap<string, Policy>): PackageFacts {
  const mine = installations.filter(([bare, architecture]) => name === bare || name === `${bare}:${architecture}`);
  const present = mine.find(([, , , , status]) => status !== 'not-installed' && status !== 'config-files');
  const policy = policies.get(name);
  return {
    installed: present?.[4] === 'installed' ? (present[2] ?? null) : null,
    candidate: policy?.candidate ?? null,
    versions: policy?.versions ?? [],
    isHeld: present?.[3] === 'hold',
    hasResidue: mine.some(([, , , , status]) => status === 'config-files'),
  };
}

interface Policy {
  readonly candidate: string | null;
  readonly versions: readonly string[];
}

/** Of `apt-cache policy`: a block for each package, with the versions at a depth of five. */
function policiesIn(text: string): ReadonlyMap<string, Policy> {
  const policies = new Map<string, Policy>();
  for (const block of text.split(/^(?=\S)/m)) {
    const [head = '', ...lines] = block.split('\n');
    const candidate = lines.map((line) => /^ {2}Candidate: (\S+)/.exec(line)?.[1]).find((found) => found !== undefined);
    const versions = lines.flatMap((line) => /^ (?:\*\*\*| {3}) (\S+) /.exec(line)?.[1] ?? []);
    policies.set(head.replace(/:$/, ''), { candidate: candidate === undefined || candidate === '(none)' ? null : candidate, versions });
  }
  return policies;
}

function callOf({ install, remove, settings }: PackageWork, options: readonly string[]): Call {
  const { allowDowngrade, allowRemovals, changeHeld, purge } = settings;
  const isRemoval = remove.length > 0;
  const argumentList = [
    ...options,
    '-y',
    '-q',
    ...KEEP_CONFIGURATION,
    ...(allowDowngrade ? ['--allow-downgrades'] : []),
    ...(changeHeld ? ['--allow-change-held-packages'] : []),
    ...(isRemoval || allowRemovals ? [] : ['--no-remove']),
    isRemoval ? (purge ? 'purge' : 'remove') : 'install',
    '--',
    ...(isRemoval ? remove : install.map(({ name, version }) => (version === null ? name : `${name}=${version}`))),
  ];
  return { program: 'apt-get', argumentList, environment: ENVIRONMENT, timeoutSeconds: INSTALL_SECONDS, isShown: !options.includes('-s') };
}

const INSTALLED = /^Inst (\S+) (?:\[([^\]]*)\] )?\((\S+) /;
const REMOVED = /^(?:Remv|Purg) (\S+) \[([^\]]*)\]/;

function readSimulation({ remove, settings }: PackageWork, { exitCode, stdout, stderr }: Answer): SimulatedChange[] {
  const lines = linesOf(stdout);
  const gone = lines.flatMap((line) => {
    const found = REMOVED.exec(line);
    return found === null ? [] : [{ name: bare(found[1]), before: found[2] ?? null, after: null }];
  });
  if (exitCode !== 0) throw refusalOf(lines, stderr);
  if (remove.length > 0 && !settings.allowRemovals) {
    const others = gone.filter(({ name }) => !remove.some((named) => bare(named) === name));
    if (others.length > 0) throw new Trouble('E-PACKAGE-REMOVALS', { removed: others.map(({ name }) => name).join(', ') });
  }
  const come = lines.flatMap((line) => {
    const found = INSTALLED.exec(line);
    return found === null ? [] : [{ name: bare(found[1]), before: found[2] ?? null, after: found[3] ?? null }];
  });
  return [...gone, ...come];
}

const bare = (name = ''): string => name.replace(/:.*$/, '');

function refusalOf(lines: readonly string[], stderr: string): Trouble {
  const said = [...linesOf(stderr), ...lines].map((line) => line.replace(/^E: /, '').trim());
  if (/remove is disabled/.test(stderr)) {
    const from = lines.findIndex((line) => line.startsWith('The following packages will be REMOVED:'));
    const names = lines.slice(from + 1).flatMap((line) => (line.startsWith('  ') ? line.trim().split(/\s+/) : []));
    return new Trouble('E-PACKAGE-REMOVALS', { removed: from === -1 ? 'other packages' : removedOnly(lines, from, names).join(', ') });
  }
  if (/dpkg was interrupted|--fix-broken/.test(stderr)) return new Trouble('E-PACKAGE-BROKEN', { said: said[0] ?? '' });
  const problem = lines.filter((line) => line.startsWith(' ')).map((line) => line.trim());
  const facts = {
    call: 'apt-get, asked what it would do,',
    exitCode: 100,
    said: [...problem, ...linesOf(stderr)].join('; ').replace(/\.$/, ''),
  };
  return new Trouble('E-PROGRAM-FAILED', facts);
}

/** The names of one list: the lines after its head that are indented. */
function removedOnly(lines: readonly string[], from: number, all: readonly string[]): readonly string[] {
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => !line.startsWith('  '));
  return end === -1 ? all : rest.slice(0, end).flatMap((line) => line.trim().split(/\s+/));
}
