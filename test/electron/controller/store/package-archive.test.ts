import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { makeArchive } from '../../../../electron/controller/store/package-archive.ts';
import { aTemporaryPath } from '../../../builders/agent-folder.ts';

test('a file that is gone when it is to be packed fails the packing, and nothing else', async () => {
  const packing = buffer(makeArchive([{ name: 'tool.msi', file: aTemporaryPath('gone') }], []));
  await expect(packing).rejects.toMatchObject({ code: 'ENOENT' });
});
