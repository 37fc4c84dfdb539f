import { lstatSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GitHubSource, GitSource } from '../document/download-inputs.ts';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { findProgram, runCommand } from '../steps/command.ts';
import { safeParts } from './archive-entry.ts';
import type { Staged } from './destination.ts';

interface Repository {
  readonly url: string;
  readonly getOptions: string | undefined;
  readonly login: { readonly username: string; readonly password: string } | null;
  readonly privateSSHKey: string | undefined;
  readonly skipHostKeyChecking: boolean;
}

const CLONE_SECONDS = 3600;

const refused = (source: string, problem: string, remedy: string): Failure =>
  new Failure('E-DOWNLOAD-REFUSED', { source: source.slice(0, 400), problem, remedy });

/** All of a Git repository. Null when the step's signal ended it. */
export async function fetchGitSource(source: GitSource, context: ActionContext): Promise<Staged | null> {
  const { repository, username, password, privateSSHKey, skipHostKeyChecking, getOptions, allowInsecureDownload } = source;
  refuseAddress(repository, allowInsecureDownload);
  const login = password === undefined ? null : { username: username ?? '', password };
  if (login !== null && !/^https?:/i.test(repository)) {
    throw refused(repository, 'a password is for https alone', 'Give a privateSSHKey, or an address by https.');
  }
  const folder = await checkedOut({ url: repository, getOptions, login, privateSSHKey, skipHostKeyChecking }, context);
  return folder === null ? null : { kind: 'folder', folder };
}

const GITHUB = 'https://github.com';

/** A file or folder of a repository, by GitHub's addresses. Null when the step's signal ended it. */
export async function fetchGitHubSource(source: GitHubSource, context: ActionContext): Promise<Staged | null> {
  const { owner, repository, getOptions, tokenInfo, server = GITHUB, allowInsecureDownload } = source;
  const url = `${server.replace(/\/+$/, '')}/${owner}/${repository}`;
  refuseAddress(url, allowInsecureDownload);
  // GitHub and its likes take a token for a password, whatever the user is called.
  const login = tokenInfo === undefined ? null : { username: 'x-access-token', password: tokenInfo };
  const root = await checkedOut({ url, getOptions, login, privateSSHKey: undefined, skipHostKeyChecking: false }, context);
  if (root === null) return null;
  return partOf(root, source.path ?? '', url);
}

function partOf(root: string, wanted: string, url: string): Staged {
  const way = wanted.replace(/^\/+/, '');
  if (way === '' || way === '.') return { kind: 'folder', folder: root };
  const parts = safeParts(way);
  if (parts === null) throw refused(url, `${JSON.stringify(wanted.slice(0, 200))} is no path in a repository`, 'Correct the path.');
  const target = path.join(root, ...parts);
  const there = statSync(target, { throwIfNoEntry: false });
  if (there?.isDirectory()) return { kind: 'folder', folder: target };
  if (there?.isFile() && lstatSync(target).isFile()) return { kind: 'file', file: target, name: path.basename(target) };
  throw refused(url, `there is nothing at ${JSON.stringify(wanted.slice(0, 200))} in it`, 'Correct the path, or name the branch.');
}

