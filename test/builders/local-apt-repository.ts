import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'vitest';

const run = promisify(execFile);

/** A Debian package of a test's own. What is not said is as small as it can be. */
export interface AptPackage {
  readonly name: string;
  readonly version: string;
  /** Fields of its control file: Depends, Conflicts, Section, Priority, Essential … */
  readonly fields?: Readonly<Record<string, string>>;
  /** By path below the root, without a leading slash. */
  readonly files?: Readonly<Record<string, string>>;
  /** Maintainer scripts by name, such as postinst. They run on this computer and not in the repository's root. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** What a Release file says of a pocket, such as `Suite: stable-security`. */
export type ReleaseFields = Readonly<Record<string, string>>;

/** `test` where apt and dpkg are, and root who may unpack; where not, a test that is counted as skipped. */
export const testWithApt: typeof test.skip =
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb') ? test : test.skip;

/**
 * A real apt and a real dpkg that work on a folder of the test's own: sources, lists, caches, locks, the database of what is installed
 * and the files themselves are all in there, and nothing of this computer is read or changed. Whatever is run with `environment` uses it.
 */
export class LocalAptRepository {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly #pockets = new Map<string, ReleaseFields>();
  readonly #published = new Map<string, AptPackage[]>();

  private constructor(folder: string) {
    this.folder = folder;
    this.environment = {
      APT_CONFIG: join(folder, 'apt.conf'),
      DPKG_ADMINDIR: join(folder, 'root/var/lib/dpkg'),
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      LANG: 'C.UTF-8',
    };
  }

  /** With the packages published in its pocket `main`, and known to apt. */
  static async open(packages: readonly AptPackage[] = []): Promise<LocalAptRepository> {
    const repository = new LocalAptRepository(mkdtempSync(join(tmpdir(), 'holdfast-apt-')));
    repository.#layOut();
    await repository.publish(packages);
    await repository.update();
    return repository;
  }

  /** Files of packages are below it. */
  get root(): string {
    return join(this.folder, 'root');
  }

