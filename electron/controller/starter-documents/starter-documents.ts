import { agentDocuments } from './agent-documents.ts';
import { ansibleDocuments } from './ansible-documents.ts';
import { chefDocuments } from './chef-documents.ts';
import { desiredStateDocuments } from './desired-state-documents.ts';
import { diskSpaceDocuments } from './disk-space-documents.ts';
import { domainDocuments } from './domain-documents.ts';
import { dscDocuments } from './dsc-documents.ts';
import { fileDocuments } from './file-documents.ts';
import { inventoryDocuments } from './inventory-documents.ts';
import { packageDocuments } from './package-documents.ts';
import { patchDocuments } from './patch-documents.ts';
import { refreshDocuments } from './refresh-documents.ts';
import { remoteDocuments } from './remote-documents.ts';
import { scriptDocuments } from './script-documents.ts';
import type { StarterDocument } from './starter-document.ts';
import { windowsDocuments } from './windows-documents.ts';

/** Every document that comes with Holdfast, one file per family. */
export const STARTER_DOCUMENTS: readonly StarterDocument[] = [
  ...scriptDocuments,
  ...windowsDocuments,
  ...domainDocuments,
  ...agentDocuments,
  ...diskSpaceDocuments,
  ...fileDocuments,
  ...desiredStateDocuments,
  ...inventoryDocuments,
  ...refreshDocuments,
  ...remoteDocuments,
  ...patchDocuments,
  ...packageDocuments,
  ...ansibleDocuments,
  ...chefDocuments,
  ...dscDocuments,
];
