import type { StarterDocument } from './starter-document.ts';

const APPLY_ANSIBLE_PLAYBOOKS = `schemaVersion: "2.2"
description: Fetches Ansible playbooks to Linux nodes and runs one there, with the ansible-playbook that the node has. In Audit mode, and with Check, it only says what would change.
parameters:
  SourceType:
    type: String
    description: (Required) Where the playbooks come from. A Git server, a web server or an S3-compatible store of the lab.
    allowedValues: [GitHub, Git, HTTP, S3]
  SourceInfo:
    type: StringMap
    description: (Required) What aws:downloadContent needs to fetch them; for HTTP a url, for Git a repository, for S3 a path.
    default: {}
    displayType: textarea
  InstallDependencies:
    type: String
    description: (Optional) With True a node that has no Ansible fails with what to do; it is never fetched from the internet.
    allowedValues: ["True", "False"]
    default: "False"
  PlaybookFile:
    type: String
    description: (Optional) The playbook, as a path in what was fetched or in an archive of it.
    default: hello-world-playbook.yml
    allowedPattern: ^[A-Za-z0-9_.()/-]+\\.ya?ml$
    maxChars: 1024
  ExtraVariables:
    type: String
    description: (Optional) Variables for the playbook, as name=value pairs with blanks between. A value with blanks is in quotes.
    default: SSM=True
    displayType: textarea
    maxChars: 16384
  Check:
    type: String
    description: (Optional) True says what would change, and changes nothing.
    allowedValues: ["True", "False"]
    default: "False"
  Verbose:
    type: String
    description: (Optional) How much Ansible says.
    allowedValues: ["-v", "-vv", "-vvv", "-vvvv"]
    default: "-v"
  TimeoutSeconds:
    type: String
    description: (Optional) Seconds until the playbook is stopped, from 5 to 172800 (48 hours).
    default: "3600"
    allowedPattern: ^([5-9]|[1-9][0-9]{1,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: holdfast:ansiblePlaybook
    name: ansiblePlaybook
    inputs:
      sourceType: "{{ SourceType }}"
      sourceInfo: "{{ SourceInfo }}"
      installDependencies: "{{ InstallDependencies }}"
      playbookFile: "{{ PlaybookFile }}"
      extraVariables: "{{ ExtraVariables }}"
      check: "{{ Check }}"
      verbose: "{{ Verbose }}"
      timeoutSeconds: "{{ TimeoutSeconds }}"
`;

/** AWS's older document, with its own names of parameters. */
const RUN_ANSIBLE_PLAYBOOK = `schemaVersion: "2.2"
description: Runs one Ansible playbook on Linux nodes, given as text or by its address. Holdfast-ApplyAnsiblePlaybooks takes whole trees of them.
parameters:
  playbook:
    type: String
    description: (Optional) The playbook itself, where playbookurl is empty.
    default: ""
    displayType: textarea
    maxChars: 65536
  playbookurl:
    type: String
    description: (Optional) The https address of the playbook, where playbook is empty.
    default: ""
    maxChars: 2048
  extravars:
    type: String
    description: (Optional) Variables for the playbook, as name=value pairs with blanks between. A value with blanks is in quotes.
    default: SSM=True
    displayType: textarea
    maxChars: 16384
  check:
    type: String
    description: (Optional) True says what would change, and changes nothing.
    allowedValues: ["True", "False"]
    default: "False"
  timeoutSeconds:
    type: String
    description: (Optional) Seconds until the playbook is stopped, from 5 to 172800 (48 hours).
    default: "3600"
    allowedPattern: ^([5-9]|[1-9][0-9]{1,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)$
mainSteps:
  - action: holdfast:ansiblePlaybook
    name: ansiblePlaybook
    inputs:
      playbook: "{{ playbook }}"
      playbookUrl: "{{ playbookurl }}"
      extraVariables: "{{ extravars }}"
      check: "{{ check }}"
      timeoutSeconds: "{{ timeoutSeconds }}"
`;

export const ansibleDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-ApplyAnsiblePlaybooks', content: APPLY_ANSIBLE_PLAYBOOKS, aliases: ['AWS-ApplyAnsiblePlaybooks'] },
  { name: 'Holdfast-RunAnsiblePlaybook', content: RUN_ANSIBLE_PLAYBOOK, aliases: ['AWS-RunAnsiblePlaybook'] },
];
