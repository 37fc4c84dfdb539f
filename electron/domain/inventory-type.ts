import type { InventoryEntry } from '../../agent/protocol/inventory.ts';
import { CONTROL_CHARACTERS } from './tag.ts';

/** spec.md 15. */
export const CUSTOM_INVENTORY_LIMIT = 20;
export const INVENTORY_KEPT_DAYS = 30;

export const APPLICATION_TYPE = 'AWS:Application';

export type InventoryAttribute = { name: string; dataType: 'string' | 'number' };
export type InventorySchema = { typeName: string; version: string; attributes: readonly InventoryAttribute[] };

/** Where the entries of a type come from. */
type Source = 'put' | 'derived';

const strings = (names: string): InventoryAttribute[] => names.split(' ').map((name) => ({ name, dataType: 'string' }));
const numbers = (names: string): InventoryAttribute[] => names.split(' ').map((name) => ({ name, dataType: 'number' }));

const COUNTS = 'CriticalCount HighCount MediumCount LowCount InformationalCount UnspecifiedCount';
const counts = (before: string) =>
  numbers(
    COUNTS.split(' ')
      .map((name) => `${before}${name}`)
      .join(' '),
  );

/** Every type that there is by itself, with the attributes that the API has for it. */
const TYPES: Readonly<Record<string, { version?: string; source: Source; attributes: readonly InventoryAttribute[] }>> = {
  'AWS:Application': {
    version: '1.1',
    source: 'put',
    attributes: strings('Name ApplicationType Publisher Version Release Epoch InstalledTime Architecture URL Summary PackageId'),
  },
  'AWS:AWSComponent': { source: 'put', attributes: strings('Name ApplicationType Publisher Version InstalledTime Architecture URL') },
  'AWS:BillingInfo': { source: 'put', attributes: strings('BillingProductId') },
  'AWS:ComplianceItem': {
    source: 'derived',
    attributes: strings(
      'ComplianceType ExecutionId ExecutionType ExecutionTime Id Title Status Severity DocumentName DocumentVersion Classification PatchBaselineId PatchSeverity PatchState PatchGroup InstalledTime InstallOverrideList',
    ),
  },
  'AWS:ComplianceSummary': {
    source: 'derived',
    attributes: [
      ...strings('ComplianceType PatchGroup PatchBaselineId Status OverallSeverity ExecutionId ExecutionType ExecutionTime'),
      ...counts('Compliant'),
      ...counts('NonCompliant'),
    ],
  },
  'AWS:File': {
    source: 'put',
    attributes: strings(
      'Name Size Description FileVersion InstalledDate ModificationTime LastAccessTime ProductName InstalledDir ProductLanguage CompanyName ProductVersion',
    ),
  },
  'AWS:InstanceDetailedInformation': {
    source: 'put',
    attributes: strings('CPUModel CPUCores CPUs CPUSpeedMHz CPUSockets CPUHyperThreadEnabled OSServicePack KernelVersion'),
  },
  'AWS:InstanceInformation': {
    source: 'derived',
    attributes: strings(
      'AgentType AgentVersion ComputerName InstanceId IpAddress PlatformName PlatformType PlatformVersion ResourceType AgentStatus InstanceStatus',
    ),
  },
  'AWS:Network': { source: 'put', attributes: strings('Name SubnetMask Gateway DHCPServer DNSServer MacAddress IPV4 IPV6') },
  'AWS:PatchCompliance': { source: 'put', attributes: strings('Title KBId Classification Severity State InstalledTime') },
  'AWS:PatchSummary': {
    source: 'put',
    attributes: [
      ...strings(
        'PatchGroup BaselineId SnapshotId OwnerInformation OperationType OperationStartTime OperationEndTime InstallOverrideList RebootOption',
      ),
      ...numbers(
        'InstalledCount InstalledPendingRebootCount InstalledOtherCount InstalledRejectedCount NotApplicableCount UnreportedNotApplicableCount MissingCount FailedCount CriticalNonCompliantCount SecurityNonCompliantCount OtherNonCompliantCount',
      ),
    ],
  },
  'AWS:Process': {
    source: 'put',
    attributes: strings(
      'StartTime CommandLine User FileName FileVersion FileDescription FileSize CompanyName ProductName ProductVersion InstalledDate InstalledDir UsageId',
    ),
  },
  'AWS:ResourceGroup': { source: 'derived', attributes: strings('Name Arn') },
  'AWS:Service': {
    source: 'put',
    attributes: strings('Name DisplayName ServiceType Status DependentServices ServicesDependedOn StartType'),
  },
  'AWS:Tag': { source: 'derived', attributes: strings('Key Value') },
  'AWS:WindowsRegistry': { source: 'put', attributes: strings('KeyPath ValueName ValueType Value') },
  'AWS:WindowsRole': {
    source: 'put',
    attributes: strings(
      'Name DisplayName Path FeatureType DependsOn Description Installed InstalledState SubFeatures ServerComponentDescriptor Parent',
    ),
  },
  'AWS:WindowsUpdate': { source: 'put', attributes: strings('HotFixId Description InstalledTime InstalledBy') },
};

export const isCustomInventory = (typeName: string): boolean => typeName.startsWith('Custom:');

/** The schema of a type that there is by itself; null for every other one. */
export function builtInSchema(typeName: string): InventorySchema | null {
  const known = Object.hasOwn(TYPES, typeName) ? TYPES[typeName] : undefined;
  return known === undefined ? null : { typeName, version: known.version ?? '1.0', attributes: known.attributes };
}

export const builtInSchemas = (): InventorySchema[] => Object.keys(TYPES).flatMap((typeName) => builtInSchema(typeName) ?? []);

/** Whether Holdfast makes its entries itself of what it knows of a node, so that nobody puts any. */
export const isDerived = (typeName: string): boolean => Object.hasOwn(TYPES, typeName) && TYPES[typeName]?.source === 'derived';

/** An attribute that no built-in type has; null where all are right, and for a custom type, which may have any. */
export function strangeAttribute(typeName: string, content: readonly InventoryEntry[]): string | null {
  const schema = builtInSchema(typeName);
  if (schema === null) return null;
  const known = new Set(schema.attributes.map(({ name }) => name));
  for (const entry of content) {
    const strange = Object.keys(entry).find((name) => !known.has(name));
    if (strange !== undefined) return strange;
  }
  return null;
}

const EVERY_CONTROL_CHARACTER = new RegExp(CONTROL_CHARACTERS, 'gu');

/** Values as they are kept: on one line, and in one direction of writing. */
export const cleanedEntry = (entry: InventoryEntry): InventoryEntry =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, value.replace(EVERY_CONTROL_CHARACTER, ' ')]));

/** Which of two schema versions is the newer: 1.10 after 1.9. */
export function compareSchemaVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}
