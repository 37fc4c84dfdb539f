import type { StarterDocument } from './starter-document.ts';

const UPDATE_AGENT = `schemaVersion: "2.2"
description: Updates the agent of a node to the newest version, or to the one that is named. Cannot run yet; it is here for associations that use it.
parameters:
  version:
    type: String
    description: (Optional) The version to have. The newest one, where it is empty.
    default: ""
    maxChars: 64
  allowDowngrade:
    type: String
    description: (Optional) Whether an older version than the node has may take its place.
    allowedValues: ["true", "false"]
    default: "false"
mainSteps:
  - action: aws:updateSsmAgent
    name: updateAgent
    inputs:
      agentName: holdfast-agent
      source: ""
      allowDowngrade: "{{ allowDowngrade }}"
      targetVersion: "{{ version }}"
`;

export const agentDocuments: readonly StarterDocument[] = [
  { name: 'Holdfast-UpdateAgent', content: UPDATE_AGENT, aliases: ['AWS-UpdateSSMAgent'] },
];
