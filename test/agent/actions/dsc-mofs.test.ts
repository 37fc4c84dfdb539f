import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dscMofs } from '../../../agent/actions/dsc-mofs.ts';
import { REPORT_MARK } from '../../../agent/actions/dsc-script.ts';
import { fillTokens } from '../../../agent/actions/mof-tokens.ts';
import { DscInputs } from '../../../agent/document/dsc-inputs.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { aTemporaryPath } from '../../builders/agent-folder.ts';
import { aScriptContext } from '../steps/script-context.ts';

const state = (web: boolean) => ({
  InDesiredState: web,
  Resources: [
    { Id: '[WindowsFeature]Web', InDesiredState: web },
    { Id: '[File]Page', InDesiredState: true },
  ],
});
const report = (settings: Record<string, unknown>) =>
  `VERBOSE: something\r\n${REPORT_MARK}${JSON.stringify({ Mofs: { Name: 'web.mof', Before: state(false), After: state(false), Error: '', ...settings }, RebootRequired: settings.reboot === true })}\r\n`;

/** A node whose PowerShell answers so; the MOF is where a test can have one. */
async function configure(output: string, { mode = 'Enforce', ...inputs }: Record<string, unknown> & { mode?: 'Enforce' | 'Audit' } = {}) {
  const folder = aTemporaryPath();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'output'), output);
  writeFileSync(join(folder, 'powershell'), `#!/bin/sh\ncat > ${folder}/input\ncat ${folder}/output\n`);
  chmodSync(join(folder, 'powershell'), 0o755);
  writeFileSync(join(folder, 'web.mof'), 'instance of MSFT_FileDirectoryConfiguration as $x { Contents = "{env:NAME}"; };');
  const uploads: { ComplianceType: string; Items: { Id: string; Status: string }[] }[] = [];
  const controller = {
    ask: (question: { upload: (typeof uploads)[number] }) => {
      uploads.push(question.upload);
      return Promise.resolve({ ignored: false });
    },
  } as unknown as ControllerDesk;
  const context = aScriptContext({ environment: { PATH: `${folder}:/usr/bin:/bin`, NAME: 'lab "7"' }, controller, mode });
  // A path of Windows is asked for where a document says it; here it is one of this computer.
  const parsed = { ...DscInputs.parse({ mofsToApply: 'C:\\mofs\\web.mof', ...inputs }), mofsToApply: [join(folder, 'web.mof')] };
  const outcome = await (mode === 'Audit' ? dscMofs.check?.(parsed, context) : dscMofs.run(parsed, context));
  return { outcome, uploads };
}

const items = (uploads: Awaited<ReturnType<typeof configure>>['uploads']) => uploads[0]?.Items.map(({ Id, Status }) => [Id, Status]);

describe('the MOFs of a node', () => {
  test('are only looked at with ReportOnly and in Audit mode: success does not mean compliant', async () => {
    for (const settings of [{ mofOperationMode: 'ReportOnly' }, { mode: 'Audit' as const }]) {
      const { outcome, uploads } = await configure(report({}), settings);
      expect(outcome).toMatchObject({ kind: 'checked', drift: [{ resource: '[WindowsFeature]Web', property: 'web.mof' }] });
      expect(uploads).toMatchObject([{ ComplianceType: 'Custom:DSC', UploadType: 'COMPLETE' }]);
      expect(items(uploads)).toEqual([
        ['web.mof [WindowsFeature]Web', 'NON_COMPLIANT'],
        ['web.mof [File]Page', 'COMPLIANT'],
      ]);
    }
  });

  test('are applied where the node differs, with a restart where one is needed and allowed', async () => {
    const { outcome, uploads } = await configure(report({ After: state(true) }));
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 0, changes: [{ resource: '[WindowsFeature]Web' }] });
    expect(items(uploads)?.map(([, status]) => status)).toEqual(['COMPLIANT', 'COMPLIANT']);
    expect((await configure(report({ reboot: true }))).outcome).toMatchObject({ kind: 'needs-restart' });
    expect((await configure(report({ reboot: true }), { rebootBehavior: 'Never' })).outcome).toMatchObject({ kind: 'exited' });
  });

  test('that cannot be applied fail, with what PowerShell said', async () => {
    const { outcome, uploads } = await configure(report({ Before: null, After: null, Error: 'The module xWeb is not there.' }));
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'web.mof: The module xWeb is not there.' });
    expect(items(uploads)).toEqual([['web.mof', 'NON_COMPLIANT']]);
    expect((await configure('Access denied')).outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('no report') });
  });

  test('need PowerShell, and no gallery', async () => {
    const inputs = DscInputs.parse({ mofsToApply: 'https://files.lab/web.mof', allowPSGalleryModuleSource: 'True' });
    const context = aScriptContext({ environment: { PATH: '/nowhere' } });
    expect(await dscMofs.run(inputs, context)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('aws:psModule') });
    expect(await dscMofs.run({ ...inputs, allowPSGalleryModuleSource: false }, context)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('PowerShell is not on this node'),
    });
  });
});

test('tokens of a MOF become text inside its strings, in its own encoding; what does not come to nodes is refused', () => {
  const mof = Buffer.from('\ufeffa = "{env:Name}";', 'utf16le');
  const filled = fillTokens(mof, { NAME: 'x"; b = "\\' });
  expect(filled.ok && filled.mof.toString('utf16le')).toBe('\ufeffa = "x\\"; b = \\"\\\\";');
  expect(fillTokens(Buffer.from('"{tag:role}{ssm:password}{env:NONE}"'), {})).toEqual({
    ok: false,
    problem:
      '{tag:role} does not come to nodes; {ssm:password} does not come to nodes; {env:NONE} is no environment variable of this step.',
  });
});
