import type { StarterDocument } from './starter-document.ts';

const REBOOT_OPTION = `  RebootOption:
    type: String
    description: (Optional) Whether a restart of the node is asked for when patches need one. An agent that was started with --restart-machine does it by itself; elsewhere the step waits for it.
    allowedValues: [RebootIfNeeded, NoReboot]
    default: RebootIfNeeded`;

const OPERATION = `  Operation:
    type: String
    description: (Required) Scan finds what is missing; Install also installs what the patch baseline approves.
    allowedValues: [Scan, Install]`;

const INSTALL_OVERRIDE_LIST = `  InstallOverrideList:
    type: String
    description: (Optional) The only patches to install, as YAML or JSON (patches, each with an id and perhaps a title), or an https address where that is.
    default: ""
    displayType: textarea
    maxChars: 65536`;

const RUN_PATCH_BASELINE = `schemaVersion: "2.2"
description: Finds the patches that a node lacks, or installs them, by a patch baseline, and writes them to the node's Patch compliance.
parameters:
${OPERATION}
  AssociationId:
    type: String
    description: (Optional) Accepted for documents that are kept from elsewhere; not used.
    allowedPattern: ^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$
    default: ""
  SnapshotId:
    type: String
    description: (Optional) Accepted for documents that are kept from elsewhere; the state of a node's package sources is what counts.
    allowedPattern: ^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$
    default: ""
${INSTALL_OVERRIDE_LIST}
  BaselineOverride:
    type: String
    description: (Optional) Patch baselines in place of the default one, as a JSON list, or an https address where that is. A node uses the one of its operating system.
    default: ""
    displayType: textarea
    maxChars: 65536
${REBOOT_OPTION}
mainSteps:
  - action: holdfast:patchBaseline
    name: patchBaseline
    inputs:
      operation: "{{ Operation }}"
      associationId: "{{ AssociationId }}"
      snapshotId: "{{ SnapshotId }}"
      installOverrideList: "{{ InstallOverrideList }}"
      baselineOverride: "{{ BaselineOverride }}"
      rebootOption: "{{ RebootOption }}"
      timeoutSeconds: 7200
`;

const RUN_PATCH_BASELINE_ASSOCIATION = `schemaVersion: "2.2"
description: Finds the patches that a node lacks, or installs them, by a patch baseline, and writes the compliance of one association, whose SyncCompliance has to be MANUAL.
parameters:
${OPERATION}
  AssociationId:
    type: String
    description: (Required) The id of the association whose compliance is written, which has to apply to the node; "this" is the one that runs the document.
    allowedPattern: ^this$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$
  BaselineTags:
    type: String
    description: (Optional) A tag by which a patch baseline is chosen, as Key=name,Values=value. This version stores no patch baselines, so the default one is used.
    allowedPattern: ^$|^Key=[^,]{1,128},Values=.{1,256}$
    default: ""
${INSTALL_OVERRIDE_LIST}
${REBOOT_OPTION}
mainSteps:
  - action: holdfast:patchBaseline
    name: patchBaseline
    inputs:
      operation: "{{ Operation }}"
      report: Association
      associationId: "{{ AssociationId }}"
      baselineTags: "{{ BaselineTags }}"
      installOverrideList: "{{ InstallOverrideList }}"
      rebootOption: "{{ RebootOption }}"
      timeoutSeconds: 7200
`;

export const patchDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-RunPatchBaseline', content: RUN_PATCH_BASELINE, aliases: ['AWS-RunPatchBaseline'] },
  {
    name: 'Holdfast-RunPatchBaselineAssociation',
    content: RUN_PATCH_BASELINE_ASSOCIATION,
    aliases: ['AWS-RunPatchBaselineAssociation'],
  },
];
