import type { StarterDocument } from './starter-document.ts';

const accepted = (name: string, fallback: string) => `  ${name}:
    type: String
    description: (Optional) Accepted for associations that are kept from elsewhere; not used.
    default: "${fallback}"
    maxChars: 1024
`;

const APPLY_DSC_MOFS = `schemaVersion: "2.2"
description: Applies compiled PowerShell DSC configurations (MOFs) to Windows nodes, or only looks at them in Audit mode and with ReportOnly. Each resource is a compliance item.
parameters:
  MofsToApply:
    type: String
    description: (Required) MOF files with commas between. An https address, or an absolute path on the node.
    displayType: textarea
    maxChars: 16384
${accepted('ServicePath', 'default')}${accepted('ReportBucketName', '')}  MofOperationMode:
    type: String
    description: (Optional) ReportOnly looks, and changes nothing.
    allowedValues: [Apply, ReportOnly]
    default: Apply
${accepted('StatusBucketName', '')}${accepted('ModuleSourceBucketName', '')}  AllowPSGalleryModuleSource:
    type: String
    description: (Optional) True is refused. Modules come to the node with aws:psModule.
    allowedValues: ["True", "False"]
    default: "False"
${accepted('ProxyUri', '')}  RebootBehavior:
    type: String
    description: (Optional) When a restart that a configuration needs is asked for.
    allowedValues: [AfterMof, Immediately, Never]
    default: AfterMof
${accepted('UseComputerNameForReporting', 'False')}  EnableVerboseLogging:
    type: String
    description: (Optional) True shows what DSC does.
    allowedValues: ["True", "False"]
    default: "False"
${accepted('EnableDebugLogging', 'False')}  ComplianceType:
    type: String
    description: (Optional) The type of the compliance items.
    default: Custom:DSC
    allowedPattern: ^Custom:[A-Za-z0-9_.-]{1,93}$
  PreRebootScript:
    type: String
    description: (Optional) PowerShell that runs before a restart is asked for.
    default: ""
    displayType: textarea
    maxChars: 65536
mainSteps:
  - action: holdfast:dscMofs
    name: dscMofs
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      mofsToApply: "{{ MofsToApply }}"
      mofOperationMode: "{{ MofOperationMode }}"
      rebootBehavior: "{{ RebootBehavior }}"
      complianceType: "{{ ComplianceType }}"
      enableVerboseLogging: "{{ EnableVerboseLogging }}"
      allowPSGalleryModuleSource: "{{ AllowPSGalleryModuleSource }}"
      preRebootScript: "{{ PreRebootScript }}"
`;

export const dscDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-ApplyDSCMofs', content: APPLY_DSC_MOFS, aliases: ['AWS-ApplyDSCMofs'] },
];
