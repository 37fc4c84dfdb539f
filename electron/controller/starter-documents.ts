import { contentFacts, readContent } from '../domain/document-content.ts';
import { Fault } from '../domain/faults.ts';
import type { Context } from './operations/context.ts';
import { documentVersion, insertDocument } from './operations/save-document.ts';

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
    description: (Optional) Seconds until the script is stopped, from 5 to 172800 (48 hours).
    default: "3600"
    allowedPattern: ^([5-9]|[1-9][0-9]{1,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: aws:runShellScript
    name: runShellScript
    inputs:
      runCommand: "{{ commands }}"
      workingDirectory: "{{ workingDirectory }}"
      timeoutSeconds: "{{ executionTimeout }}"
`;

const CHECK_DISK_SPACE = `schemaVersion: "2.2"
description: Fails when a file system is fuller than a threshold, so that the node shows as not compliant before its disk is full.
parameters:
  path:
    type: String
    description: (Optional) A path on the file system to check.
    default: /
    interpolationType: ENV_VAR
    maxChars: 1024
  thresholdPercent:
    type: String
    description: (Optional) Percent used above which the check fails.
    default: "90"
    allowedPattern: ^([1-9]|[1-9][0-9])$
mainSteps:
  - action: aws:runShellScript
    name: checkDiskSpace
    inputs:
      timeoutSeconds: "60"
      runCommand:
        - |
          path="{{ path }}"
          used=$(df -P -- "$path" | awk 'NR == 2 { sub("%", "", $5); print $5 }')
          if [ -z "$used" ]; then
            echo "There is no file system at $path." >&2
            exit 2
          fi
          echo "$path is $used % full; the threshold is {{ thresholdPercent }} %."
          if [ "$used" -gt {{ thresholdPercent }} ]; then
            df -hP -- "$path" >&2
            exit 1
          fi
  - action: aws:runPowerShellScript
    name: checkDiskSpaceWindows
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      timeoutSeconds: "60"
      runCommand:
        - |
          $drive = Get-PSDrive -PSProvider FileSystem -Name C
          $used = [math]::Round(100 * $drive.Used / ($drive.Used + $drive.Free))
          Write-Output "Drive C is $used % full; the threshold is {{ thresholdPercent }} %."
          if ($used -gt {{ thresholdPercent }}) { exit 1 }
`;

const MANAGED_FILE = `schemaVersion: "2.2"
description: Keeps a file on Linux and macOS nodes with exactly the given content. Says what it changed; changes nothing when the file is right.
parameters:
  path:
    type: String
    description: (Required) The file, as an absolute path.
    interpolationType: ENV_VAR
    allowedPattern: ^/.*[^/]$
    maxChars: 1024
  content:
    type: String
    description: (Required) What the file holds. A line end is added.
    interpolationType: ENV_VAR
    displayType: textarea
    maxChars: 32768
  mode:
    type: String
    description: (Optional) The file's mode, in octal.
    default: "0644"
    allowedPattern: ^0?[0-7]{3}$
mainSteps:
  - action: aws:runShellScript
    name: managedFile
    inputs:
      timeoutSeconds: "60"
      runCommand:
        - |
          set -eu
          path="{{ path }}"
          folder=$(dirname -- "$path")
          mkdir -p -- "$folder"
          wanted=$(mktemp "$folder/.holdfast.XXXXXX")
          trap 'rm -f -- "$wanted"' EXIT
          printf '%s\\n' "{{ content }}" > "$wanted"
          chmod {{ mode }} "$wanted"
          if [ -f "$path" ] && cmp -s -- "$wanted" "$path"; then
            chmod {{ mode }} "$path"
            echo "$path is as it should be."
            exit 0
          fi
          if [ -e "$path" ]; then
            echo "$path was different:"
            diff -u -- "$path" "$wanted" || true
          else
            echo "$path was missing."
          fi
          mv -f -- "$wanted" "$path"
          trap - EXIT
          echo "$path is now as it should be."
`;

const REFRESH_ASSOCIATION = `schemaVersion: "2.2"
description: Applies associations of the node now, each in its turn. Those that are in progress or wait for their turn are left out.
parameters:
  associationIds:
    type: StringList
    description: (Optional) Ids of associations that apply to the node. None applies all of them.
    allowedPattern: ^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$
    default: []
mainSteps:
  - action: aws:refreshAssociation
    name: refreshAssociation
    inputs:
      associationIds: "{{ associationIds }}"
`;

/** Documents that every site has, under our prefix. */
export const STARTER_DOCUMENTS: readonly { name: string; content: string }[] = [
  { name: 'Holdfast-RunShellScript', content: RUN_SHELL_SCRIPT },
  { name: 'Holdfast-CheckDiskSpace', content: CHECK_DISK_SPACE },
  { name: 'Holdfast-ManagedFile', content: MANAGED_FILE },
  { name: 'Holdfast-RefreshAssociation', content: REFRESH_ASSOCIATION },
];

/** AWS's names for documents that are ours (spec.md section 9). */
export const DOCUMENT_ALIASES: readonly { name: string; aliasOf: string }[] = [
  { name: 'AWS-RunShellScript', aliasOf: 'Holdfast-RunShellScript' },
  { name: 'AWS-RefreshAssociation', aliasOf: 'Holdfast-RefreshAssociation' },
];

const FORMAT = { documentType: 'Command', format: 'YAML' } as const;

function keepDocument(context: Pick<Context, 'stores' | 'clock'>, name: string, content: string): void {
  const read = readContent({ ...FORMAT, content });
  if (!read.ok) throw new Fault('InvalidDocumentContent', { problems: read.problems.map(({ message }) => `${name}: ${message}`) });
  const { documents } = context.stores;
  const known = documents.find(name);
  if (known === null) {
    insertDocument(context, { ...FORMAT, name, displayName: null, versionName: null, owner: 'Holdfast', content }, read.content);
    return;
  }
  if (documents.version(name, known.latestVersion)?.content === content) return;
  const next = documents.nextVersionNumber(name);
  const facts = { name, documentVersion: next, versionName: null, format: FORMAT.format, content, createdAt: context.clock.now() };
  documents.addVersion(documentVersion(facts, read.content), contentFacts(read.content));
  documents.setDefault(name, next);
}

/** Our documents, in the version that this Holdfast ships; an older one stays in the version list. */
export function keepStarterDocuments(context: Pick<Context, 'stores' | 'clock' | 'transaction'>): void {
  context.transaction(() => {
    for (const { name, content } of STARTER_DOCUMENTS) keepDocument(context, name, content);
    for (const { name, aliasOf } of DOCUMENT_ALIASES) {
      const original = context.stores.documents.find(aliasOf);
      const version = original && context.stores.documents.version(aliasOf, original.latestVersion);
      if (!original || !version || context.stores.documents.find(name) !== null) continue;
      context.stores.documents.insert(
        { ...original, name, aliasOf, defaultVersion: 1, latestVersion: 1 },
        { ...version, name, documentVersion: 1 },
      );
    }
  });
}
