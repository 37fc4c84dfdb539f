import type { StarterDocument } from './starter-document.ts';

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

export const refreshDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-RefreshAssociation', content: REFRESH_ASSOCIATION, aliases: ['AWS-RefreshAssociation'] },
];
