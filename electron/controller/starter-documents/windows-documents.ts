import type { StarterDocument } from './starter-document.ts';

const INSTALL_APPLICATION = `schemaVersion: "2.2"
description: Installs, repairs or removes an MSI package on Windows nodes, from this site's network or from a path on the node.
parameters:
  action:
    type: String
    description: (Optional) What is done with the application.
    allowedValues: [Install, Repair, Uninstall]
    default: Install
  parameters:
    type: String
    description: (Optional) Properties and options for msiexec, such as ALLUSERS=1.
    default: ""
    displayType: textarea
    maxChars: 4096
  source:
    type: String
    description: (Required) The MSI package, as a URL or as an absolute path on the node.
    allowedPattern: ^(https?://.+|[A-Za-z]:\\\\.+|\\\\\\\\.+|)$
    maxChars: 2048
  sourceHash:
    type: String
    description: The SHA-256 checksum of the package, 64 hexadecimal digits. Without it nothing is installed.
    allowedPattern: ^([0-9a-fA-F]{64}|)$
    default: ""
mainSteps:
  - action: aws:applications
    name: installApplication
    inputs:
      action: "{{ action }}"
      parameters: "{{ parameters }}"
      source: "{{ source }}"
      sourceHash: "{{ sourceHash }}"
`;

const INSTALL_POWERSHELL_MODULE = `schemaVersion: "2.2"
description: Installs a PowerShell module on Windows nodes out of a zip on this site's network, and runs commands of it.
parameters:
  workingDirectory:
    type: String
    description: (Optional) The folder that the commands start in.
    default: ""
    maxChars: 4096
  source:
    type: String
    description: (Optional) The zip of the module, as a URL or as an absolute path on the node. With none, only the commands run.
    allowedPattern: ^(https?://.+|[A-Za-z]:\\\\.+|\\\\\\\\.+|)$
    default: ""
    maxChars: 2048
  sourceHash:
    type: String
    description: The SHA-256 checksum of the zip, 64 hexadecimal digits. Without it nothing is installed.
    allowedPattern: ^([0-9a-fA-F]{64}|)$
    default: ""
  commands:
    type: StringList
    description: (Optional) Lines of PowerShell to run once the module is there.
    displayType: textarea
    default: []
  executionTimeout:
    type: String
    description: (Optional) Seconds until the commands are stopped, at most 172800 (48 hours).
    default: "3600"
    allowedPattern: ^([1-9][0-9]{0,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: aws:psModule
    name: installModule
    inputs:
      source: "{{ source }}"
      sourceHash: "{{ sourceHash }}"
      runCommand: "{{ commands }}"
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
`;

export const windowsDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-InstallApplication', content: INSTALL_APPLICATION, aliases: ['AWS-InstallApplication'] },
  { name: 'Holdfast-InstallPowerShellModule', content: INSTALL_POWERSHELL_MODULE, aliases: ['AWS-InstallPowerShellModule'] },
];
