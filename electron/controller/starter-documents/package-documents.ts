import type { StarterDocument } from './starter-document.ts';

const CONFIGURE_PACKAGE = `schemaVersion: "2.2"
description: Installs, updates or uninstalls a package of this site's package store.
parameters:
  action:
    type: String
    description: (Required) Whether the package is to be there or not.
    allowedValues:
      - Install
      - Uninstall
  installationType:
    type: String
    description: (Optional) What is done where another version is installed already.
    allowedValues:
      - Uninstall and reinstall
      - In-place update
    default: Uninstall and reinstall
  name:
    type: String
    description: (Required) The package, as the Packages page lists it.
    allowedPattern: ^[a-zA-Z0-9._-]{1,128}$
  version:
    type: String
    description: (Optional) One version of it. Without one the default version is installed, and whichever is there is uninstalled.
    allowedPattern: ^[a-zA-Z0-9._-]{0,128}$
    default: ""
  additionalArguments:
    type: StringMap
    description: (Optional) Variables for the package's scripts; each name begins with SSM_.
    displayType: textarea
    default: {}
mainSteps:
  - action: aws:configurePackage
    name: configurePackage
    inputs:
      name: "{{ name }}"
      action: "{{ action }}"
      installationType: "{{ installationType }}"
      version: "{{ version }}"
      additionalArguments: "{{ additionalArguments }}"
`;

export const packageDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-ConfigurePackage', content: CONFIGURE_PACKAGE, aliases: ['AWS-ConfigureAWSPackage'] },
];
