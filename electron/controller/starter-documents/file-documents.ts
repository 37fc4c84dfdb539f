import type { StarterDocument } from './starter-document.ts';

const MANAGED_FILE = `schemaVersion: "2.2"
description: Keeps a file with exactly the given content. Says what it changed; changes nothing when the file is right, or when the association only audits.
parameters:
  path:
    type: String
    description: (Required) The file, as an absolute path.
    allowedPattern: ^(/|[A-Za-z]:[\\\\/]).*[^\\\\/]$
    maxChars: 1024
  content:
    type: String
    description: (Required) What the file holds. A line end is added.
    displayType: textarea
    maxChars: 32768
  mode:
    type: String
    description: (Optional) The file's mode, in octal.
    default: "0644"
    allowedPattern: ^0?[0-7]{3}$
mainSteps:
  - action: holdfast:file
    name: managedFile
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      path: "{{ path }}"
      content: "{{ content }}\\n"
      mode: "{{ mode }}"
      makeParents: true
  - action: holdfast:file
    name: managedFileMacOS
    precondition:
      StringEquals: [platformType, MacOS]
    inputs:
      path: "{{ path }}"
      content: "{{ content }}\\n"
      mode: "{{ mode }}"
      makeParents: true
  - action: holdfast:file
    name: managedFileWindows
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      path: "{{ path }}"
      content: "{{ content }}\\n"
      makeParents: true
`;

export const fileDocuments: readonly StarterDocument[] = [{ name: 'Holdfast-ManagedFile', content: MANAGED_FILE }];
