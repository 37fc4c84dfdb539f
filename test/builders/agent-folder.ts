import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AgentStore, openAgentStore } from '../../agent/storage/agent-store.ts';
import { type DataFolder, dataFolderAt, prepareDataFolder } from '../../agent/storage/data-folder.ts';

/** A path in a folder of the test's own, which goes with the test. */
export function aTemporaryPath(name = 'agent'): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A data folder as an agent prepares it. */
export function anAgentFolder(): DataFolder {
  const folder = dataFolderAt(aTemporaryPath());
  prepareDataFolder(folder);
  return folder;
}

export async function anAgentStore(folder: DataFolder = anAgentFolder()): Promise<AgentStore> {
  const store = await openAgentStore(folder);
  let isOpen = true;
  const close = store.close.bind(store);
  store.close = () => {
    if (isOpen) close();
    isOpen = false;
  };
  onTestFinished(() => store.close());
  return store;
}
