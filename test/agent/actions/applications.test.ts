import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applications } from '../../../agent/actions/applications.ts';
import { msiexecArguments, outcomeOfMsiexec } from '../../../agent/actions/msiexec-command.ts';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';
import type { ApplicationInputs } from '../../../agent/document/windows-package-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';

const MSI = 'not really a package';
const HASH = createHash('sha256').update(MSI).digest('hex');

function inputsOf(inputs: object): ApplicationInputs {
  const parsed = parseActionInputs('aws:applications', { action: 'Install', sourceHash: HASH, ...inputs });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.inputs;
}

const refusalOf = (inputs: object): string[] => {
  const parsed = parseActionInputs('aws:applications', inputs);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
};

describe('what msiexec is asked', () => {
  const files = { msi: 'C:\\work\\package.msi', log: 'C:\\work\\msiexec.log' };

  test.each([
    ['Install', '', '/i "C:\\work\\package.msi" /quiet /norestart /log "C:\\work\\msiexec.log"'],
    ['Repair', '', '/f "C:\\work\\package.msi" /quiet /norestart /log "C:\\work\\msiexec.log"'],
    ['Uninstall', '', '/x "C:\\work\\package.msi" /quiet /norestart /log "C:\\work\\msiexec.log"'],
    [
      'Install',
      'ALLUSERS=1 INSTALLDIR="C:\\Program Files\\App\\" NOTE=',
      '/i "C:\\work\\package.msi" /quiet /norestart /log "C:\\work\\msiexec.log" ALLUSERS=1 INSTALLDIR="C:\\Program Files\\App\\" NOTE=',
    ],
    ['Install', `TITLE='say "hi"'`, '/i "C:\\work\\package.msi" /quiet /norestart /log "C:\\work\\msiexec.log" TITLE="say ""hi"""'],
  ] as const)('to %s with %j is %s', (action, parameters, line) => {
    expect(msiexecArguments({ action, parameters }, files)?.join(' ')).toBe(line);
  });

  test('is nothing where a quote is not closed', () => {
    expect(msiexecArguments({ action: 'Install', parameters: 'A="b' }, files)).toBeNull();
  });
});

describe('what the code of msiexec means', () => {
  test.each([
    ['Install', 0, 'exited'],
    ['Install', 3010, 'needs-restart'],
    ['Uninstall', 1641, 'needs-restart'],
    ['Uninstall', 1605, 'exited'],
    ['Repair', 1605, 'failed'],
    ['Install', 1603, 'failed'],
    ['Install', 194, 'failed'],
  ] as const)('%s, %i: %s', (action, code, kind) => {
    expect(outcomeOfMsiexec(action, code).kind).toBe(kind);
  });

  test('is said in words', () => {
    expect(outcomeOfMsiexec('Install', 1618)).toEqual({
      kind: 'failed',
      reason: 'msiexec ended with 1618: another installation is under way.',
    });
  });
});

describe('a document that installs an application', () => {
  test('is refused without the checksum, and with what is none', () => {
    const message =
      'inputs.sourceHash must be the SHA-256 checksum of the source, 64 hexadecimal digits: without one nothing is installed.';
    expect(refusalOf({ action: 'Install', source: 'https://lab/a.msi' })).toEqual([message]);
    expect(refusalOf({ action: 'Install', source: 'https://lab/a.msi', sourceHash: '' })).toEqual([message]);
    expect(refusalOf({ action: 'Install', source: 'https://lab/a.msi', sourceHash: 'abc' })).toEqual([message]);
  });

  test('may write its action in any case, and is refused with another', () => {
    expect(inputsOf({ action: 'UnInstall', source: 'C:\\a.msi' }).action).toBe('Uninstall');
    expect(refusalOf({ action: 'Remove', source: 'C:\\a.msi', sourceHash: HASH })).toEqual([
      'inputs.action must be "Install" or "Repair" or "Uninstall".',
    ]);
  });

  test('cannot leave the quotes of the command line', () => {
    expect(refusalOf({ action: 'Install', source: 'C:\\a" /x "b.msi', sourceHash: HASH })).toEqual([
      'inputs.source may not have quotes or line breaks.',
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('a step that installs an application', () => {
  /** A machine whose msiexec is a script. */
  function aMachine(script: string) {
    const root = aTemporaryPath('windows');
    mkdirSync(join(root, 'System32'), { recursive: true });
    writeFileSync(join(root, 'System32', 'msiexec.exe'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${root}/asked\n${script}\n`, { mode: 0o755 });
    const source = join(root, 'app.msi');
    writeFileSync(source, MSI);
    const context = aScriptContext({ environment: { SystemRoot: root, PATH: '/bin:/usr/bin' } });
    return { context, source, asked: () => readFileSync(join(root, 'asked'), 'utf8').split('\n') };
  }

  test('takes a copy of its own whose checksum is right', async () => {
    const { context, source, asked } = aMachine('exit 0');
    expect(await applications.run(inputsOf({ source }), context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(asked()[0]).toBe('/i');
    expect(asked()[1]).toBe(`"${join(context.stepFolder, 'package.msi')}"`);
    expect(readFileSync(join(context.stepFolder, 'package.msi'), 'utf8')).toBe(MSI);
  });

  test('fails with what is in the log of msiexec', async () => {
    const { context, source } = aMachine(`printf 'E\\0r\\0r\\0o\\0r\\0' > "$(printf '%s' "$6" | tr -d '"')"; exit 67`);
    expect(await applications.run(inputsOf({ source }), context)).toMatchObject({ kind: 'failed', reason: 'msiexec ended with 67.' });
    expect(context.stderr.text).toBe('Error');
  });

  test('fails where the file is another one, and asks msiexec nothing', async () => {
    const { context, source, asked } = aMachine('exit 0');
    writeFileSync(source, `${MSI}!`);
    await expect(applications.run(inputsOf({ source }), context)).rejects.toMatchObject({ code: 'E-CHECKSUM' });
    expect(asked).toThrow();
  });

  test('fails where the file is not there, or its path is relative', async () => {
    const { context, source } = aMachine('exit 0');
    await expect(applications.run(inputsOf({ source: `${source}.none` }), context)).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
    await expect(applications.run(inputsOf({ source: '../app.msi' }), context)).rejects.toMatchObject({ code: 'E-DOWNLOAD-REFUSED' });
  });
});
