import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Identity, readIdentity, saveIdentity } from '../../../agent/storage/identity-file.ts';
import { anAgentFolder } from '../../builders/agent-folder.ts';

const identity = Identity.parse({
  nodeId: 'mi-0123456789abcdef0',
  siteId: '0192a1b2-0000-7000-8000-000000000001',
  siteName: 'Lab',
  controller: { host: 'lab-server', port: 8443 },
  key: 'the private key',
  certificate: 'the certificate',
  authority: 'the authority',
  signingKey: 'the signing key',
});

test('an identity is read as it was saved, by this user only', () => {
  const folder = anAgentFolder();
  expect(readIdentity(folder)).toBeNull();
  saveIdentity(folder, identity);
  expect(readIdentity(folder)).toEqual(identity);
  expect(statSync(folder.identity).mode & 0o777).toBe(0o600);
});

test('a damaged identity is refused, and the message says nothing of what is in it', () => {
  const folder = anAgentFolder();
  saveIdentity(folder, identity);
  writeFileSync(folder.identity, readFileSync(folder.identity, 'utf8').slice(0, -20));
  expect(() => readIdentity(folder)).toThrow(expect.objectContaining({ code: 'E-DATA-FOLDER' }));
  expect(() => readIdentity(folder)).not.toThrow(/private/);
});
