import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aptTool } from '../../../agent/actions/apt-patches.ts';
import { patchBaselineWith } from '../../../agent/actions/patch-baseline.ts';
import { PatchInputs } from '../../../agent/document/patch-inputs.ts';
import type { ActionOutcome, ControllerDesk } from '../../../agent/steps/action.ts';
import { type AptPackage, LocalAptRepository, testWithApt } from '../../builders/local-apt-repository.ts';
import { aScriptContext, type TestContext } from '../steps/script-context.ts';

/** Real apt and dpkg, on packages of our own: an archive with a pocket for security, and a node that is behind it. */
const SECURITY = { pocket: 'security', release: { Suite: 'stable-security', Codename: 'lab-security', Label: 'Lab-Security' } };
const before: AptPackage[] = ['lock', 'door', 'paint', 'kept'].map((name) => ({ name, version: '1.0', fields: { Priority: 'important' } }));

let apt: LocalAptRepository;
const restartFlag = () => join(apt.folder, 'reboot-required');

beforeAll(async () => {
  if (testWithApt === test.skip) return;
  apt = await LocalAptRepository.open(before);
  await apt.install('lock', 'door', 'paint', 'kept');
  await apt.run('apt-mark', ['hold', 'kept']);
  await apt.publish(
    ['lock', 'kept'].map((name) => ({ name, version: '1.1', fields: { Priority: 'important' } })),
    SECURITY,
  );
  await apt.publish([{ name: 'paint', version: '2.0' }]);
});

afterAll(() => apt?.close());

interface Item {
  readonly Id: string;
  readonly Severity: string;
  readonly Status: string;
  readonly Details: Readonly<Record<string, string>>;
}

interface Patched {
  readonly outcome: ActionOutcome;
  readonly context: TestContext;
  /** What was put into compliance, upload by upload. */
  readonly uploads: { ComplianceType: string; UploadType: string; Items: Item[] }[];
  readonly items: Item[];
}

async function patch(inputs: Record<string, unknown>, settings: Parameters<typeof aScriptContext>[0] = {}): Promise<Patched> {
  const uploads: Patched['uploads'] = [];
  const controller = {
    ask: (question: { upload: Patched['uploads'][number] }) => {
      uploads.push(question.upload);
      return Promise.resolve({ ignored: false });
    },
  } as unknown as ControllerDesk;
  const context = aScriptContext({ environment: { ...apt.environment }, controller, ...settings });
  const action = patchBaselineWith(() => aptTool('DEBIAN', restartFlag()));
  const parsed = PatchInputs.parse(inputs);
  const outcome = await (settings.mode === 'Audit' ? action.check?.(parsed, context) : action.run(parsed, context));
  if (outcome === undefined) throw new Error('It cannot check.');
  return { outcome, context, uploads, items: uploads.at(-1)?.Items ?? [] };
}

const states = (items: readonly Item[]) => Object.fromEntries(items.map(({ Id, Details }) => [Id, Details.PatchState]));

const override = (settings: Record<string, unknown>) =>
  JSON.stringify([{ OperatingSystem: 'REDHAT_ENTERPRISE_LINUX' }, { OperatingSystem: 'DEBIAN', BaselineId: 'pb-lab', ...settings }]);
const everything = {
  ApprovalRules: {
    PatchRules: [
      {
        PatchFilterGroup: { PatchFilters: [{ Key: 'PRIORITY', Values: ['*'] }] },
        ComplianceLevel: 'CRITICAL',
        EnableNonSecurity: true,
      },
    ],
  },
};

