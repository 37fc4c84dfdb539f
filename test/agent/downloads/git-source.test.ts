import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';
import { download, filesBelow } from './download-context.ts';

const DONE = { kind: 'exited', exitCode: 0 };

/** A repository with two commits on main and a branch of its own. */
function aRepository() {
  const folder = aTemporaryPath('site.git');
  mkdirSync(folder);
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...argumentList: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@lab', ...argumentList], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
  const commit = (files: Record<string, string>): string => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    git('add', '-A');
    git('commit', '-qm', 'a commit');
    return git('rev-parse', 'HEAD').trim();
  };
  git('init', '-q', '-b', 'main');
  const first = commit({ 'main.sh': 'echo first\n' });
  commit({ 'main.sh': 'echo second\n', 'roles/web.yml': 'web\n' });
  git('checkout', '-q', '-b', 'lab/next');
  commit({ 'main.sh': 'echo next\n' });
  git('checkout', '-q', 'main');
  return { folder, url: `file://${folder}`, first, git, commit };
}

const git = (sourceInfo: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ sourceType: 'Git', sourceInfo, ...more });

describe('a Git repository', () => {
  test('comes whole, without what git keeps beside it', async () => {
    const { url } = aRepository();
    const context = aScriptContext();
    expect(await download(git({ repository: url }, { destinationPath: 'playbook' }), context)).toEqual(DONE);
    expect(filesBelow(context.downloads)).toEqual({ 'playbook/main.sh': 'echo second\n', 'playbook/roles/web.yml': 'web\n' });
  });

  test('comes by its branch or commit', async () => {
    const { url, first } = aRepository();
    for (const [getOptions, expected] of [
      ['branch:lab/next', 'echo next\n'],
      ['branch:refs/heads/lab/next', 'echo next\n'],
      [`commitID:${first}`, 'echo first\n'],
      [`commitID:${first.slice(0, 10)}`, 'echo first\n'],
    ]) {
      const context = aScriptContext();
      expect(await download(git({ repository: url, getOptions }), context)).toEqual(DONE);
      expect(filesBelow(context.downloads)['main.sh']).toBe(expected);
    }
  });

  test('that is not there, or without the branch, says what git said', async () => {
    const { url } = aRepository();
    await expect(download(git({ repository: `${url}-none` }))).rejects.toThrow(/does not exist|not found|not appear/);
    await expect(download(git({ repository: url, getOptions: 'branch:none' }))).rejects.toThrow(/none/);
    await expect(download(git({ repository: url, getOptions: `commitID:${'ab'.repeat(20)}` }))).rejects.toMatchObject({
      code: 'E-DOWNLOAD',
    });
  });

  test('runs nothing of itself: no hook, no submodule, no link that leads out', async () => {
    const { url, folder, git: inRepository, commit } = aRepository();
    const inner = aRepository();
    const touched = aTemporaryPath('touched');
    writeFileSync(join(folder, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${touched}\n`);
    chmodSync(join(folder, '.git/hooks/post-checkout'), 0o755);
    inRepository('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.url, 'inner');
    symlinkSync('/etc', join(folder, 'link'));
    commit({});
    const context = aScriptContext();
    expect(await download(git({ repository: url }), context)).toEqual(DONE);
    const files = filesBelow(context.downloads);
    expect(files.link).toBe('/etc');
    expect(Object.keys(files)).toEqual(['.gitmodules', 'link', 'main.sh', 'roles/web.yml']);
    expect(existsSync(touched)).toBe(false);
  });

  test.each([
    '--upload-pack=touch /tmp/evil',
    'ext::sh -c "touch /tmp/evil"',
    '-oProxyCommand=evil@host:x',
    'ssh://-oProxyCommand=evil/x',
    'ann@-oProxyCommand=evil:x',
    'https://ann:secret@host/x',
    'http://host/x',
    '/srv/git/x',
    'fd::17',
  ])('at an address such as %s is refused, with no secret told', async (repository) => {
    const failure = download(git({ repository }));
    await expect(failure).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    await expect(failure).rejects.not.toThrow(/ann:secret/);
  });

  test('with a password needs https', async () => {
    await expect(download(git({ repository: 'ssh://git@host/x', username: 'a', password: 'b' }))).rejects.toThrow(/https alone/);
  });
});

describe('part of a repository by GitHub’s fields', () => {
  const gitHub = (folder: string, more: Record<string, unknown>) => ({
    sourceType: 'GitHub',
    sourceInfo: { owner: 'lab', repository: 'site', server: `file://${folder}`, ...more },
  });

  function aServer() {
    const repository = aRepository();
    const folder = aTemporaryPath('server');
    mkdirSync(join(folder, 'lab'), { recursive: true });
    symlinkSync(repository.folder, join(folder, 'lab/site'));
    return folder;
  }

  test('is a file, a folder, or all of it', async () => {
    const server = aServer();
    for (const [path, expected] of [
      ['main.sh', ['main.sh']],
      ['roles', ['web.yml']],
      ['', ['main.sh', 'roles/web.yml']],
    ] as const) {
      const context = aScriptContext();
      expect(await download(gitHub(server, { path }), context)).toEqual(DONE);
      expect(Object.keys(filesBelow(context.downloads))).toEqual(expected);
    }
  });

  test.each(['../..', 'none', 'roles/../../x'])('is none at %s', async (path) => {
    await expect(download(gitHub(aServer(), { path }))).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
  });
});

/** git's own HTTP server program, behind a login. */
async function aGitServer(root: string) {
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const logins: string[] = [];
  const server = createServer((request, response) => {
    const login = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    logins.push(login);
    if (login !== 'ann:correct horse') {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const answer = execFileSync(program, {
        input: Buffer.concat(chunks),
        env: {
          PATH: process.env.PATH,
          GIT_PROJECT_ROOT: root,
          GIT_HTTP_EXPORT_ALL: '1',
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'safe.directory',
          GIT_CONFIG_VALUE_0: '*',
          REQUEST_METHOD: request.method,
          PATH_INFO: path,
          QUERY_STRING: query,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
          REMOTE_USER: 'ann',
        },
      });
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': '));
      const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
      response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      response.end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, logins };
}

describe('a Git server with a login', () => {
  test('gets user and password, which are in no argument and no file', async () => {
    const { folder } = aRepository();
    const { origin, logins } = await aGitServer(folder);
    const context = aScriptContext();
    const sourceInfo = { repository: `${origin}/.git`, username: 'ann', password: 'correct horse', allowInsecureDownload: true };
    expect(await download(git(sourceInfo), context)).toEqual(DONE);
    expect(filesBelow(context.downloads)['main.sh']).toBe('echo second\n');
    expect(logins).toContain('ann:correct horse');
    expect(context.stdout.text + context.stderr.text).not.toContain('correct horse');
  });

  test('never makes git ask: without a right password the step fails', async () => {
    const { folder } = aRepository();
    const { origin } = await aGitServer(folder);
    for (const login of [{}, { username: 'ann', password: 'wrong horse' }]) {
      const failure = download(git({ repository: `${origin}/.git`, allowInsecureDownload: true, ...login }));
      await expect(failure).rejects.toMatchObject({ code: 'E-DOWNLOAD' });
      await expect(failure).rejects.not.toThrow(/wrong horse/);
    }
  });
});

test('an SSH key is given to ssh in a file of this user alone, which is gone when git has ended', async () => {
  const bin = aTemporaryPath('bin');
  mkdirSync(bin);
  const seen = join(bin, 'seen');
  writeFileSync(
    join(bin, 'ssh'),
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${seen}\nwhile [ $# -gt 0 ]; do [ "$1" = -i ] && { stat -c %a "$2" >> ${seen}; cat "$2" >> ${seen}; }; shift; done\nexit 1\n`,
  );
  chmodSync(join(bin, 'ssh'), 0o755);
  const context = aScriptContext({ environment: { PATH: `${bin}:${process.env.PATH}`, HOME: '/' } });
  const sourceInfo = { repository: 'ssh://git@host:2222/site', privateSSHKey: 'the key\r\nof ann' };
  await expect(download(git(sourceInfo), context)).rejects.toMatchObject({ code: 'E-DOWNLOAD' });
  const text = readFileSync(seen, 'utf8');
  expect(text).toMatch(/-i\n\S+\/key\n/);
  expect(text).toContain('BatchMode=yes');
  expect(text).toContain('StrictHostKeyChecking=yes');
  expect(text).toMatch(/600\nthe key\nof ann\n$/);
  expect(existsSync(context.stepFolder)).toBe(false);
  const trusting = git({ ...sourceInfo, skipHostKeyChecking: true });
  await expect(download(trusting, aScriptContext({ environment: context.environment }))).rejects.toMatchObject({ code: 'E-DOWNLOAD' });
  expect(readFileSync(seen, 'utf8')).toContain('StrictHostKeyChecking=no');
});
