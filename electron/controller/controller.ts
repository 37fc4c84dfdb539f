import { join } from 'node:path';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { schedule as cronJob } from 'node-cron';
import { v4 } from 'uuid';
import { SiteId } from '../../agent/protocol/ids.ts';
import type { AssociationLimits } from '../domain/association.ts';
import { ASSOCIATION_LIMITS } from '../domain/association.ts';
import { Fault } from '../domain/faults.ts';
import type { FleetHealth } from '../domain/fleet-health.ts';
import { fleetHealth, fleetSentence } from '../domain/fleet-health.ts';
import type { DocumentLimits } from '../domain/managed-document.ts';
import { DOCUMENT_LIMITS } from '../domain/managed-document.ts';
import type { PackageLimits } from '../domain/package.ts';
import { PACKAGE_LIMITS } from '../domain/package.ts';
import { createAgentDesk } from './agent-desk.ts';
import { startCalendarClock } from './calendar-clock.ts';
import { createChangeBroadcast } from './change-broadcast.ts';
import { watchConnections } from './connection-watch.ts';
import { openOutputPlace } from './copies/open-place.ts';
import { startDeadlines } from './deadlines.ts';
import type { Site } from './handlers/implementer.ts';
import { router } from './handlers/router.ts';
import { fleetFacts } from './handlers/site.ts';
import type { Authority } from './hub/authority.ts';
import { openAuthority } from './hub/authority.ts';
import { startHub } from './hub/listener.ts';
import { keepStarterDocuments } from './keep-starter-documents.ts';
import { lateLink } from './late-link.ts';
import { LocalFleet } from './local-agents/local-fleet.ts';
import { createCalendarLibrary } from './operations/calendar-library.ts';
import type { Context } from './operations/context.ts';
import { expireInventory } from './operations/delete-inventory.ts';
import { createDocumentLibrary } from './operations/document-library.ts';
import { createEnrollmentGuard } from './operations/enrollment-guard.ts';
import { createPackageUploads } from './operations/package-uploads.ts';
import { createParameterUses } from './operations/parameter-uses.ts';
import { createSiteIndex } from './operations/site-index.ts';
import { storeProbe } from './operations/store-probe.ts';
import { startOutputCopier } from './output-copier.ts';
import { startOutputKeeper } from './output-keeper.ts';
import type { ChangeBroadcast } from './ports/change-feed.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Vault } from './ports/vault.ts';
import { startScheduler } from './scheduler.ts';
import { createValueCipher, proveCipher } from './secrets/value-cipher.ts';
import { sendAfterCommit } from './send-after-commit.ts';
import { openBlobStore } from './store/blob-store.ts';
import { prepareDataFolder } from './store/data-folder.ts';
import { openDatabase } from './store/database.ts';
import { takeInstanceLock } from './store/instance-lock.ts';
import { openOutputStore } from './store/output-store.ts';
import { openStores } from './store/stores.ts';

export type ControllerOptions = {
  dataFolder: string;
  /** Where agents connect to: an address of this computer, and a port (0 for any free one). */
  hubHost: string;
  hubPort: number;
  vault: Vault;
  clock: Clock;
  log: Log;
  version: string;
  /** The agent's program, and the Node that runs it; null starts no agent on this computer. */
  agent: { file: string; node: string } | null;
  /** Sample nodes to have; null leaves them as they are. */
  sampleLab: number | null;
  heartbeatSeconds?: number;
  /** Smaller ones than a site has, for tests. */
  documentLimits?: Partial<DocumentLimits>;
  associationLimits?: Partial<AssociationLimits>;
  packageLimits?: Partial<PackageLimits>;
  onStatus?(status: { sentence: string; health: FleetHealth }): void;
};

type Port = Parameters<PortHandler<{ site: Site }>['upgrade']>[0];
type Socket = Parameters<SocketHandler<{ site: Site }>['upgrade']>[0];

export type Controller = {
  hubPort: number;
  /** Answers one window's calls over its port, or over its WebSocket. */
  servePort(port: Port): void;
  serveSocket(socket: Socket): void;
  stop(): Promise<void>;
};

type Storage = Pick<Context, 'stores' | 'transaction' | 'outputs' | 'blobs'> & { siteId: SiteId; close(): void };

