import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readArchive } from '../../electron/controller/store/package-archive.ts';
import { UPLOAD_PART_BYTES } from '../../electron/domain/package.ts';
import { aZip } from '../builders/archives.ts';
import { anAssociation } from '../builders/association.ts';
import { aDistributorPackage, addDistributorPackage, sha256Of, uploaded, zipOf } from '../builders/upload.ts';
import { refusal } from './refusal.ts';
import { TestSite } from './site.ts';

/** The package store as a window has it: what is taken in, what is refused, and what becomes of the files. */

let site: TestSite;

beforeEach(async () => {
  site = await TestSite.start({ packageLimits: { quotaBytes: 8 * 1024 ** 2 } });
});

afterEach(() => site.stop());

const scripts = { 'install.sh': 'true', 'uninstall.sh': 'true' };
const storedFiles = (): string[] =>
  readdirSync(join(site.dataFolder, 'packages'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
const nothingIsKept = async () => {
  expect(storedFiles()).toEqual([]);
  expect((await site.client.packages.usage()).usedBytes).toBe(0);
};

const get = (name: string) => site.client.packages.get({ name });
const addFiles = (
  name: string,
  version: string,
  files: { uploadId: string; platform?: string; release?: string; architecture?: string }[],
) =>
  site.client.packages.add({
    name,
    makeDefault: true,
    source: {
      kind: 'files',
      version,
      publisher: 'Lab',
      files: files.map((file) => ({ platform: '_any', release: '_any', architecture: '_any', ...file })),
    },
  });

describe('a Distributor package', () => {
  test('is taken as it is: its manifest with its zips', async () => {
    const zip = zipOf({ ...scripts, 'payload.bin': randomBytes(1_500_000) });
    const places = { debian: { '12': { x86_64: { file: 'tool.zip' } } }, ubuntu: { '22.*': { _any: { file: 'tool.zip' } } } };
    const added = await addDistributorPackage(site.client, 'Tool', aDistributorPackage('1.0.1', { 'tool.zip': zip }, places));
    expect(added).toEqual({ name: 'Tool', version: '1.0.1' });
    expect(await get('Tool')).toMatchObject({
      defaultVersion: '1.0.1',
      publisher: 'Lab',
      platforms: ['debian', 'ubuntu'],
      bytes: zip.length,
      versionList: [
        {
          version: '1.0.1',
          packages: places,
          files: [{ fileName: 'tool.zip', sha256: sha256Of(zip), size: zip.length, scripts: ['install.sh', 'uninstall.sh'] }],
        },
      ],
    });
    expect(storedFiles()).toHaveLength(1);
  });

  test('may come as one zip of its folder', async () => {
    const files = aDistributorPackage(
      '2.0',
      { 'a.zip': zipOf(scripts), 'b.zip': zipOf({ ...scripts, 'update.sh': 'true' }) },
      {
        windows: undefined,
        debian: { _any: { _any: { file: 'a.zip' } } },
        _any: { _any: { _any: { file: 'b.zip' } } },
      },
    );
    const bundle = zipOf(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`ExamplePackage/${name}`, bytes])));
    const uploadId = await uploaded(site.client, 'ExamplePackage.zip', bundle);
    await site.client.packages.add({ name: 'Example', makeDefault: false, source: { kind: 'distributor', uploadIds: [uploadId] } });
    expect((await get('Example')).versionList[0]?.files.map(({ fileName }) => fileName)).toEqual(['a.zip', 'b.zip']);
    // The bundle itself is nothing that a node asks for.
    expect(storedFiles()).toHaveLength(2);
  });

  const good = zipOf(scripts);
  test.each([
    [
      'whose zip has another checksum',
      { ...aDistributorPackage('1.0', { 'a.zip': good }), 'a.zip': zipOf({ ...scripts, more: '' }) },
      'has the SHA-256',
    ],
    [
      'with a zip that is missing',
      { 'manifest.json': aDistributorPackage('1.0', { 'a.zip': good })['manifest.json'] ?? good },
      'is not among the files',
    ],
    ['without a manifest', { 'a.zip': good, 'b.zip': good }, 'There is no manifest.json'],
    [
      'whose zip has no install script',
      aDistributorPackage('1.0', { 'a.zip': zipOf({ 'uninstall.sh': 'true' }) }),
      'a.zip has no install.sh',
    ],
    [
      'whose zip leads out of its folder',
      aDistributorPackage('1.0', { 'a.zip': zipOf({ ...scripts, '../../evil': 'x' }) }),
      'a.zip has a directory that cannot be used',
    ],
    [
      'whose zip has a name as Windows writes paths',
      aDistributorPackage('1.0', { 'a.zip': zipOf({ ...scripts, 'bin\\tool.exe': 'x' }) }),
      'a.zip has a directory that cannot be used',
    ],
    [
      'whose zip has a link',
      aDistributorPackage('1.0', { 'a.zip': aZip([{ name: 'install.sh', content: '/etc/shadow', mode: 0o120777 }]) }),
      'is a link or a device',
    ],
    [
      'whose zip is a bomb',
      aDistributorPackage('1.0', { 'a.zip': zipOf({ ...scripts, zeros: Buffer.alloc(32 * 1024 ** 2) }) }),
      'times its size',
    ],
    [
      'whose zip has a file twice on some disks',
      aDistributorPackage('1.0', { 'a.zip': zipOf({ ...scripts, 'INSTALL.sh': '' }) }),
      'one file on some disks',
    ],
    ['whose zip is none', aDistributorPackage('1.0', { 'a.zip': Buffer.from('no zip at all') }), 'a.zip is no zip archive'],
  ])('%s is refused, and nothing of it is kept once it is given up', async (_what, files, problem) => {
    const uploadIds: string[] = [];
    for (const [fileName, bytes] of Object.entries(files)) uploadIds.push(await uploaded(site.client, fileName, bytes));
    const add = site.client.packages.add({ name: 'Tool', makeDefault: true, source: { kind: 'distributor', uploadIds } });
    expect(await refusal(add)).toMatchObject({ code: 'E-PACKAGE-INVALID', title: expect.stringContaining(problem) });
    await site.client.packages.endUploads({ uploadIds });
    await nothingIsKept();
  });
});

