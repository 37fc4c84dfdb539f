import * as z from 'zod';

/** Before the one line of the script that is its report; all else that it prints is for people. */
export const REPORT_MARK = 'HOLDFAST-DSC-REPORT ';

/**
 * Looks at each MOF and, where that is asked for, applies those that the node differs from. What it works on comes as JSON by standard
 * input, so that no name is ever part of a script.
 */
export const DSC_SCRIPT = `$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$work = [Console]::In.ReadToEnd() | ConvertFrom-Json
if ($work.Verbose) { $VerbosePreference = 'Continue' }

function Get-MofState([string]$File) {
  $tested = Test-DscConfiguration -ReferenceConfiguration $File
  $resources = @()
  foreach ($resource in @($tested.ResourcesInDesiredState)) {
    if ($resource) { $resources += [pscustomobject]@{ Id = $resource.ResourceId; InDesiredState = $true } }
  }
  foreach ($resource in @($tested.ResourcesNotInDesiredState)) {
    if ($resource) { $resources += [pscustomobject]@{ Id = $resource.ResourceId; InDesiredState = $false } }
  }
  [pscustomobject]@{ InDesiredState = [bool]$tested.InDesiredState; Resources = $resources }
}

$mofs = @()
$reboot = $false
foreach ($mof in @($work.Mofs)) {
  $entry = [pscustomobject]@{ Name = $mof.Name; Before = $null; After = $null; Error = '' }
  try {
    $entry.Before = Get-MofState $mof.File
    $entry.After = $entry.Before
    if ($work.Apply -and -not $entry.Before.InDesiredState) {
      Start-DscConfiguration -Path $mof.Folder -Wait -Force
      $entry.After = Get-MofState $mof.File
    }
  } catch { $entry.Error = [string]$_ }
  $mofs += $entry
  $reboot = $reboot -or ((Get-DscLocalConfigurationManager).LCMState -eq 'PendingReboot')
  if ($reboot -and $work.StopAtReboot) { break }
}
Write-Output ('${REPORT_MARK}' + ([pscustomobject]@{ Mofs = $mofs; RebootRequired = [bool]$reboot } | ConvertTo-Json -Depth 6 -Compress))
`;

/** PowerShell writes a list of one as that one. */
const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.preprocess((given) => (given === null || given === undefined ? [] : [given].flat()), z.array(entry));

const MofState = z.object({
  InDesiredState: z.boolean(),
  Resources: listOf(z.object({ Id: z.string(), InDesiredState: z.boolean() })),
});

export const DscReport = z.object({
  Mofs: listOf(z.object({ Name: z.string(), Before: MofState.nullable(), After: MofState.nullable(), Error: z.string() })),
  RebootRequired: z.boolean(),
});
export type DscReport = z.infer<typeof DscReport>;

/** Null where the script ended before it had one. */
export function readDscReport(output: string): DscReport | null {
  const line = output.split(/\r?\n/).findLast((candidate) => candidate.startsWith(REPORT_MARK));
  if (line === undefined) return null;
  try {
    const report = DscReport.safeParse(JSON.parse(line.slice(REPORT_MARK.length)));
    return report.success ? report.data : null;
  } catch {
    return null;
  }
}
