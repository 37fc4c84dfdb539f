import type { StarterDocument } from './starter-document.ts';

/*
 * What State Manager's users keep with it: each step can check, so an association in Audit mode tells what would change.
 */

const ANTIVIRUS = `schemaVersion: "2.2"
description: Keeps the ClamAV antivirus installed on Linux nodes, with its daemon and its updater running now and after a restart. The names are Debian's; give others for other systems.
parameters:
  packages:
    type: StringList
    description: (Optional) Packages of the antivirus.
    default: [clamav, clamav-daemon, clamav-freshclam]
    allowedPattern: ^[A-Za-z0-9][A-Za-z0-9._+:-]*$
    minItems: 1
  daemonService:
    type: String
    description: (Optional) The service that scans, such as clamd@scan on Fedora.
    default: clamav-daemon
    allowedPattern: ^[A-Za-z0-9_][A-Za-z0-9_.@:-]*$
  updaterService:
    type: String
    description: (Optional) The service that fetches signatures. The daemon starts once there are some, from the internet or from a mirror of yours.
    default: clamav-freshclam
    allowedPattern: ^[A-Za-z0-9_][A-Za-z0-9_.@:-]*$
mainSteps:
  - action: holdfast:package
    name: installAntivirus
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      name: "{{ packages }}"
      ensure: installed
      onFailure: exit
  - action: holdfast:service
    name: updaterRuns
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      name: "{{ updaterService }}"
      state: running
      startup: enabled
  - action: holdfast:service
    name: daemonRuns
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      name: "{{ daemonService }}"
      state: running
      startup: enabled
`;

const PORTS = `schemaVersion: "2.2"
description: Keeps ports of Linux and Windows nodes closed, or open, for connections that come in. What a node itself connects to is not touched.
parameters:
  ports:
    type: StringList
    description: (Required) Ports such as 23, or ranges such as 6000-6010.
    allowedPattern: ^[0-9]{1,5}(-[0-9]{1,5})?$
    minItems: 1
  protocol:
    type: String
    description: (Optional) Of which protocol.
    default: tcp
    allowedValues: [tcp, udp, both]
  state:
    type: String
    description: (Optional) What they shall be.
    default: closed
    allowedValues: [closed, open]
  source:
    type: StringList
    description: (Optional) For connections from these addresses alone, such as 10.0.0.0/8. None stands for everywhere.
    default: []
    allowedPattern: ^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$
mainSteps:
  - action: holdfast:firewallPort
    name: keepPorts
    inputs:
      ports: "{{ ports }}"
      protocol: "{{ protocol }}"
      state: "{{ state }}"
      source: "{{ source }}"
`;

const BOOTSTRAP = `schemaVersion: "2.2"
description: Gives a node the software that every node shall have, by the package manager that it has. A node that joins gets it with its first run.
parameters:
  packages:
    type: StringList
    description: (Required) Packages, by the names of the node's package manager.
    allowedPattern: ^[A-Za-z0-9@][A-Za-z0-9@/._+:-]*$
    minItems: 1
  ensure:
    type: String
    description: (Optional) Whether any version will do, or the newest is wanted, or none.
    default: installed
    allowedValues: [installed, latest, absent]
  provider:
    type: String
    description: (Optional) Which package manager; auto takes the one that the node has.
    default: auto
    allowedValues: [auto, apt, dnf, zypper, apk, brew, winget, choco]
mainSteps:
  - action: holdfast:package
    name: packages
    inputs:
      name: "{{ packages }}"
      ensure: "{{ ensure }}"
      provider: "{{ provider }}"
`;

export const desiredStateDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-Antivirus', content: ANTIVIRUS },
  { name: 'Holdfast-FirewallPorts', content: PORTS },
  { name: 'Holdfast-Software', content: BOOTSTRAP },
];
