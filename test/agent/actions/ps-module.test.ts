import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { psModule } from '../../../agent/actions/ps-module.ts';
import { parseActionInputs } from '../../../agent/document/action-inputs.ts';
import type { ModuleInputs } from '../../../agent/document/windows-package-inputs.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aZip, type PackedEntry } from '../../builders/archives.ts';
import { aScriptContext } from '../steps/script-context.ts';

function inputsOf(inputs: object): ModuleInputs {
  const parsed = parseActionInputs('aws:psModule', inputs);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.inputs;
}

/** A machine with a module folder, a zip, and a pwsh that shows the script that it gets. */
function aMachine(entries: readonly PackedEntry[]) {
  const root = aTemporaryPath('windows');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'pwsh'), '#!/bin/sh\nshift 4\ncat "$1"\n', { mode: 0o755 });
  const source = join(root, 'module.zip');
  writeFileSync(source, aZip(entries));
  const sourceHash = createHash('sha256').update(readFileSync(source)).digest('hex');
  const context = aScriptContext({ environment: { ProgramFiles: root, PATH: `${root}:/bin:/usr/bin` } });
  return { context, source, sourceHash, modules: join(root, 'WindowsPowerShell', 'Modules') };
}

describe.skipIf(process.platform === 'win32')('a step that installs a PowerShell module', () => {
  test('puts each folder of the archive into the module folder, and then runs its commands', async () => {
    const machine = aMachine([
      { name: 'Lab/Lab.psd1', content: 'new' },
      { name: 'Lab/en/help.txt', content: 'help' },
    ]);
    mkdirSync(join(machine.modules, 'Lab'), { recursive: true });
    writeFileSync(join(machine.modules, 'Lab', 'old.psm1'), 'old');
    const { source, sourceHash } = machine;
    const outcome = await psModule.run(inputsOf({ source, sourceHash, runCommand: ['Import-Module Lab', 'Get-Lab'] }), machine.context);
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(readFileSync(join(machine.modules, 'Lab', 'Lab.psd1'), 'utf8')).toBe('new');
    expect(readFileSync(join(machine.modules, 'Lab', 'en', 'help.txt'), 'utf8')).toBe('help');
    expect(existsSync(join(machine.modules, 'Lab', 'old.psm1'))).toBe(false);
    expect(readdirSync(machine.modules)).toEqual(['Lab']);
    expect(machine.context.stdout.text).toBe('Installed the module Lab.\n\uFEFFImport-Module Lab\nGet-Lab\n');
  });

  test('takes files at the top as one module, by the name of its manifest', async () => {
    const { context, source, sourceHash, modules } = aMachine([
      { name: 'Lab.psm1', content: 'code' },
      { name: 'Lab.psd1', content: 'manifest' },
    ]);
    expect(await psModule.run(inputsOf({ source, sourceHash }), context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(readdirSync(join(modules, 'Lab')).sort()).toEqual(['Lab.psd1', 'Lab.psm1']);
  });

  test('fails where there is no module in the archive, or something that leads out of it', async () => {
    const none = aMachine([{ name: 'readme.txt', content: '' }]);
    expect(await psModule.run(inputsOf({ source: none.source, sourceHash: none.sourceHash }), none.context)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('no module'),
    });
    const hostile = aMachine([{ name: '../out.psd1', content: '' }]);
    await expect(psModule.run(inputsOf({ source: hostile.source, sourceHash: hostile.sourceHash }), hostile.context)).rejects.toMatchObject(
      { code: 'E-ARCHIVE' },
    );
  });

  test('only runs its commands where it has no source', async () => {
    const { context } = aMachine([]);
    expect(await psModule.run(inputsOf({ source: '', runCommand: 'Get-Date' }), context)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(context.stdout.text).toContain('Get-Date');
  });

  test('is refused with a source and no checksum', () => {
    const parsed = parseActionInputs('aws:psModule', { source: 'https://lab/m.zip' });
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: ['inputs', 'sourceHash'] }] });
  });
});
