import type { StarterDocument } from './starter-document.ts';

const JOIN_DOMAIN = `schemaVersion: "2.2"
description: Joins Linux and Windows nodes to an Active Directory domain, and restarts them. A node that is in the domain is left alone.
parameters:
  directoryId:
    type: String
    description: Accepted for associations that are kept from elsewhere; the domain is found by its name.
    default: ""
    maxChars: 64
  directoryName:
    type: String
    description: (Required) The DNS name of the domain.
    minChars: 1
    maxChars: 253
  directoryOU:
    type: String
    description: (Optional) The organizational unit for the node, as OU=...,DC=...
    default: ""
    maxChars: 1024
  dnsIpAddresses:
    type: StringList
    description: (Optional) The DNS servers of the domain, which a Windows node then asks. A Linux node has to find the domain already.
    default: []
  hostName:
    type: String
    description: (Optional) What the node shall be called in the domain.
    default: ""
    maxChars: 15
  username:
    type: String
    description: (Required) Who joins the nodes, for example Administrator.
    minChars: 1
    maxChars: 256
  password:
    type: String
    description: (Required) The password as a reference to a SecureString of Parameter Store, {{ssm-secure:name}}.
    minChars: 1
    maxChars: 1024
mainSteps:
  - action: aws:domainJoin
    name: domainJoin
    inputs:
      directoryId: "{{ directoryId }}"
      directoryName: "{{ directoryName }}"
      directoryOU: "{{ directoryOU }}"
      dnsIpAddresses: "{{ dnsIpAddresses }}"
      hostName: "{{ hostName }}"
      credential:
        username: "{{ username }}"
        password: "{{ password }}"
`;

export const domainDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-JoinDomain', content: JOIN_DOMAIN, aliases: ['AWS-JoinDirectoryServiceDomain'] },
];
