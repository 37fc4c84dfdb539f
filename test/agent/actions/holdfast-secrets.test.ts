import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { prepareAction } from '../../../agent/actions/registry.ts';
import { secretKey } from '../../../agent/document/secret-places.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';

test.skipIf(process.platform === 'win32')('a file takes a secret by its reference where it is never shown, and nowhere else', async () => {
  const path = aTemporaryPath('token');
  const context = aScriptContext({ secrets: { [secretKey('lab-token')]: 'a-secret-of-the-lab' } });
  const wanted = prepareAction('holdfast:file', { path, secretContent: '{{ssm-secure:lab-token}}', mode: '0600' }, 'Enforce');
  if (!wanted.ok) throw new Error(wanted.reason);
  expect(await wanted.run(context)).toMatchObject({ kind: 'exited', changes: [{ after: '(not shown)' }, {}] });
  expect(readFileSync(path, 'utf8')).toBe('a-secret-of-the-lab');
  expect(context.stdout.text).not.toContain('a-secret');
});