  /** Adds packages to what a pocket has, as an archive does; apt knows of them after its next update. */
  async publish(packages: readonly AptPackage[], { pocket = 'main', release = {} as ReleaseFields } = {}): Promise<void> {
    const pool = join(this.folder, 'archive', pocket);
    mkdirSync(pool, { recursive: true });
    const all = [...(this.#published.get(pocket) ?? []), ...packages];
    this.#published.set(pocket, all);
    this.#pockets.set(pocket, { ...this.#pockets.get(pocket), ...release });
    await Promise.all(packages.map((one) => this.#build(one, pool)));
    const index = all.map((one) => this.#stanza(one, pool)).join('\n');
    writeFileSync(join(pool, 'Packages'), index);
    writeFileSync(join(pool, 'Release'), releaseText({ Suite: pocket, ...this.#pockets.get(pocket) }, index));
    this.#writeSources();
  }

  /** apt-get update. */
  async update(): Promise<void> {
    await this.run('apt-get', ['update', '-qq']);
  }

  /** Puts packages on the node by apt, as somebody else than Holdfast would. */
  async install(...names: string[]): Promise<void> {
    await this.run('apt-get', ['install', '-qq', '-y', '--allow-downgrades', ...names]);
  }

  /** The version that is installed; null for none. */
  async installedVersion(name: string): Promise<string | null> {
    const { stdout } = await this.run('dpkg-query', ['-s', '--', name]).catch(() => ({ stdout: '' }));
    if (!/^Status: \w+ ok installed$/m.test(stdout)) return null;
    return /^Version: (.+)$/m.exec(stdout)?.[1] ?? null;
  }

  /** Any program, on this repository. */
  run(program: string, argumentList: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return run(program, [...argumentList], { env: { ...this.environment, DEBIAN_FRONTEND: 'noninteractive' } });
  }

  /** SHA-256 over every name and every byte below a folder: the same while nothing has changed. */
  fingerprint(folder = this.folder): string {
    return fingerprintOf(folder);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #layOut(): void {
    const inRoot = ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers', 'var/log'];
    const ofApt = ['etc/preferences.d', 'etc/sources.list.d', 'lists/partial', 'cache/archives/partial', 'log'];
    for (const below of [...inRoot.map((path) => join('root', path)), ...ofApt]) mkdirSync(join(this.folder, below), { recursive: true });
    writeFileSync(join(this.folder, 'root/var/lib/dpkg/status'), '');
    writeFileSync(join(this.folder, 'apt.conf'), this.#configuration());
  }

  #configuration(): string {
    const { folder } = this;
    const settings: Record<string, string> = {
      'Dir::Etc': join(folder, 'etc'),
      'Dir::Etc::SourceList': join(folder, 'etc/sources.list'),
      'Dir::Etc::SourceParts': join(folder, 'etc/sources.list.d'),
      'Dir::Etc::Main': '/dev/null',
      'Dir::Etc::Parts': '/dev/null',
      'Dir::State': folder,
      'Dir::State::Lists': join(folder, 'lists'),
      'Dir::State::Status': join(folder, 'root/var/lib/dpkg/status'),
      'Dir::State::Extended_States': join(folder, 'extended_states'),
      'Dir::Cache': join(folder, 'cache'),
      'Dir::Log': join(folder, 'log'),
      'APT::Sandbox::User': 'root',
      'Acquire::Languages': 'none',
    };
    const dpkg = [`--root=${this.root}`, '--force-script-chrootless', '--force-unsafe-io', '--force-bad-path'];
    return [
      '#clear APT::Update::Post-Invoke;\n#clear DPkg::Post-Invoke;\n#clear DPkg::Pre-Install-Pkgs;',
      ...Object.entries(settings).map(([name, value]) => `${name} "${value}";`),
      `Dpkg::Options { ${dpkg.map((option) => `"${option}";`).join(' ')} };\n`,
    ].join('\n');
  }

  #writeSources(): void {
    const lines = [...this.#pockets.keys()].map((pocket) => `deb [trusted=yes] copy:${join(this.folder, 'archive', pocket)} ./\n`);
    writeFileSync(join(this.folder, 'etc/sources.list'), lines.join(''));
  }

  async #build({ name, version, fields = {}, files = {}, scripts = {} }: AptPackage, pool: string): Promise<void> {
    const tree = join(this.folder, 'build', `${name}_${version}`);
    const control = { Package: name, Version: version, ...defaultFields(name), ...fields };
    write(join(tree, 'DEBIAN/control'), stanzaOf(control));
    for (const [script, text] of Object.entries(scripts)) write(join(tree, 'DEBIAN', script), `#!/bin/sh\n${text}\n`, 0o755);
    for (const [path, text] of Object.entries(files)) write(join(tree, path), text);
    await run('dpkg-deb', ['--build', '--root-owner-group', '-Znone', tree, join(pool, fileOf({ name, version }))]);
    rmSync(tree, { recursive: true });
  }

  #stanza({ name, version, fields = {} }: AptPackage, pool: string): string {
    const file = fileOf({ name, version });
    const bytes = readFileSync(join(pool, file));
    const control = { Package: name, Version: version, ...defaultFields(name), ...fields };
    return stanzaOf({ ...control, Filename: `./${file}`, Size: String(bytes.length), SHA256: sha256(bytes) });
  }
}

const defaultFields = (name: string): Record<string, string> => ({
  Architecture: 'all',
  Maintainer: 'Test <test@example.invalid>',
  Section: 'misc',
  Priority: 'optional',
  Description: `the package ${name} of a test`,
});

const fileOf = ({ name, version }: { name: string; version: string }): string => `${name}_${version.replace(':', '%3a')}_all.deb`;

const stanzaOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');

function releaseText(fields: ReleaseFields, index: string): string {
  const known = { Origin: 'Test', Label: 'Test', Codename: fields.Suite ?? 'main', Architectures: 'all amd64 arm64', ...fields };
  return `${stanzaOf({ ...known, Date: 'Thu, 01 Jan 2026 00:00:00 UTC' })}SHA256:\n ${sha256(Buffer.from(index))} ${Buffer.byteLength(index)} Packages\n`;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}

/** SHA-256 over every name and every byte below a folder. */
export function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) })).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { entry, path } of paths) {
    hash.update(`${path}\0`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
