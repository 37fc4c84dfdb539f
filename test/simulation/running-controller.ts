import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { SiteId } from '../../agent/protocol/ids.ts';
import type { AgentDesk } from '../../electron/controller/agent-desk.ts';
import { createAgentDesk } from '../../electron/controller/agent-desk.ts';
import { startCalendarClock } from '../../electron/controller/calendar-clock.ts';
import { createChangeBroadcast } from '../../electron/controller/change-broadcast.ts';
import { startDeadlines } from '../../electron/controller/deadlines.ts';
import { keepStarterDocuments } from '../../electron/controller/keep-starter-documents.ts';
import { createCalendarLibrary } from '../../electron/controller/operations/calendar-library.ts';
import type { Context } from '../../electron/controller/operations/context.ts';
import { createDocumentLibrary } from '../../electron/controller/operations/document-library.ts';
import { createEnrollmentGuard } from '../../electron/controller/operations/enrollment-guard.ts';
import { createPackageUploads } from '../../electron/controller/operations/package-uploads.ts';
import { createParameterUses } from '../../electron/controller/operations/parameter-uses.ts';
import { createSiteIndex } from '../../electron/controller/operations/site-index.ts';
import type { AgentLink } from '../../electron/controller/ports/agent-link.ts';
import type { CertificateIssuer } from '../../electron/controller/ports/certificates.ts';
import type { ChangeBroadcast } from '../../electron/controller/ports/change-feed.ts';
import type { Clock } from '../../electron/controller/ports/clock.ts';
import { startScheduler } from '../../electron/controller/scheduler.ts';
import { createValueCipher } from '../../electron/controller/secrets/value-cipher.ts';
import { sendAfterCommit } from '../../electron/controller/send-after-commit.ts';
import { openBlobStore } from '../../electron/controller/store/blob-store.ts';
import type { Database } from '../../electron/controller/store/database.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import { openOutputStore } from '../../electron/controller/store/output-store.ts';
import { openStores } from '../../electron/controller/store/stores.ts';
import { ASSOCIATION_LIMITS } from '../../electron/domain/association.ts';
import { DOCUMENT_LIMITS } from '../../electron/domain/managed-document.ts';

type Surroundings = {
  folder: string;
  clock: Clock;
  link: AgentLink;
  /** Takes what is logged as an error. */
  errors: string[];
};

/** What controller.ts puts together, without the parts that need a network: hub, authority and the agents of this computer. */
export type RunningController = {
  context: Context;
  changes: ChangeBroadcast;
  desk: AgentDesk;
  database: Database;
  close(): void;
};

const SITE = SiteId.parse('5f6f1c9e-0b7e-4a53-9a4e-1de6a53f2b11');

const nobody = (): never => {
  throw new Error('Simulated nodes are there without enrollment: there is no authority.');
};
const NO_CERTIFICATES: CertificateIssuer = { authorityPem: '', signingKeyPem: '', caFingerprint: '', issue: nobody };

export function runController({ folder, clock, link, errors }: Surroundings): RunningController {
  const now = () => clock.now();
  const database = openDatabase({ file: join(folder, 'holdfast.db'), backupsFolder: join(folder, 'backups'), now });
  // Nothing here outlives the machine: the waits for the disk are left out.
  database.connection.pragma('synchronous = OFF');
  const stores = openStores(database);
  if (stores.sites.find() === null) stores.sites.insert({ siteId: SITE, siteName: 'Simulated', createdAt: now() });
  // The store that associations of the tests name; nothing is copied there.
  stores.outputDestinations.put({ kind: 'folder', name: 'lab-output', folder: '/nowhere' }, null);
  const outputs = openOutputStore({ folder: join(folder, 'output'), quotaBytes: 1024 ** 2 });
  const blobs = openBlobStore({ folder: join(folder, 'packages'), quotaBytes: 1024 ** 2, isUsed: stores.packages.usesFile });
  const held = sendAfterCommit({ transaction: (work) => database.transaction(work), link, changes: createChangeBroadcast() });
  const { changes } = held;
  const library = createDocumentLibrary(stores);
  const parameterUses = createParameterUses({ stores, library, changes });
  const context: Context = {
    stores,
    ...held,
    outputs,
    blobs,
    uploads: createPackageUploads({ blobs, clock }),
    openOutputPlace: () => Promise.reject(new Error('Nothing is copied here.')),
    clock,
    signer: { sign: () => '' },
    certificates: NO_CERTIFICATES,
    cipher: createValueCipher(createSecretKey(Buffer.alloc(32, 1))),
    log: { info: () => undefined, error: (event, cause) => errors.push(`${event}: ${String(cause)}`) },
    library,
    parameterUses,
    documentLimits: DOCUMENT_LIMITS,
    associationLimits: ASSOCIATION_LIMITS,
    index: createSiteIndex(stores),
    calendars: createCalendarLibrary(stores),
    guard: createEnrollmentGuard(),
    siteId: SITE,
    version: '1.0.0',
  };
  keepStarterDocuments(context);
  context.index.fleet();
  const desk = createAgentDesk(context);
  const deadlines = startDeadlines(context, changes);
  const scheduler = startScheduler(context, changes);
  const calendarClock = startCalendarClock(context, changes);
  const close = () => {
    calendarClock.stop();
    scheduler.stop();
    deadlines.stop();
    outputs.close();
    database.close();
  };
  return { context, changes, desk, database, close };
}
