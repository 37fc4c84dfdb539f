import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { AttentionItem, Overview, SiteFacts } from '../../api/site.ts';
import { associationTitle } from '../../domain/association.ts';
import { Fault } from '../../domain/faults.ts';
import type { FleetFacts } from '../../domain/fleet-health.ts';
import { fleetHealth, fleetSentence } from '../../domain/fleet-health.ts';
import { isClockOff, pingStatusOf } from '../../domain/node.ts';
import type { Context } from '../operations/context.ts';
import { deleteAlarm } from '../operations/delete-alarm.ts';
import { putAlarm } from '../operations/put-alarm.ts';
import type { Site } from './implementer.ts';
import { os } from './implementer.ts';

const SHOWN = { attention: 20, nextRuns: 5, executions: 6 };
const EXPIRING_MS = 14 * 24 * 3_600_000;

/** Addresses that another machine can dial: IPv4 first, no loopback and no link-local ones. */
function dialableAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const usable = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80') && !address.startsWith('169.254.'));
  const sorted = usable.sort((a, b) => (a.family === b.family ? 0 : a.family === 'IPv4' ? -1 : 1));
  return [...new Set(sorted.map(({ address }) => address)), '127.0.0.1'];
}

export function siteFacts({ context, facts }: Site): SiteFacts {
  const site = context.stores.sites.find();
  if (site === null) throw new Error('The controller runs without a site.');
  return {
    siteName: site.siteName,
    version: facts.version,
    dataFolder: facts.dataFolder,
    hubPort: facts.hubPort,
    hubAddresses: dialableAddresses(),
    caFingerprint: context.certificates.caFingerprint,
    confirmAbove: site.confirmAbove,
    now: context.clock.now(),
  };
}

function attention(context: Context): AttentionItem[] {
  const now = context.clock.now();
  const nodes = context.stores.nodes.all();
  const isLost = ({ nodeId, lastPingAt }: (typeof nodes)[number]) =>
    pingStatusOf({ isConnected: context.link.isConnected(nodeId), lastPingAt }, now) === 'ConnectionLost';
  const lost = nodes.filter(isLost);
  return [
    ...context.stores.compliance.nonCompliantAssociations().map((item) => ({ kind: 'non-compliant' as const, ...item })),
    ...context.stores.compliance.nonCompliantTypes().map((type) => ({ kind: 'non-compliant-type' as const, ...type })),
    ...nodes.filter(isClockOff).map(({ nodeId, name, clockOffsetSeconds }) => ({
      kind: 'clock-off' as const,
      nodeId,
      name,
      offsetSeconds: clockOffsetSeconds ?? 0,
    })),
    ...nodes
      .filter((node) => node.certificateExpiresAt.getTime() - now.getTime() < EXPIRING_MS)
      .map(({ nodeId, name, certificateExpiresAt }) => ({
        kind: 'certificate-expiring' as const,
        nodeId,
        name,
        expiresAt: certificateExpiresAt,
      })),
    ...lost.map(({ nodeId, name, lastPingAt }) => ({ kind: 'connection-lost' as const, nodeId, name, since: lastPingAt })),
  ];
}

/** The few numbers that colour the tray, the header and the overview alike. */
export function fleetFacts({ stores, link }: Pick<Context, 'stores' | 'link'>): FleetFacts {
  const { nonCompliantNodes } = stores.compliance.nodeCounts();
  return {
    nodes: stores.nodes.members().length,
    online: link.connectedNodes().length,
    running: stores.executions.unfinishedCount(),
    nonCompliant: nonCompliantNodes,
    failedAssociations: stores.associations.list().filter((association) => association.overview.status === 'Failed').length,
  };
}

function overview({ context }: Site): Overview {
  const { stores } = context;
  const facts = fleetFacts(context);
  const associations = stores.associations.list();
  const count = (status: string) => associations.filter((association) => association.overview.status === status).length;
  const { compliantNodes, nonCompliantNodes } = stores.compliance.nodeCounts();
  const selections = new Map(context.index.associations().map(({ association, selection }) => [association.associationId, selection]));
  const coming = associations
    .flatMap((association) => (association.nextRunAt === null ? [] : [{ association, at: association.nextRunAt }]))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    nodes: { total: facts.nodes, online: facts.online },
    associations: { total: associations.length, failed: count('Failed'), pending: count('Pending'), success: count('Success') },
    compliance: { compliantNodes, nonCompliantNodes, unknownNodes: Math.max(0, facts.nodes - compliantNodes - nonCompliantNodes) },
    running: facts.running,
    health: fleetHealth(facts),
    sentence: fleetSentence(facts),
    attention: attention(context).slice(0, SHOWN.attention),
    nextRuns: coming.slice(0, SHOWN.nextRuns).map(({ association, at }) => {
      const selection = selections.get(association.associationId);
      const targets = selection === undefined ? 0 : context.index.matchCount(selection);
      return { associationId: association.associationId, title: associationTitle(association), at, targets };
    }),
    lastExecutions: stores.executions.recent(SHOWN.executions),
  };
}

const sampleLab = ({ context, localFleet }: Site) => ({
  nodes: localFleet.samples(),
  associations: context.stores.associations.sampleIds().length,
});

async function agentProgram({ facts }: Site): Promise<{ fileName: string; text: string }> {
  try {
    return { fileName: 'holdfast-agent.mjs', text: await readFile(facts.agentProgram, 'utf8') };
  } catch (cause) {
    throw new Fault('E-AGENT-PROGRAM', { cause: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}

export const siteHandlers = {
  facts: os.site.facts.handler(({ context: { site } }) => siteFacts(site)),
  rename: os.site.rename.handler(({ context: { site }, input }) => {
    site.context.stores.sites.rename(input.siteName);
    site.changes.publish({ kind: 'site' });
    return siteFacts(site);
  }),
  setConfirmAbove: os.site.setConfirmAbove.handler(({ context: { site }, input }) => {
    site.context.stores.sites.setConfirmAbove(input.confirmAbove);
    site.changes.publish({ kind: 'site' });
    return siteFacts(site);
  }),
  overview: os.site.overview.handler(({ context: { site } }) => overview(site)),
  agentProgram: os.site.agentProgram.handler(({ context: { site } }) => agentProgram(site)),
  sampleLab: os.site.sampleLab.handler(({ context: { site } }) => sampleLab(site)),
  startSampleLab: os.site.startSampleLab.handler(async ({ context: { site }, input }) => {
    await site.localFleet.setSampleLab(input.nodes);
    return sampleLab(site);
  }),
  removeSampleLab: os.site.removeSampleLab.handler(async ({ context: { site } }) => {
    await site.localFleet.setSampleLab(0);
    return sampleLab(site);
  }),
  alarms: os.site.alarms.handler(({ context: { site } }) => site.context.stores.alarms.list()),
  putAlarm: os.site.putAlarm.handler(({ context: { site }, input }) => putAlarm(site.context, input)),
  deleteAlarm: os.site.deleteAlarm.handler(({ context: { site }, input }) => deleteAlarm(site.context, input.name)),
};
