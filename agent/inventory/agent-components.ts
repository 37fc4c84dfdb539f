import os from 'node:os';
import type { Collected } from './machine.ts';
import { architectureName } from './machine.ts';

/** AWS:AWSComponent: what of ours is on the node. */
export function agentComponents(agentVersion: string): Collected {
  const Architecture = architectureName(os.machine());
  return [
    { Name: 'Holdfast agent', ApplicationType: 'Agent', Publisher: 'Holdfast', Version: agentVersion, Architecture },
    {
      Name: 'Node.js',
      ApplicationType: 'Runtime',
      Publisher: 'OpenJS Foundation',
      Version: process.versions.node,
      Architecture,
      URL: 'https://nodejs.org',
    },
  ];
}
