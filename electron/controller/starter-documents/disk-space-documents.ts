import type { StarterDocument } from './starter-document.ts';

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

export const diskSpaceDocuments: readonly StarterDocument[] = [{ name: 'Holdfast-CheckDiskSpace', content: CHECK_DISK_SPACE }];
