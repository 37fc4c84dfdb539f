import type { StarterDocument } from './starter-document.ts';

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

export const fileDocuments: readonly StarterDocument[] = [{ name: 'Holdfast-ManagedFile', content: MANAGED_FILE }];