function openStorage({ dataFolder, clock, packageLimits }: ControllerOptions): Storage {
  prepareDataFolder(dataFolder);
  const lock = takeInstanceLock(join(dataFolder, 'instance.lock'));
  if (lock === null) throw new Fault('E-ALREADY-RUNNING', { folder: dataFolder, where: 'another process holds it' });
  try {
    const database = openDatabase({
      file: join(dataFolder, 'holdfast.db'),
      backupsFolder: join(dataFolder, 'backups'),
      now: () => clock.now(),
    });
    const stores = openStores(database);
    if (stores.sites.find() === null) stores.sites.insert({ siteId: SiteId.parse(v4()), siteName: 'My lab', createdAt: clock.now() });
    const blobs = openBlobStore({
      folder: join(dataFolder, 'packages'),
      ...PACKAGE_LIMITS,
      ...packageLimits,
      isUsed: stores.packages.usesFile,
    });
    const outputs = openOutputStore({ folder: join(dataFolder, 'output'), quotaBytes: stores.retention.settings().outputQuotaBytes });
    const close = () => {
      outputs.close();
      database.close();
      lock.release();
    };
    return {
      stores,
      outputs,
      blobs,
      close,
      transaction: (work) => database.transaction(work),
      siteId: SiteId.parse(stores.sites.find()?.siteId),
    };
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

/** Tells the tray's line whenever it changes. */
function reportStatus(context: Context, changes: ChangeBroadcast, options: ControllerOptions): () => void {
  const { onStatus } = options;
  if (onStatus === undefined) return () => undefined;
  let last = '';
  let isScheduled = false;
  const tell = () => {
    isScheduled = false;
    const facts = fleetFacts(context);
    const status = { sentence: fleetSentence(facts), health: fleetHealth(facts) };
    if (last === JSON.stringify(status)) return;
    last = JSON.stringify(status);
    onStatus(status);
  };
  tell();
  return changes.listen(() => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(tell);
  });
}

/** What has to be undone, in the opposite order of its making. */
type Undo = (() => unknown)[];

/** The parts that only need the context and one another's events: the hub, the schedules, and the agents of this computer. */
async function startParts(context: Context, { options, authority, changes, link, undo }: Parts): Promise<Site> {
  const { clock, log, dataFolder, heartbeatSeconds } = options;
  const desk = createAgentDesk(context);
  const listening = { host: options.hubHost, port: options.hubPort, ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }) };
  // Before the first node can be there: what ran when the controller went away is delayed until its node is back.
  undo.push(startDeadlines(context, changes).stop);
  const hub = await startHub({ ...listening, authority, siteId: SiteId.parse(context.siteId), agents: desk, clock, log });
  undo.push(desk.flush, () => hub.close());
  link.use(hub.link);
  undo.push(startScheduler(context, changes).stop);
  undo.push(startCalendarClock(context, changes).stop);
  const outputKeeper = startOutputKeeper(context);
  undo.push(outputKeeper.stop);
  undo.push(startOutputCopier(context, changes).stop);
  const keepPings = cronJob('* * * * *', desk.keepPings, { suppressMissedWarning: true });
  undo.push(() => keepPings.destroy());
  // Not only at night: a desktop is off then.
  expireInventory(context);
  const forgetInventory = cronJob('17 3 * * *', () => expireInventory(context), { suppressMissedWarning: true });
  undo.push(() => forgetInventory.destroy());
  const program = options.agent ?? { file: '', node: '' };
  const localFleet = new LocalFleet({ ...context, changes }, { program, dataFolder, hubPort: hub.port, expect: desk.expect });
  const connections = watchConnections(context);
  undo.push(connections.stop);
  desk.onDisconnected(connections.wentAway);
  desk.onDisconnected((nodeId) => localFleet.nodeWentAway(nodeId));
  undo.push(() => localFleet.stop());
  undo.push(reportStatus(context, changes, options));
  const facts = { version: options.version, dataFolder, hubPort: hub.port, agentProgram: program.file };
  return { context, changes, localFleet, outputKeeper, facts };
}

type Parts = {
  options: ControllerOptions;
  authority: Authority;
  changes: ChangeBroadcast;
  link: ReturnType<typeof lateLink>;
  undo: Undo;
};

/** The whole controller: storage, authority, hub, scheduler and the agents of this computer, in the order in which they need each other. */
export async function startController(options: ControllerOptions): Promise<Controller> {
  const { clock, log, vault, dataFolder } = options;
  const storage = openStorage(options);
  const undo: Undo = [storage.close];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const authority = await openAuthority({ folder: join(dataFolder, 'keys'), vault, now: () => clock.now(), siteId: storage.siteId });
    const link = lateLink();
    const held = sendAfterCommit({ transaction: storage.transaction, link, changes: createChangeBroadcast() });
    const { changes } = held;
    const library = createDocumentLibrary(storage.stores);
    const parameterUses = createParameterUses({ stores: storage.stores, library, changes });
    const context: Context = {
      ...storage,
      ...held,
      clock,
      log,
      openOutputPlace,
      signer: authority,
      certificates: authority,
      cipher: createValueCipher(authority.dataKey),
      library,
      parameterUses,
      uploads: createPackageUploads({ blobs: storage.blobs, clock }),
      documentLimits: { ...DOCUMENT_LIMITS, ...options.documentLimits },
      associationLimits: { ...ASSOCIATION_LIMITS, ...options.associationLimits },
      index: createSiteIndex(storage.stores),
      calendars: createCalendarLibrary(storage.stores),
      guard: createEnrollmentGuard(),
      version: options.version,
    };
    proveCipher(context.cipher, (sealed) => storeProbe(context, sealed));
    keepStarterDocuments(context);
    // Read now, and not first in the middle of a transaction that may be undone.
    context.index.fleet();
    const site = await startParts(context, { options, authority, changes, link, undo });
    if (options.agent !== null) startLocalFleet(site, options);
    const ports = new PortHandler<{ site: Site }>(router);
    const sockets = new SocketHandler<{ site: Site }>(router);
    return {
      hubPort: site.facts.hubPort,
      servePort: (port) => ports.upgrade(port, { context: { site } }),
      serveSocket: (socket) => void sockets.upgrade(socket, { context: { site } }),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** In the background: the window is there at once, and the nodes appear in it as they come. */
function startLocalFleet({ context, localFleet }: Site, options: ControllerOptions): void {
  const start = async () => {
    await localFleet.start();
    if (options.sampleLab !== null) await localFleet.setSampleLab(options.sampleLab);
  };
  start().catch((cause: unknown) => context.log.error('local-agents-not-started', cause));
}
