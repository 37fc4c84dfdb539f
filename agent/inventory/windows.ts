import type { InventoryEntry } from '../protocol/inventory.ts';
import type { Collected, Machine } from './machine.ts';
import { entryOf } from './machine.ts';
import { askPowerShell } from './powershell.ts';

const UNINSTALL =
  "Get-ItemProperty 'HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*','HKLM:\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*' -ErrorAction SilentlyContinue";

const APPLICATIONS = `@(${UNINSTALL} | Where-Object { $_.DisplayName -and -not $_.SystemComponent } | Sort-Object DisplayName,DisplayVersion,PSPath | ForEach-Object { [pscustomobject]@{ Name=$_.DisplayName; Version=$_.DisplayVersion; Publisher=$_.Publisher; InstalledTime=$_.InstallDate; URL=$_.URLInfoAbout; Architecture=$(if ($_.PSPath -match 'WOW6432Node') {'i386'} else {'x86_64'}); PackageId=$_.PSChildName } })`;

/** 20250304, as installers write it in the registry, as the API has times. */
function withTime(entry: InventoryEntry): InventoryEntry {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(entry.InstalledTime ?? '') ?? [];
  return year === undefined ? entry : { ...entry, InstalledTime: `${year}-${month}-${day}T00:00:00Z` };
}

export async function windowsApplications(machine: Machine): Promise<Collected> {
  return (await askPowerShell(machine, APPLICATIONS))?.map(withTime) ?? null;
}

const SERVICES = `@(Get-CimInstance Win32_Service | Sort-Object Name | ForEach-Object { $s = Get-Service -Name $_.Name -ErrorAction SilentlyContinue; [pscustomobject]@{ Name=$_.Name; DisplayName=$_.DisplayName; ServiceType=$_.ServiceType; Status=$_.State; StartType=$_.StartMode; DependentServices=@($s.DependentServices.Name) -join ' '; ServicesDependedOn=@($s.ServicesDependedOn.Name) -join ' ' } })`;

export const windowsServices = (machine: Machine): Promise<Collected> => askPowerShell(machine, SERVICES);

const NETWORK = `@(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' | Sort-Object Index | ForEach-Object { [pscustomobject]@{ Name=$_.Description; MacAddress=$_.MACAddress; IPV4=@($_.IPAddress | Where-Object { $_ -notmatch ':' }) -join ', '; IPV6=@($_.IPAddress | Where-Object { $_ -match ':' }) -join ', '; SubnetMask=@($_.IPSubnet | Where-Object { $_ -match '\\.' }) -join ', '; Gateway=@($_.DefaultIPGateway) -join ', '; DHCPServer=$_.DHCPServer; DNSServer=@($_.DNSServerSearchOrder) -join ', ' } })`;

export const windowsNetwork = (machine: Machine): Promise<Collected> => askPowerShell(machine, NETWORK);

const UPDATES = `@(Get-CimInstance Win32_QuickFixEngineering | Sort-Object HotFixID | ForEach-Object { [pscustomobject]@{ HotFixId=$_.HotFixID; Description=$_.Description; InstalledBy=$_.InstalledBy; InstalledTime=$(if ($_.InstalledOn) { $_.InstalledOn.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') } else { '' }) } })`;

export const windowsUpdates = (machine: Machine): Promise<Collected> => askPowerShell(machine, UPDATES);

const ROLES = `@(if (Get-Command Get-WindowsFeature -ErrorAction SilentlyContinue) { Get-WindowsFeature | Sort-Object Name | ForEach-Object { [pscustomobject]@{ Name=$_.Name; DisplayName=$_.DisplayName; Description=$_.Description; Installed=[string]$_.Installed; InstalledState=[string]$_.InstallState; FeatureType=$_.FeatureType; Path=$_.Path; SubFeatures=@($_.SubFeatures) -join ' '; DependsOn=@($_.DependsOn) -join ' '; Parent=$_.Parent } } })`;

export const windowsRoles = (machine: Machine): Promise<Collected> => askPowerShell(machine, ROLES);

const DETAILS = `@(Get-CimInstance Win32_Processor | Select-Object -First 1 | ForEach-Object { $o = Get-CimInstance Win32_OperatingSystem; $a = @(Get-CimInstance Win32_Processor); [pscustomobject]@{ CPUModel=$_.Name; CPUSpeedMHz=$_.MaxClockSpeed; CPUs=($a | Measure-Object NumberOfLogicalProcessors -Sum).Sum; CPUSockets=$a.Count; CPUCores=($a | Measure-Object NumberOfCores -Sum).Sum; CPUHyperThreadEnabled=([string](($a | Measure-Object NumberOfLogicalProcessors -Sum).Sum -gt ($a | Measure-Object NumberOfCores -Sum).Sum)).ToLower(); OSServicePack=$o.ServicePackMajorVersion; KernelVersion=$o.Version } })`;

export const windowsDetails = (machine: Machine): Promise<Collected> => askPowerShell(machine, DETAILS);

/** A key of the registry that a document asks for. */
export interface RegistryFilter {
  readonly Path: string;
  readonly Recursive: boolean;
  readonly ValueNames: readonly string[];
}

/** AWS's limit. */
export const MOST_REGISTRY_VALUES = 250;

/** A PowerShell string in which nothing means anything. */
const quoted = (text: string): string => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;

export function registryPipeline({ Path, Recursive, ValueNames }: RegistryFilter): string {
  const keys = `@(Get-Item -LiteralPath ${quoted(`Registry::${Path}`)} -ErrorAction SilentlyContinue)${
    Recursive ? ` + @(Get-ChildItem -LiteralPath ${quoted(`Registry::${Path}`)} -Recurse -ErrorAction SilentlyContinue)` : ''
  }`;
  const wanted = ValueNames.length === 0 ? '$true' : `@(${ValueNames.map(quoted).join(',')}) -contains $n`;
  return `@(${keys} | ForEach-Object { $k = $_; $k.GetValueNames() | ForEach-Object { $n = $_; if (${wanted}) { [pscustomobject]@{ KeyPath=$k.Name; ValueName=$n; ValueType=[string]$k.GetValueKind($n); Value=[string]($k.GetValue($n) -join ' ') } } } } | Select-Object -First ${MOST_REGISTRY_VALUES})`;
}

export async function windowsRegistry(machine: Machine, filters: readonly RegistryFilter[]): Promise<Collected> {
  const found: InventoryEntry[] = [];
  for (const filter of filters) {
    const values = await askPowerShell(machine, registryPipeline(filter));
    if (values === null) return null;
    found.push(...values.map(entryOf));
    if (found.length >= MOST_REGISTRY_VALUES) {
      machine.warn(`AWS:WindowsRegistry has the first ${MOST_REGISTRY_VALUES} values; there may be more.`);
      break;
    }
  }
  return found.slice(0, MOST_REGISTRY_VALUES);
}
