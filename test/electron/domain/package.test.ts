import { describe, expect, test } from 'vitest';
import { fileFor, scriptProblem } from '../../../electron/domain/package.ts';
import { readManifest } from '../../../electron/domain/package-manifest.ts';

const debian = { platform: 'debian', release: '12', architecture: 'x86_64' };
const to = (file: string) => ({ file });

describe('the file of a package for a machine', () => {
  test('is the one that is named for it before the one for any', () => {
    const packages = {
      debian: { '12': { x86_64: to('exact') }, _any: { _any: to('debian') } },
      _any: { _any: { _any: to('any') } },
    };
    expect(fileFor(packages, debian)).toBe('exact');
    expect(fileFor(packages, { ...debian, release: '11' })).toBe('debian');
    expect(fileFor(packages, { ...debian, platform: 'alpine' })).toBe('any');
  });

  test('of a platform that is named is not looked for under any other', () => {
    const packages = { debian: { '12': { arm64: to('arm') }, _any: { _any: to('debian') } }, _any: { _any: { _any: to('any') } } };
    expect(fileFor(packages, debian)).toBeNull();
  });

  test('is that of the most specific release that fits', () => {
    const packages = { redhat: { '7.*': { _any: to('seven') }, '7.9.*': { _any: to('nine') }, '*': { _any: to('rest') } } };
    const redhat = (release: string) => fileFor(packages, { platform: 'redhat', release, architecture: 'x86_64' });
    expect([redhat('7.9.2'), redhat('7.4'), redhat('8.1'), redhat('79')]).toEqual(['nine', 'seven', 'rest', 'rest']);
  });

  test('is not found among what every object has', () => {
    expect(fileFor({}, { platform: 'constructor', release: 'toString', architecture: 'valueOf' })).toBeNull();
  });
});

test.each([
  [['windows'], ['install.sh'], 'install.ps1'],
  [['debian'], ['uninstall.sh'], 'install.sh'],
  [['windows', 'debian'], ['install.sh', 'install.ps1'], null],
  [['_any'], ['install.ps1'], null],
] as const)('for %j the scripts %j lack %s', (platforms, scripts, missing) => {
  const problem = scriptProblem([...platforms], [...scripts]);
  if (missing === null) expect(problem).toBeNull();
  else expect(problem).toContain(missing);
});

const manifest = {
  schemaVersion: '2.0',
  publisher: 'Example Corp',
  version: '1.0.1',
  packages: { amazon: { _any: { x86_64: to('Example.zip') } } },
  files: { 'Example.zip': { checksums: { sha256: 'AB'.repeat(32) } } },
};

describe('a manifest', () => {
  test('of Distributor is read, whatever else it says', () => {
    const read = readManifest(`\uFEFF${JSON.stringify({ ...manifest, packageArn: 'arn:aws:ssm:::package/Example', more: 1 })}`);
    expect(read).toMatchObject({
      ok: true,
      manifest: { version: '1.0.1', files: { 'Example.zip': { checksums: { sha256: 'ab'.repeat(32) } } } },
    });
  });

  test.each([
    ['no JSON', '{', 'is not JSON'],
    ['another schema', { ...manifest, schemaVersion: '1.0' }, 'schemaVersion must be "2.0"'],
    ['a file that it does not list', { ...manifest, files: {} }, 'files has no entry for Example.zip'],
    ['a file name that is a path', { ...manifest, packages: { amazon: { _any: { _any: to('../x.zip') } } } }, 'is a file name'],
    ['a version that is a path', { ...manifest, version: '..' }, 'version has 1 to 128'],
    ['a version called latest', { ...manifest, version: 'latest' }, 'is not called latest'],
    ['no platform', { ...manifest, packages: {} }, 'names nothing'],
    ['a checksum of another kind', { ...manifest, files: { 'Example.zip': { checksums: { sha256: 'abc' } } } }, 'SHA-256'],
  ])('with %s is refused with what is wrong', (_what, content, problem) => {
    const read = readManifest(typeof content === 'string' ? content : JSON.stringify(content));
    expect(read).toMatchObject({ ok: false });
    if (!read.ok) expect(read.problems.join(' ')).toContain(problem);
  });
});