/** host and user begin with a letter or digit, so that none is taken for an option of git or ssh. */
const ADDRESS =
  /^(?:https?:\/\/[A-Za-z0-9[][^\s@]*|ssh:\/\/(?:[A-Za-z0-9][\w.-]*@)?[A-Za-z0-9[][\w.\-[\]:]*\/\S*|file:\/\/\/\S*|[A-Za-z0-9][\w.-]*@[A-Za-z0-9][\w.-]*:[^-\s]\S*)$/i;

function refuseAddress(url: string, allowInsecure: boolean): void {
  if (!ADDRESS.test(url)) {
    const remedy = 'Write https://server/path, ssh://user@server/path, user@server:path or file:///path, with no password in it.';
    throw refused(url.replace(/\/\/[^/@]*@/, '//…@'), 'it is no address of a Git repository that is taken here', remedy);
  }
  if (/^http:/i.test(url) && !allowInsecure) {
    const remedy = 'Use https or ssh, or set allowInsecureDownload to true where the network is trusted.';
    throw refused(url, 'on its way by http:// anyone could read and change it', remedy);
  }
}

/** The files of the repository without what git keeps beside them; null when the step's signal ended it. */
async function checkedOut(repository: Repository, context: ActionContext): Promise<string | null> {
  const program = findProgram('git', context);
  if (program === null) throw refused(repository.url, 'the git program is not on this node', 'Install git there.');
  const folder = path.join(context.stepFolder, 'repository');
  mkdirSync(context.stepFolder, { recursive: true, mode: 0o700 });
  const key = writeKey(repository, context);
  const environment = gitEnvironment(repository, key);
  const git = async (argumentList: readonly string[]): Promise<boolean> => {
    const command = { program, argumentList, environment, timeoutSeconds: CLONE_SECONDS, workingDirectory: context.stepFolder };
    const outcome = await runCommand(command, context);
    if (outcome.kind === 'stopped') return false;
    if (outcome.kind === 'exited' && outcome.exitCode === 0) return true;
    throw gitFailure(repository.url, outcome);
  };
  try {
    const [kind = '', wanted = ''] = repository.getOptions?.split(/:(.*)/s) ?? [];
    const isCommit = kind === 'commitID';
    const branch = kind === 'branch' ? ['--branch', wanted.replace(/^refs\/heads\//, '')] : [];
    const depth = isCommit ? ['--no-checkout'] : ['--depth=1', '--single-branch', ...branch];
    const clone = ['clone', '--quiet', '--no-tags', '--no-recurse-submodules', '--template=', ...depth, '--', repository.url, folder];
    if (!(await git(clone))) return null;
    if (isCommit && !(await git(['-C', folder, 'checkout', '--quiet', '--detach', '--force', wanted, '--']))) return null;
    rmSync(path.join(folder, '.git'), { recursive: true, force: true });
    return folder;
  } finally {
    if (key !== null) rmSync(key, { force: true });
  }
}

function gitFailure(url: string, outcome: { kind: string; stderr?: string; exitCode?: number | null; reason?: string }): Failure {
  const said = outcome.stderr?.trim().split('\n').slice(-5).join(' ').slice(0, 800);
  const problem =
    outcome.kind === 'timed-out'
      ? `git did not end within ${CLONE_SECONDS} seconds`
      : outcome.kind === 'failed'
        ? (outcome.reason ?? 'git did not start')
        : `git ended with exit code ${outcome.exitCode}${said ? ` (${said})` : ''}`;
  const remedy = 'Check the address, the branch or commit, and the credentials of the download.';
  return new Failure('E-DOWNLOAD', { source: url.slice(0, 400), problem, remedy });
}

/** ssh takes a key from a file only: one that no other user can read, and that is gone when git has ended. */
function writeKey({ privateSSHKey }: Repository, { stepFolder }: ActionContext): string | null {
  if (privateSSHKey === undefined) return null;
  const file = path.join(stepFolder, 'key');
  writeFileSync(file, `${privateSSHKey.replaceAll('\r\n', '\n').trimEnd()}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}

/** One shell word. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

// Of the variables alone, which no other user of the node can read, and for the origin of the repository alone.
const CREDENTIAL_HELPER =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$HOLDFAST_GIT_USERNAME" "$HOLDFAST_GIT_PASSWORD"; }; f';

/** All of git's configuration that matters here: nothing of it is in its arguments. */
function gitEnvironment({ url, login, skipHostKeyChecking }: Repository, key: string | null): Record<string, string> {
  const origin = login === null ? null : new URL(url).origin;
  const settings: [string, string][] = [
    ['core.hooksPath', process.platform === 'win32' ? 'NUL' : '/dev/null'],
    ['core.symlinks', 'false'],
    ['core.fsmonitor', 'false'],
    ['submodule.recurse', 'false'],
    ['fetch.recurseSubmodules', 'false'],
    ['protocol.allow', 'never'],
    ...['https', 'http', 'ssh', 'file'].map((name): [string, string] => [`protocol.${name}.allow`, 'always']),
    ['credential.helper', ''],
    // It may be another user's: nothing of such a repository is run when it is only read from.
    ...(url.toLowerCase().startsWith('file://') ? [['safe.directory', '*'] as [string, string]] : []),
    ...(origin === null ? [] : [[`credential.${origin}.helper`, CREDENTIAL_HELPER] as [string, string]]),
  ];
  const ssh = [
    'ssh -o BatchMode=yes',
    ...(key === null ? [] : [`-o IdentitiesOnly=yes -i ${quoted(key.replaceAll('\\', '/'))}`]),
    ...(skipHostKeyChecking ? ['-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'] : ['-o StrictHostKeyChecking=yes']),
  ].join(' ');
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([name, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, name],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_SSH_COMMAND: ssh,
    ...(login === null ? {} : { HOLDFAST_GIT_USERNAME: login.username, HOLDFAST_GIT_PASSWORD: login.password }),
  };
}
