import type { StarterDocument } from './starter-document.ts';

const SOURCE = `  sourceType:
    type: String
    description: (Required) Where the content is. Git over https, ssh or file; S3 stands for any store of its kind on the network.
    allowedValues: [GitHub, Git, HTTP, S3, SSMDocument]
  sourceInfo:
    type: StringMap
    description: >-
      (Required) What finds it there, as aws:downloadContent takes it: for HTTP {"url": "https://..."}, for Git {"repository": "https://...",
      "getOptions": "branch:main"}, for GitHub {"owner", "repository", "path"}, for S3 {"path": "https://store/bucket/key"}, for
      SSMDocument {"name"}. A credential may be the reference to a SecureString.
    displayType: textarea
`;

const RUN_REMOTE_SCRIPT = `schemaVersion: "2.2"
description: Fetches a script or a folder of scripts, and runs one of them.
parameters:
${SOURCE}  commandLine:
    type: String
    description: (Required) The command that runs, with the fetched files in its search path, such as main.sh --fast.
    minChars: 1
    maxChars: 16384
  workingDirectory:
    type: String
    description: (Optional) The folder that it starts in; without one, where the files are.
    default: ""
    maxChars: 4096
  executionTimeout:
    type: String
    description: (Optional) Seconds until it is stopped, at most 172800 (48 hours); below 5 they are 3600.
    default: "3600"
    allowedPattern: ^([1-9][0-9]{0,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: aws:downloadContent
    name: downloadContent
    inputs:
      sourceType: "{{ sourceType }}"
      sourceInfo: "{{ sourceInfo }}"
      onFailure: exit
  - action: aws:runShellScript
    name: runShellScript
    inputs:
      runCommand:
        - PATH="$PATH:$PWD"; export PATH
        - "{{ commandLine }}"
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
  - action: aws:runPowerShellScript
    name: runPowerShellScript
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      runCommand:
        - $Env:Path = "$Env:Path;$(Convert-Path .)"
        - "{{ commandLine }}"
        - if ($null -ne $LASTEXITCODE) { exit $LASTEXITCODE }
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
`;

const RUN_DOCUMENT = `schemaVersion: "2.2"
description: Fetches a Command document and runs it. Runbooks are refused.
parameters:
${SOURCE}  documentParameters:
    type: StringMap
    description: (Optional) What the document is given for its parameters.
    displayType: textarea
    default: {}
mainSteps:
  - action: aws:downloadContent
    name: downloadContent
    inputs:
      sourceType: "{{ sourceType }}"
      sourceInfo: "{{ sourceInfo }}"
      destinationPath: document
      onFailure: exit
  - action: aws:runDocument
    name: runDocument
    inputs:
      documentType: LocalPath
      documentPath: document
      documentParameters: "{{ documentParameters }}"
`;

/** Run what is fetched from elsewhere. */
export const remoteDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-RunRemoteScript', content: RUN_REMOTE_SCRIPT, aliases: ['AWS-RunRemoteScript'] },
  { name: 'Holdfast-RunDocument', content: RUN_DOCUMENT, aliases: ['AWS-RunDocument'] },
];
