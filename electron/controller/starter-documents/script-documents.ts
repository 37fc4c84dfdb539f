import type { StarterDocument } from './starter-document.ts';

const RUN_SHELL_SCRIPT = `schemaVersion: "2.2"
description: Runs shell commands on Linux and macOS nodes, as one script.
parameters:
  commands:
    type: StringList
    description: (Required) The lines of the script.
    minItems: 1
    displayType: textarea
  workingDirectory:
    type: String
    description: (Optional) The folder that the script starts in.
    default: ""
    maxChars: 4096
  executionTimeout:
    type: String
    description: (Optional) Seconds until the script is stopped, at most 172800 (48 hours); below 5 they are 3600.
    default: "3600"
    allowedPattern: ^([1-9][0-9]{0,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: aws:runShellScript
    name: runShellScript
    inputs:
      runCommand: "{{ commands }}"
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
`;

const RUN_POWERSHELL_SCRIPT = `schemaVersion: "2.2"
description: Runs lines of PowerShell on a node, as one script. Linux and macOS nodes need pwsh.
parameters:
  commands:
    type: StringList
    description: (Required) The lines of the script. It says exit n itself where its code matters.
    minItems: 1
    displayType: textarea
  workingDirectory:
    type: String
    description: (Optional) The folder that the script starts in.
    default: ""
    maxChars: 4096
  executionTimeout:
    type: String
    description: (Optional) Seconds until the script is stopped, at most 172800 (48 hours); below 5 they are 3600.
    default: "3600"
    allowedPattern: ^([1-9][0-9]{0,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: aws:runPowerShellScript
    name: runPowerShellScript
    inputs:
      runCommand: "{{ commands }}"
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
`;

const NOOP = `schemaVersion: "2.2"
description: Does nothing, and succeeds. Documents that take the names of others as hooks have it as their default.
mainSteps:
  - action: aws:runShellScript
    name: nothingToDo
    inputs:
      runCommand: ":"
  - action: aws:runPowerShellScript
    name: nothingToDoOnWindows
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      runCommand: exit 0
`;

export const scriptDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-RunShellScript', content: RUN_SHELL_SCRIPT, aliases: ['AWS-RunShellScript'] },
  { name: 'Holdfast-RunPowerShellScript', content: RUN_POWERSHELL_SCRIPT, aliases: ['AWS-RunPowerShellScript'] },
  { name: 'Holdfast-Noop', content: NOOP, aliases: ['AWS-Noop'] },
];
