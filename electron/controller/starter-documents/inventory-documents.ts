import type { StarterDocument } from './starter-document.ts';

const GATHER_SOFTWARE_INVENTORY = `schemaVersion: "2.0"
description: Collects what the node is made of, for the Inventory page and GetInventory. Apply it at a rate, such as rate(30 minutes); a node has one such association.
parameters:
  applications:
    type: String
    description: (Optional) Installed applications - packages of dpkg, rpm, apk, pacman and brew, or programs of Windows.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  awsComponents:
    type: String
    description: (Optional) What Holdfast has on the node.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  networkConfig:
    type: String
    description: (Optional) Network interfaces with addresses, gateway, DNS and DHCP.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  files:
    type: String
    description: '(Optional) Files, as a JSON list such as [{"Path":"/opt","Pattern":["*.conf"],"Recursive":true}]. At most 500 are listed.'
    default: ""
    displayType: textarea
  services:
    type: String
    description: (Optional) Services, and whether they run.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  windowsUpdates:
    type: String
    description: (Optional, Windows only) Installed updates.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  instanceDetailedInformation:
    type: String
    description: (Optional) Processors and kernel.
    default: Enabled
    allowedValues: [Enabled, Disabled]
  windowsRegistry:
    type: String
    description: '(Optional, Windows only) Values of the registry, as a JSON list such as [{"Path":"HKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Example","Recursive":true}].'
    default: ""
    displayType: textarea
  windowsRoles:
    type: String
    description: (Optional, Windows only) Roles and features of a server.
    default: Disabled
    allowedValues: [Enabled, Disabled]
  customInventory:
    type: String
    description: (Optional) JSON files in the node's folder for custom inventory, which the step's output names.
    default: Enabled
    allowedValues: [Enabled, Disabled]
mainSteps:
  - action: aws:softwareInventory
    name: collectSoftwareInventoryItems
    inputs:
      applications: "{{ applications }}"
      awsComponents: "{{ awsComponents }}"
      networkConfig: "{{ networkConfig }}"
      files: "{{ files }}"
      services: "{{ services }}"
      windowsUpdates: "{{ windowsUpdates }}"
      instanceDetailedInformation: "{{ instanceDetailedInformation }}"
      windowsRegistry: "{{ windowsRegistry }}"
      windowsRoles: "{{ windowsRoles }}"
      customInventory: "{{ customInventory }}"
`;

export const inventoryDocuments: readonly StarterDocument[] = [
  {
    name: 'Holdfast-GatherSoftwareInventory',
    content: GATHER_SOFTWARE_INVENTORY,
    documentType: 'Policy',
    aliases: ['AWS-GatherSoftwareInventory'],
  },
];
