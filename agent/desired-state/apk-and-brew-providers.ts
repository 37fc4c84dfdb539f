import * as z from 'zod';
import { compareVersions, type PackageFacts, type PackageProvider } from './package-plan.ts';
import type { Call } from './plan.ts';

const INSTALL_SECONDS = 3600;
const work = (program: string, argumentList: readonly string[], environment?: Record<string, string>): Call => ({
  program,
  argumentList,
  timeoutSeconds: INSTALL_SECONDS,
  isShown: true,
  ...(environment === undefined ? {} : { environment }),
});

const UNKNOWN: PackageFacts = { installed: null, candidate: null, versions: [], isHeld: false };

export const apkProvider: PackageProvider = {
  name: 'apk',
  program: 'apk',
  look: (names) => [{ program: 'apk', argumentList: ['policy', ...names] }],
  read(names, [policy]) {
    const policies = apkPolicies(policy?.stdout ?? '');
    return new Map(names.map((name) => [name, policies.get(name) ?? UNKNOWN]));
  },
  refresh: { program: 'apk', argumentList: ['update'], timeoutSeconds: 600 },
  work({ install, remove }) {
    if (remove.length > 0) return [work('apk', ['del', ...remove])];
    return [work('apk', ['add', '--upgrade', ...install.map(({ name, version }) => (version === null ? name : `${name}=${version}`))])];
  },
  lockedBy: ({ exitCode, stderr }) => (exitCode !== 0 && /Unable to lock database/.test(stderr) ? '' : null),
};

const IN_DATABASE = 'lib/apk/db/installed';

/** Of `apk policy`: below each package its versions, and below each version where it is from. */
function apkPolicies(text: string): ReadonlyMap<string, PackageFacts> {
  const policies = new Map<string, PackageFacts>();
  for (const block of text.split(/^(?=\S)/m)) {
    const name = /^(\S+) policy:/.exec(block)?.[1];
    if (name === undefined) continue;
    const versions = block.split(/^ {2}(?=\S)/m).slice(1);
    const numberOf = (version: string) => /^(\S+):/.exec(version)?.[1] ?? null;
    const known = versions.flatMap((version) => numberOf(version) ?? []);
    const installed = versions.find((version) => version.includes(IN_DATABASE));
    policies.set(name, {
      installed: installed === undefined ? null : numberOf(installed),
      candidate: [...known].sort(compareVersions).at(-1) ?? null,
      versions: known,
      isHeld: false,
    });
  }
  return policies;
}

const Formulae = z.object({
  formulae: z.array(
    z.object({
      name: z.string(),
      full_name: z.string().default(''),
      versions: z.object({ stable: z.string().nullable() }),
      pinned: z.boolean().default(false),
      installed: z.array(z.object({ version: z.string() })),
    }),
  ),
  casks: z.array(z.object({ token: z.string(), version: z.string(), installed: z.string().nullable() })).default([]),
});

/** Its versions are of the newest kind alone, so none is named to it. */
const BREW = { HOMEBREW_NO_AUTO_UPDATE: '1', HOMEBREW_NO_ENV_HINTS: '1', NONINTERACTIVE: '1' };

export const brewProvider: PackageProvider = {
  name: 'brew',
  program: 'brew',
  look: (names) => names.map((name) => ({ program: 'brew', argumentList: ['info', '--json=v2', name], environment: BREW })),
  read(names, answers) {
    return new Map(names.map((name, position) => [name, brewFacts(answers[position]?.stdout ?? '')]));
  },
  refresh: { program: 'brew', argumentList: ['update', '--quiet'], environment: { ...BREW }, timeoutSeconds: 600 },
  work({ install, remove }) {
    const fresh = install.filter(({ isUpgrade }) => !isUpgrade).map(({ name }) => name);
    const upgraded = install.filter(({ isUpgrade }) => isUpgrade).map(({ name }) => name);
    return [
      ...(remove.length > 0 ? [work('brew', ['uninstall', ...remove], BREW)] : []),
      ...(fresh.length > 0 ? [work('brew', ['install', ...fresh], BREW)] : []),
      ...(upgraded.length > 0 ? [work('brew', ['upgrade', ...upgraded], BREW)] : []),
    ];
  },
  lockedBy: ({ exitCode, stderr }) => (exitCode !== 0 && /has already locked|process is already running/.test(stderr) ? '' : null),
};

function brewFacts(text: string): PackageFacts {
  const found = Formulae.safeParse(safeJson(text));
  const [formula] = found.data?.formulae ?? [];
  if (formula !== undefined) {
    const { stable } = formula.versions;
    return {
      installed: formula.installed.at(-1)?.version ?? null,
      candidate: stable,
      versions: stable === null ? [] : [stable],
      isHeld: formula.pinned,
    };
  }
  const [cask] = found.data?.casks ?? [];
  return cask === undefined ? UNKNOWN : { installed: cask.installed, candidate: cask.version, versions: [cask.version], isHeld: false };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It prints its trouble in the place of JSON.
    return null;
  }
}