describe('a package that is made of plain files', () => {
  test('gets scripts around an installer, and none for a zip that has them', async () => {
    const deb = await uploaded(site.client, 'tool_1.0+b1~rc1_amd64.deb', Buffer.from('!<arch>\n'));
    const zip = await uploaded(site.client, 'tool.zip', zipOf({ 'install.ps1': 'exit 0' }));
    await addFiles('Tool', '1.0', [
      { uploadId: deb, platform: 'debian' },
      { uploadId: deb, platform: 'ubuntu', architecture: 'x86_64' },
      { uploadId: zip, platform: 'windows' },
    ]);
    const [version] = (await get('Tool')).versionList;
    expect(version?.packages).toEqual({
      debian: { _any: { _any: { file: 'tool_1.0+b1~rc1_amd64.deb.zip' } } },
      ubuntu: { _any: { x86_64: { file: 'tool_1.0+b1~rc1_amd64.deb.zip' } } },
      windows: { _any: { _any: { file: 'tool.zip' } } },
    });
    expect(version?.files.map(({ scripts: found }) => found)).toEqual([['install.ps1'], ['install.sh', 'uninstall.sh']]);
    const made = join(site.dataFolder, 'packages', storedFiles().find((name) => name.endsWith(version?.files[1]?.sha256 ?? '?')) ?? '?');
    expect((await readArchive(made)).entries.map(({ name }) => name)).toEqual(['tool_1.0+b1~rc1_amd64.deb', 'install.sh', 'uninstall.sh']);
  });

  test('made of the same files twice is the same archive, kept once', async () => {
    for (const version of ['1', '2']) {
      await addFiles('Tool', version, [{ uploadId: await uploaded(site.client, 'setup.sh', Buffer.from('echo set up')) }]);
    }
    expect(storedFiles()).toHaveLength(1);
    expect(await get('Tool')).toMatchObject({ versions: 2, defaultVersion: '2' });
  });

  test.each(["it's.deb", 'a b.zip', '$(id).sh', '..', 'notes.txt'])('is refused with a file called %j', async (fileName) => {
    const uploadId = await uploaded(site.client, fileName, zipOf(scripts));
    expect(await refusal(addFiles('Tool', '1', [{ uploadId }]))).toMatchObject({ code: 'E-PACKAGE-INVALID' });
  });
});