describe('a patch baseline on a node with apt', () => {
  testWithApt('finds what is missing, and installs nothing of it', async () => {
    const { outcome, items, uploads, context } = await patch({ operation: 'Scan' });
    expect(outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(uploads).toMatchObject([{ ComplianceType: 'Patch', UploadType: 'COMPLETE' }]);
    expect(states(items)).toEqual({ lock: 'Missing', kept: 'Missing' });
    expect(items[0]).toMatchObject({
      Status: 'NON_COMPLIANT',
      Severity: 'HIGH',
      Details: { Classification: 'Security', PatchSeverity: 'Important', PatchBaselineId: 'holdfast-default-debian', DocumentName: 'Test' },
    });
    expect(context.stdout.text).toContain('Missing: 2');
    expect(context.stdout.text).toContain('InstalledOther: 2');
    expect(await apt.installedVersion('lock')).toBe('1.0');
  });

  testWithApt('tells in Audit mode what Install would bring, as drift, and writes the same compliance', async () => {
    const { outcome, items } = await patch({ operation: 'Install' }, { mode: 'Audit' });
    expect(outcome).toMatchObject({
      kind: 'checked',
      drift: [
        { resource: 'patch kept', property: 'version', before: '1.0', after: '1.1' },
        { resource: 'patch lock', property: 'version', before: '1.0', after: '1.1' },
      ],
    });
    expect(states(items)).toEqual({ lock: 'Missing', kept: 'Missing' });
    expect(await apt.installedVersion('lock')).toBe('1.0');
  });

  testWithApt('writes the item of an association where that is asked for', async () => {
    const context = aScriptContext();
    const { uploads } = await patch({ operation: 'Scan', report: 'Association', associationId: 'this' }, { run: context.run });
    expect(uploads).toEqual([
      {
        ComplianceType: 'Association',
        UploadType: 'PARTIAL',
        Items: [
          {
            Id: context.run.associationId,
            Status: 'NON_COMPLIANT',
            Severity: 'HIGH',
            Details: expect.objectContaining({ PatchBaselineId: 'holdfast-default-debian', MissingCount: '2' }),
          },
        ],
      },
    ]);
  });

  testWithApt('installs what the baseline approves and nothing else, and nothing a second time; what is on hold stays', async () => {
    const { outcome, items, context } = await patch({ operation: 'Install' });
    expect(outcome).toEqual({
      kind: 'exited',
      exitCode: 0,
      changes: [{ resource: 'patch lock', property: 'version', before: '1.0', after: '1.1' }],
    });
    expect(states(items)).toEqual({ lock: 'Installed', kept: 'Missing' });
    expect(items.find(({ Id }) => Id === 'lock')).toMatchObject({
      Status: 'COMPLIANT',
      Details: { InstalledTime: expect.stringMatching(/^\d{4}-/) },
    });
    expect(context.stdout.text).toContain('On hold on this node, so not installed: kept.');
    expect([await apt.installedVersion('lock'), await apt.installedVersion('paint')]).toEqual(['1.1', '1.0']);
    expect((await patch({ operation: 'Install' })).outcome).toEqual({ kind: 'exited', exitCode: 0, changes: [] });
  });

  testWithApt('goes by the baseline of its system in BaselineOverride: levels, non-security updates, and what is rejected', async () => {
    const scan = await patch({ operation: 'Scan', baselineOverride: override({ ...everything, RejectedPatches: ['kept*'] }) });
    expect(states(scan.items)).toEqual({ lock: 'Installed', door: 'Installed', paint: 'Missing' });
    expect(scan.items[0]).toMatchObject({ Id: 'paint', Severity: 'CRITICAL', Details: { PatchBaselineId: 'pb-lab' } });
    const blocked = override({ ...everything, RejectedPatches: ['door'], RejectedPatchesAction: 'BLOCK' });
    expect(states((await patch({ operation: 'Scan', baselineOverride: blocked })).items)).toMatchObject({ door: 'InstalledRejected' });
  });

  testWithApt('installs what a list names, whatever the baseline says', async () => {
    const { outcome } = await patch({
      operation: 'Install',
      installOverrideList: 'patches:\n  - id: pai*\n    title: "2.*"\n  - id: kept\n',
    });
    expect(outcome).toMatchObject({ kind: 'exited', changes: [{ resource: 'patch paint', after: '2.0' }] });
    expect(await apt.installedVersion('paint')).toBe('2.0');
  });

  testWithApt.for([
    [{ baselineOverride: '{"OperatingSystem":"DEBIAN"}', installOverrideList: 'patches: []' }, 'cannot be used together'],
    [{ baselineOverride: '[{"OperatingSystem":"WINDOWS"}]' }, 'has no baseline for DEBIAN'],
    [{ baselineOverride: '[{"OperatingSystem":"DEBIAN"},{"OperatingSystem":"DEBIAN"}]' }, 'two baselines for DEBIAN'],
    [
      { baselineOverride: override({ ApprovalRules: { PatchRules: [{ PatchFilterGroup: { PatchFilters: [] }, ApproveAfterDays: 7 }] } }) },
      'since when',
    ],
    [{ baselineOverride: '{' }, 'BaselineOverride cannot be read'],
    [{ baselineOverride: 'file:///etc/passwd' }, 'https address'],
    [{ installOverrideList: 'patches: yes' }, 'must be a list'],
  ] as const)('refuses %j', async ([inputs, because]) => {
    const { outcome } = await patch({ operation: 'Install', ...inputs });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining(because) });
  });

  testWithApt('asks for a restart once where a package needs one, and reports it as pending where it may not', async () => {
    const work = aScriptContext();
    const settings = { stateFolder: work.stateFolder };
    const door = (version: string) => ({ name: 'door', version, scripts: { postinst: `touch '${restartFlag()}'` } });
    await apt.publish([door('1.2')], SECURITY);
    const first = await patch({ operation: 'Install', rebootOption: 'NoReboot' }, settings);
    expect(first.outcome).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(states(first.items)).toMatchObject({ door: 'InstalledPendingReboot' });
    expect(first.items.find(({ Id }) => Id === 'door')).toMatchObject({ Status: 'NON_COMPLIANT' });
    const second = await patch({ operation: 'Install', rebootOption: 'RebootIfNeeded' }, settings);
    expect(second.outcome).toEqual({ kind: 'needs-restart', changes: [] });
    // What a restart does: the flag is on a file system that does not outlive it, and the boot is another one.
    rmSync(restartFlag());
    writeFileSync(join(work.stateFolder, 'patching/awaiting-restart.json'), JSON.stringify({ bootId: 'the one before', ids: ['door'] }));
    const third = await patch({ operation: 'Install', rebootOption: 'RebootIfNeeded' }, settings);
    expect(third.outcome).toEqual({ kind: 'exited', exitCode: 0, changes: [] });
    expect(states(third.items)).toMatchObject({ door: 'Installed' });
  });

  testWithApt('reports what could not be installed as failed, and why', async () => {
    await apt.publish([{ name: 'door', version: '1.3', fields: { Depends: 'no-such-package' } }], SECURITY);
    const { outcome, items } = await patch({ operation: 'Install' });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('apt-get ended with exit code 100') });
    expect(states(items)).toMatchObject({ door: 'Failed' });
  });

  testWithApt('fails where the lists cannot be fetched, and takes no old ones for new', async () => {
    rmSync(join(apt.folder, 'archive/security'), { recursive: true });
    const { outcome, uploads } = await patch({ operation: 'Scan' });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('The package lists could not be fetched') });
    expect(uploads).toEqual([]);
  });
});
