import type { Patch } from '../patching/patch.ts';
import { WindowsUpdates, windowsPatches } from '../patching/windows-listing.ts';
import type { ActionContext } from '../steps/action.ts';
import { type Installation, type PatchTool, patchingFailed, printedBy, type WantedPatches } from './patch-tool.ts';

/** What both scripts begin with: the updates of this computer, found by the Windows Update Agent, from where it is told to look. */
const SEARCH = `$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$session = New-Object -ComObject Microsoft.Update.Session
$session.ClientApplicationID = 'Holdfast'
$searcher = $session.CreateUpdateSearcher()
`;

const LIST = `${SEARCH}
$history = @{}
$count = $searcher.GetTotalHistoryCount()
if ($count -gt 0) {
  foreach ($entry in $searcher.QueryHistory(0, $count)) {
    if ($entry.ResultCode -eq 2) { $history[$entry.UpdateIdentity.UpdateID] = $entry.Date.ToUniversalTime().ToString('o') }
  }
}
$updates = @(foreach ($update in $searcher.Search("Type='Software' and IsHidden=0").Updates) {
  [pscustomobject]@{
    UpdateID = $update.Identity.UpdateID
    KB = @($update.KBArticleIDs)
    Title = $update.Title
    MsrcSeverity = [string]$update.MsrcSeverity
    Categories = @(foreach ($category in $update.Categories) { [pscustomobject]@{ Type = $category.Type; Name = $category.Name } })
    LastDeploymentChangeTime = $update.LastDeploymentChangeTime.ToUniversalTime().ToString('o')
    CveIDs = @($update.CveIDs)
    IsInstalled = [bool]$update.IsInstalled
    InstalledAt = [string]$history[$update.Identity.UpdateID]
  }
})
$reboot = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
[pscustomobject]@{ RebootRequired = [bool]$reboot; Updates = $updates } | ConvertTo-Json -Depth 5 -Compress
`;

/** Ids come by standard input, one a line: none is ever part of a script. */
const INSTALL = `${SEARCH}
$wanted = @([Console]::In.ReadToEnd() -split "\\s+" | Where-Object { $_ -ne '' })
$chosen = New-Object -ComObject Microsoft.Update.UpdateColl
foreach ($update in $searcher.Search("IsInstalled=0 and Type='Software' and IsHidden=0").Updates) {
  if ($wanted -contains $update.Identity.UpdateID) {
    if (-not $update.EulaAccepted) { $update.AcceptEula() }
    [void]$chosen.Add($update)
  }
}
if ($chosen.Count -eq 0) { exit 0 }
$downloader = $session.CreateUpdateDownloader()
$downloader.Updates = $chosen
[void]$downloader.Download()
$installer = $session.CreateUpdateInstaller()
$installer.Updates = $chosen
$result = $installer.Install()
Write-Output "ResultCode $($result.ResultCode)"
if ($result.ResultCode -ne 2) { exit 1 }
`;

const LIST_SECONDS = 1800;

const powershell = (script: string, more: { input?: string; timeoutSeconds: number; isShown?: boolean }) => ({
  program: 'powershell.exe',
  argumentList: ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encoded(script)],
  ...more,
});

/** As PowerShell takes a script that no command line may change. */
const encoded = (script: string): string => Buffer.from(script, 'utf16le').toString('base64');

/** Patches by the Windows Update Agent, from WSUS where the node's policy says so. */
export const windowsTool: PatchTool = {
  system: 'WINDOWS',
  knowsAge: true,
  list: async (context) => windowsPatches(await updatesOf(context)),
  install,
  awaitingRestart: () => Promise.resolve(new Set()),
};

async function updatesOf(context: ActionContext): Promise<WindowsUpdates> {
  const printed = await printedBy(powershell(LIST, { timeoutSeconds: LIST_SECONDS }), context);
  const updates = WindowsUpdates.safeParse(parsed(printed));
  if (!updates.success) throw patchingFailed('Windows Update did not answer as it should: its list of updates cannot be read.');
  return updates.data;
}

async function install({ patches, timeoutSeconds }: WantedPatches, context: ActionContext): Promise<Installation> {
  const input = patches.map(({ wanted }: Patch) => wanted ?? '').join('\n');
  await printedBy(powershell(INSTALL, { input, timeoutSeconds, isShown: true }), context);
  return { problem: null, needsRestart: (await updatesOf(context)).RebootRequired };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