describe('an upload', () => {
  const small = Buffer.from('echo small').toString('base64');

  test('takes its parts in their order, and no more than was said', async () => {
    const { uploadId } = await site.client.packages.beginUpload({ fileName: 'a.sh', size: 10 });
    expect(await refusal(site.client.packages.upload({ uploadId, offset: 3, base64: small }))).toMatchObject({ code: 'E-UPLOAD-OFFSET' });
    const large = randomBytes(11).toString('base64');
    expect(await refusal(site.client.packages.upload({ uploadId, offset: 0, base64: large }))).toMatchObject({ code: 'E-UPLOAD-OFFSET' });
    expect(await refusal(site.client.packages.upload({ uploadId, offset: 0, base64: 'not base64!' }))).toMatchObject({
      code: 'ValidationException',
    });
    expect(await site.client.packages.upload({ uploadId, offset: 0, base64: small })).toEqual({ received: 10 });
    await site.client.packages.endUploads({ uploadIds: [uploadId] });
    await nothingIsKept();
  });

  test('that is given up halfway leaves nothing', async () => {
    const { uploadId } = await site.client.packages.beginUpload({ fileName: 'a.zip', size: 3 * UPLOAD_PART_BYTES });
    await site.client.packages.upload({ uploadId, offset: 0, base64: randomBytes(UPLOAD_PART_BYTES).toString('base64') });
    await site.client.packages.endUploads({ uploadIds: [uploadId] });
    expect(await refusal(site.client.packages.upload({ uploadId, offset: UPLOAD_PART_BYTES, base64: '' }))).toMatchObject({
      code: 'E-UPLOAD-UNKNOWN',
    });
    await nothingIsKept();
  });

  test('that the store has no room for is refused with how much there is', async () => {
    const size = 9 * 1024 ** 2;
    expect(await refusal(uploaded(site.client, 'a.zip', randomBytes(size)))).toMatchObject({
      code: 'E-PACKAGE-QUOTA',
      title: 'The package store would hold 9.0 MB; 8.0 MB are allowed.',
    });
    await nothingIsKept();
  });

  test.each([0, -1, 1024 ** 3 + 1])('of %d bytes is refused', async (size) => {
    expect(await refusal(site.client.packages.beginUpload({ fileName: 'a.zip', size }))).toMatchObject({ code: 'E-UPLOAD-SIZE' });
  });
});

describe('a version', () => {
  const add = (version: string, content = version) =>
    addDistributorPackage(site.client, 'Tool', aDistributorPackage(version, { 'tool.zip': zipOf({ ...scripts, content }) }));

  test('is there once', async () => {
    await add('1.0');
    expect(await refusal(add('1.0', 'other'))).toMatchObject({ code: 'E-PACKAGE-VERSION-EXISTS' });
  });

  test('that is deleted takes its files with it, but for those that another one has', async () => {
    await add('1.0', 'same');
    await add('2.0', 'same');
    await add('3.0', 'other');
    expect(await refusal(site.client.packages.delete({ name: 'Tool', version: '3.0', evenIfUsed: false }))).toMatchObject({
      code: 'E-PACKAGE-DEFAULT',
    });
    await site.client.packages.setDefault({ name: 'Tool', version: '1.0' });
    await site.client.packages.delete({ name: 'Tool', version: '3.0', evenIfUsed: false });
    await site.client.packages.delete({ name: 'Tool', version: '2.0', evenIfUsed: false });
    expect(storedFiles()).toHaveLength(1);
    site = await site.restart();
    expect(storedFiles()).toHaveLength(1);
    await site.client.packages.delete({ name: 'Tool', version: null, evenIfUsed: false });
    await nothingIsKept();
    expect(await refusal(get('Tool'))).toMatchObject({ code: 'E-PACKAGE-UNKNOWN' });
  });

  test('that is used is deleted only by who has seen by whom', async () => {
    await add('1.0');
    const parameters = { name: ['Tool'], action: ['Install'] };
    const draft = anAssociation({ associationName: 'Tools', documentName: 'AWS-ConfigureAWSPackage', parameters });
    await site.client.associations.save({ edit: null, draft });
    expect(await get('Tool')).toMatchObject({ usedBy: 1, users: [{ title: 'Tools', version: '' }] });
    expect(await refusal(site.client.packages.delete({ name: 'Tool', version: null, evenIfUsed: false }))).toMatchObject({
      code: 'E-PACKAGE-IN-USE',
    });
    await site.client.packages.delete({ name: 'Tool', version: null, evenIfUsed: true });
    await nothingIsKept();
  });

  test('of a package whose name differs from another only in its case is refused', async () => {
    await add('1.0');
    expect(await refusal(addDistributorPackage(site.client, 'TOOL', aDistributorPackage('1', { 'a.zip': zipOf(scripts) })))).toMatchObject({
      code: 'E-PACKAGE-INVALID',
    });
  });
});
