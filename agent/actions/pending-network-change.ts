import path from 'node:path';

/** There from before a change of the network until the controller was reached after it: whoever finds it takes the change back. */
export const pendingNetworkChange = (stateFolder: string): string => path.join(stateFolder, 'network', 'pending.json');
