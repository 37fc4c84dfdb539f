import { expect, test } from 'vitest';
import { defaultBaseline } from '../../../agent/patching/default-baselines.ts';
import { judge } from '../../../agent/patching/judgement.ts';
import { WindowsUpdates, windowsPatches } from '../../../agent/patching/windows-listing.ts';

const update = (settings: Record<string, unknown>) => ({
  UpdateID: '8a1f0b52-6f0e-4a79-9f0c-0c6a2a6f3a11',
  KB: ['5034441'],
  Title: '2024-01 Cumulative Update for Windows Server 2022 (KB5034441)',
  MsrcSeverity: 'Critical',
  Categories: [
    { Type: 'UpdateClassification', Name: 'Security Updates' },
    { Type: 'Product', Name: 'Windows Server 2022' },
  ],
  LastDeploymentChangeTime: '2024-01-09T00:00:00.0000000Z',
  CveIDs: [],
  IsInstalled: false,
  InstalledAt: '',
  ...settings,
});

test('what the Windows Update Agent says is judged by classification, severity and age', () => {
  const patches = windowsPatches(
    WindowsUpdates.parse({
      RebootRequired: false,
      Updates: [
        update({}),
        update({ KB: ['2'], MsrcSeverity: '' }),
        update({ KB: ['3'], LastDeploymentChangeTime: '2024-01-20T00:00:00Z' }),
        update({ KB: ['4'], IsInstalled: true, InstalledAt: '2024-01-10T00:00:00Z' }),
        update({ KB: [], Categories: [] }),
      ],
    }),
  );
  const now = new Date('2024-01-21T00:00:00Z');
  const { baseline } = defaultBaseline('WINDOWS');
  const { patches: judged, counts } = judge(patches, { baseline, now, awaitingRestart: new Set(), failed: new Set() });
  expect(judged.map(({ patch, state }) => [patch.id, state])).toEqual([
    ['KB4', 'Installed'],
    ['KB5034441', 'Missing'],
  ]);
  expect(counts).toMatchObject({ Missing: 1, Installed: 1 });
});
