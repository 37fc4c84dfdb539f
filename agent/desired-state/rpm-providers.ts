import { compareVersions, type PackageFacts, type PackageProvider, type PackageWork } from './package-plan.ts';
import { type Answer, type Call, linesOf } from './plan.ts';

const INSTALL_SECONDS = 3600;
const installedOnes = (names: readonly string[]): Call => ({
  program: 'rpm',
  argumentList: ['-q', '--qf', '%{NAME}\\t%{EVR}\\n', '--', ...names],
});

const rows = (answer: Answer | undefined): string[][] => linesOf(answer?.stdout ?? '').map((line) => line.trim().split('\t'));
const versionsOf = (name: string, found: readonly string[][]): string[] =>
  found.flatMap(([of, version]) => (of === name && version !== undefined ? [withoutZeroEpoch(version)] : []));
const withoutZeroEpoch = (version: string): string => version.replace(/^0:/, '');
const newest = (versions: readonly string[]): string | null => [...versions].sort(compareVersions).at(-1) ?? null;

const work = (program: string, argumentList: readonly string[]): Call => ({
  program,
  argumentList,
  timeoutSeconds: INSTALL_SECONDS,
  isShown: true,
});

export const dnfProvider: PackageProvider = {
  name: 'dnf',
  program: 'dnf',
  look: (names) => [
    installedOnes(names),
    { program: 'dnf', argumentList: ['-q', '-C', 'repoquery', '--available', '--qf', '%{name}\\t%{evr}\\n', '--', ...names] },
  ],
  read(names, [installed, available]) {
    return new Map(names.map((name) => [name, rpmFacts(versionsOf(name, rows(installed)), versionsOf(name, rows(available)))]));
  },
  refresh: { program: 'dnf', argumentList: ['-q', 'makecache'], timeoutSeconds: 600 },
  work({ install, remove, settings }) {
    if (remove.length > 0) return [work('dnf', ['-y', 'remove', '--', ...remove])];
    const erasing = settings.allowRemovals ? ['--allowerasing'] : [];
    // `install` leaves a package that is there as it is, unless it is told a version.
    const upgraded = install.filter(({ isUpgrade, version }) => isUpgrade && version === null).map(({ name }) => name);
    const installed = install.filter(({ name }) => !upgraded.includes(name)).map(versioned('-'));
    return [
      ...(installed.length > 0 ? [work('dnf', ['-y', ...erasing, 'install', '--', ...installed])] : []),
      ...(upgraded.length > 0 ? [work('dnf', ['-y', ...erasing, 'upgrade', '--', ...upgraded])] : []),
    ];
  },
  // It waits for its lock by itself.
  lockedBy: () => null,
};

const versioned =
  (separator: string) =>
  ({ name, version }: PackageWork['install'][number]): string =>
    version === null ? name : `${name}${separator}${version}`;

function rpmFacts(installed: readonly string[], available: readonly string[]): PackageFacts {
  const present = newest(installed);
  const candidate = newest([...available, ...installed]);
  return { installed: present, candidate, versions: [...new Set([...available, ...installed])], isHeld: false };
}

const ZYPP_LOCKED = 7;

export const zypperProvider: PackageProvider = {
  name: 'zypper',
  program: 'zypper',
  look: (names) => [
    installedOnes(names),
    {
      program: 'zypper',
      argumentList: [
        '--non-interactive',
        '--no-refresh',
        '--xmlout',
        'search',
        '--details',
        '--match-exact',
        '--type',
        'package',
        '--',
        ...names,
      ],
    },
  ],
  read(names, [installed, available]) {
    const solvables = solvablesIn(available?.stdout ?? '');
    return new Map(
      names.map((name) => {
        const editions = solvables.filter((solvable) => solvable.name === name).map(({ edition }) => edition);
        return [name, rpmFacts(versionsOf(name, rows(installed)), editions)];
      }),
    );
  },
  refresh: { program: 'zypper', argumentList: ['--non-interactive', 'refresh'], timeoutSeconds: 600 },
  work({ install, remove, settings }) {
    if (remove.length > 0) return [work('zypper', ['--non-interactive', 'remove', '--', ...remove])];
    const old = settings.allowDowngrade ? ['--oldpackage'] : [];
    return [work('zypper', ['--non-interactive', 'install', '--auto-agree-with-licenses', ...old, '--', ...install.map(versioned('='))])];
  },
  lockedBy({ exitCode, stdout, stderr }) {
    if (exitCode !== ZYPP_LOCKED) return null;
    const holder = /application with pid (\d+) \(([^)]*)\)/.exec(`${stdout}\n${stderr}`);
    return holder === null ? '' : `process ${holder[1]} (${holder[2]})`;
  },
};

function solvablesIn(xml: string): { name: string; edition: string }[] {
  return [...xml.matchAll(/<solvable\s([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const attribute = (key: string) => new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(attributes)?.[1];
    const [name, edition] = [attribute('name'), attribute('edition')];
    return name === undefined || edition === undefined ? [] : [{ name, edition }];
  });
}
