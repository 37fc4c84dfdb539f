import type { PackageFacts, PackageProvider } from './package-plan.ts';
import { type Answer, type Call, linesOf } from './plan.ts';

const INSTALL_SECONDS = 3600;
const work = (program: string, argumentList: readonly string[]): Call => ({
  program,
  argumentList,
  timeoutSeconds: INSTALL_SECONDS,
  isShown: true,
});

const EXACTLY = ['--exact', '--disable-interactivity', '--accept-source-agreements'];
const SILENTLY = ['--silent', '--accept-package-agreements'];

export const wingetProvider: PackageProvider = {
  name: 'winget',
  program: 'winget',
  look: (names) =>
    names.flatMap((name) => [
      { program: 'winget', argumentList: ['list', '--id', name, ...EXACTLY] },
      { program: 'winget', argumentList: ['show', '--id', name, ...EXACTLY] },
    ]),
  read(names, answers) {
    return new Map(names.map((name, position) => [name, wingetFacts(name, answers[2 * position], answers[2 * position + 1])]));
  },
  refresh: { program: 'winget', argumentList: ['source', 'update', '--disable-interactivity'], timeoutSeconds: 600 },
  work({ install, remove }) {
    return [
      ...remove.map((name) => work('winget', ['uninstall', '--id', name, ...EXACTLY, '--silent'])),
      ...install.map(({ name, version, isUpgrade }) => {
        const command = isUpgrade && version === null ? 'upgrade' : 'install';
        return work('winget', [
          command,
          '--id',
          name,
          ...EXACTLY,
          ...SILENTLY,
          ...(version === null ? [] : ['--version', version, '--force']),
        ]);
      }),
    ];
  },
  lockedBy: ({ exitCode, stdout }) => (exitCode !== 0 && /Another installation is already in progress/.test(stdout) ? '' : null),
};

/** Of a table with a head, whose columns are as wide as what is in them. */
function wingetFacts(name: string, list: Answer | undefined, show: Answer | undefined): PackageFacts {
  const lines = linesOf(list?.stdout ?? '').map((line) => line.slice(line.lastIndexOf('\r') + 1));
  const head = lines.find((line) => /^Name\s+Id\s+Version/.test(line)) ?? '';
  const at = head.indexOf('Version');
  const row = lines.find((line) => line !== head && new RegExp(`(^|\\s)${name.replace(/[.+]/g, '\\$&')}\\s`, 'i').test(line));
  const installed = row === undefined || at === -1 ? null : (row.slice(at).trim().split(/\s+/)[0] ?? null);
  const candidate = show?.exitCode === 0 ? (/^Version: (\S+)/m.exec(show.stdout)?.[1] ?? null) : null;
  return { installed, candidate, versions: null, isHeld: false };
}

export const chocoProvider: PackageProvider = {
  name: 'choco',
  program: 'choco',
  look: (names) => [
    ...names.flatMap((name) => [
      { program: 'choco', argumentList: ['list', '--limit-output', '--exact', name] },
      { program: 'choco', argumentList: ['search', '--limit-output', '--exact', name] },
    ]),
    { program: 'choco', argumentList: ['pin', 'list', '--limit-output'] },
  ],
  read(names, answers) {
    const pinned = answers.at(-1);
    return new Map(
      names.map((name, position) => {
        const installed = chocoVersion(name, answers[2 * position]);
        const candidate = chocoVersion(name, answers[2 * position + 1]);
        return [name, { installed, candidate, versions: null, isHeld: chocoVersion(name, pinned) !== null }];
      }),
    );
  },
  refresh: null,
  work({ install, remove, settings }) {
    if (remove.length > 0) return [work('choco', ['uninstall', ...remove, '-y', '--no-progress'])];
    const older = settings.allowDowngrade ? ['--allow-downgrade'] : [];
    return install.map(({ name, version }) =>
      work('choco', ['upgrade', name, '-y', '--no-progress', ...older, ...(version === null ? [] : ['--version', version])]),
    );
  },
  lockedBy: () => null,
};

/** `name|version`, a line for each. */
function chocoVersion(name: string, answer: Answer | undefined): string | null {
  const row = linesOf(answer?.stdout ?? '').find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}|`));
  return row?.split('|')[1]?.trim() ?? null;
}
