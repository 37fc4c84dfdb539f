import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SiteId } from '../../agent/protocol/ids.ts';
import type { Change } from '../../electron/api/changes.ts';
import { keepStarterDocuments } from '../../electron/controller/keep-starter-documents.ts';
import { createCalendarLibrary } from '../../electron/controller/operations/calendar-library.ts';
import type { Context } from '../../electron/controller/operations/context.ts';
import { createDocumentLibrary } from '../../electron/controller/operations/document-library.ts';
import type { SaveDocumentContext } from '../../electron/controller/operations/save-document.ts';
import { createSiteIndex } from '../../electron/controller/operations/site-index.ts';
import { createValueCipher } from '../../electron/controller/secrets/value-cipher.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import { openStores } from '../../electron/controller/store/stores.ts';
import type { AssociationLimits } from '../../electron/domain/association.ts';
import { ASSOCIATION_LIMITS } from '../../electron/domain/association.ts';
import type { DocumentLimits } from '../../electron/domain/managed-document.ts';
import { DOCUMENT_LIMITS } from '../../electron/domain/managed-document.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const quiet = () => undefined;

/** What the operations on documents work with: a real database, the documents that every site has, and no node. */
export type DocumentDesk = SaveDocumentContext &
  Pick<Context, 'associationLimits'> & { clock: FakeClock; published: Change[]; close(): void };

export function openDocumentDesk(limits: Partial<DocumentLimits & AssociationLimits> = {}): DocumentDesk {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-documents-'));
  const clock = new FakeClock('2026-03-01T02:00:00Z');
  const database = openDatabase({ file: join(folder, 'holdfast.db'), backupsFolder: join(folder, 'backups'), now: () => clock.now() });
  const stores = openStores(database);
  stores.sites.insert({ siteId: SiteId.parse(randomUUID()), siteName: 'Lab', createdAt: clock.now() });
  const published: Change[] = [];
  const desk: DocumentDesk = {
    stores,
    clock,
    published,
    transaction: (work) => database.transaction(work),
    changes: { publish: (change) => void published.push(change) },
    link: { isConnected: () => false, connectedNodes: () => [], publicKeyOf: () => null, send: () => false, close: quiet },
    signer: { sign: () => '' },
    cipher: createValueCipher(createSecretKey(randomBytes(32))),
    library: createDocumentLibrary(stores),
    index: createSiteIndex(stores),
    calendars: createCalendarLibrary(stores),
    log: { info: quiet, error: quiet },
    documentLimits: { ...DOCUMENT_LIMITS, ...limits },
    associationLimits: { ...ASSOCIATION_LIMITS, ...limits },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  keepStarterDocuments(desk);
  return desk;
}
