import { describeSchedule } from '../../../agent/schedule/schedule.ts';
import type { AssociationRow } from '../../../electron/api/associations.ts';
import type { DocumentDetail } from '../../../electron/api/documents.ts';
import type { ExecutionRow, TargetRow } from '../../../electron/api/executions.ts';
import type { NodeRow } from '../../../electron/api/nodes.ts';
import type { Overview } from '../../../electron/api/site.ts';
import type { Association } from '../../../electron/domain/association.ts';
import { associationTitle } from '../../../electron/domain/association.ts';
import { savedSchedule } from '../../../electron/domain/association-check.ts';
import { nodeCompliance } from '../../../electron/domain/compliance.ts';
import type { ExecutionTarget } from '../../../electron/domain/execution.ts';
import { resourceCountByStatus } from '../../../electron/domain/execution.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import { fleetHealth, fleetSentence } from '../../../electron/domain/fleet-health.ts';
import type { DocumentIdentifier } from '../../../electron/domain/managed-document.ts';
import type { ManagedNode } from '../../../electron/domain/node.ts';
import { isClockOff } from '../../../electron/domain/node.ts';
import { describeSelection, parseTargets } from '../../../electron/domain/target.ts';
import { contents, hashOf } from './seed.ts';
import type { Run, World } from './world.ts';

export const page = <Row>(rows: readonly Row[], { offset, limit }: { offset: number; limit: number }) => ({
  rows: rows.slice(offset, offset + limit),
  total: rows.length,
});

export const NO_SCHEDULE = 'Once, when it is saved';

export function associationRow(world: World, association: Association): AssociationRow {
  const targets = parseTargets(association.targets);
  const schedule = savedSchedule(association, association.scheduleAnchor);
  const items = [...world.items.values()].filter((item) => item.associationId === association.associationId);
  const nonCompliant = items.filter(({ status }) => status === 'NON_COMPLIANT').length;
  return {
    ...association,
    title: associationTitle(association),
    scheduleText: schedule === null ? NO_SCHEDULE : describeSchedule(schedule),
    targetText: targets.ok ? describeSelection(targets.selection) : targets.problem,
    matchingNodes: world.matching(association).length,
    compliance: { compliant: items.length - nonCompliant, nonCompliant },
  };
}

export function executionRow(world: World, { execution, targets }: Run): ExecutionRow {
  const association = world.associations.get(execution.associationId);
  const title = association === undefined ? execution.documentName : associationTitle(association);
  return { ...execution, title, targetCount: targets.length, resourceCountByStatus: resourceCountByStatus(execution.counts) };
}

export function targetRow(world: World, target: ExecutionTarget): TargetRow {
  const node = world.nodes.get(target.nodeId);
  return { ...target, nodeName: node?.name ?? target.nodeId, online: node?.pingStatus === 'Online' };
}

export function nodeRow(world: World, node: ManagedNode): NodeRow {
  const items = [...world.items.values()].filter(({ nodeId }) => nodeId === node.nodeId);
  const runs = [...world.runs.values()].filter(({ targets }) => targets.some(({ nodeId }) => nodeId === node.nodeId));
  return {
    ...node,
    compliance: nodeCompliance(items),
    associationCount: [...world.associations.values()].filter((association) => world.covers(association, node)).length,
    lastExecutionAt: runs.length === 0 ? null : new Date(Math.max(...runs.map(({ execution }) => execution.createdAt.getTime()))),
  };
}

export function identifierOf(world: World, name: string): DocumentIdentifier {
  const document = world.documents.get(name);
  if (document === undefined) throw new Fault('InvalidDocument', { name });
  return {
    name,
    owner: document.owner,
    documentType: 'Command',
    description: contents.get(name)?.description ?? 'Written in the preview.',
    platformTypes: ['Linux', 'MacOS'],
    defaultVersion: document.defaultVersion,
    latestVersion: document.versions.length,
    createdAt: document.versions[0]?.createdAt ?? new Date(),
    aliasOf: name === 'AWS-RunShellScript' ? 'Holdfast-RunShellScript' : null,
    associationCount: [...world.associations.values()].filter(({ documentName }) => documentName === name).length,
  };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function documentDetail(world: World, name: string, documentVersion: number | null): DocumentDetail {
  const identifier = identifierOf(world, name);
  const versions = world.documents.get(name)?.versions ?? [];
  const number = documentVersion ?? identifier.defaultVersion;
  const version = versions.find((candidate) => candidate.documentVersion === number);
  if (version === undefined) throw new Fault('InvalidDocumentVersion', { name, version: String(number) });
  const hash = (content: string) => hashOf(content);
  return {
    identifier,
    version: { name, ...version, hash: hash(version.content) },
    versions: versions.map((one) => ({ documentVersion: one.documentVersion, createdAt: one.createdAt, hash: hash(one.content) })),
    parameters: Object.entries(contents.get(name)?.parameters ?? {}).map(([key, definition]) => ({
      name: key,
      type: definition.type,
      description: definition.description ?? '',
      required: definition.default === undefined,
      defaultText: definition.default === undefined ? null : asText(definition.default),
      allowedValues: definition.allowedValues?.map(asText) ?? null,
      allowedPattern: definition.allowedPattern ?? null,
      displayType: definition.displayType ?? null,
    })),
    steps: world.stepsOf(name),
    usedBy: [...world.associations.values()]
      .filter(({ documentName }) => documentName === name)
      .map((association) => ({ associationId: association.associationId, title: associationTitle(association) })),
  };
}

export function overviewOf(world: World): Overview {
  const nodes = [...world.nodes.values()];
  const associations = [...world.associations.values()];
  const runs = [...world.runs.values()];
  const compliance = nodes.map((node) => nodeCompliance([...world.items.values()].filter(({ nodeId }) => nodeId === node.nodeId)));
  const count = (status: string | null) => compliance.filter((candidate) => candidate === status).length;
  const status = (wanted: string) => associations.filter(({ overview }) => overview.status === wanted).length;
  const running = runs.filter(({ execution }) => execution.status === 'InProgress' || execution.status === 'Pending').length;
  const facts = {
    nodes: nodes.length,
    online: nodes.filter(({ pingStatus }) => pingStatus === 'Online').length,
    running,
    nonCompliant: count('NON_COMPLIANT'),
    failedAssociations: status('Failed'),
  };
  const bad = associations.flatMap((association) => {
    const items = [...world.items.values()].filter(
      (item) => item.associationId === association.associationId && item.status === 'NON_COMPLIANT',
    );
    const [first] = items;
    return first === undefined
      ? []
      : [
          {
            kind: 'non-compliant' as const,
            associationId: association.associationId,
            title: associationTitle(association),
            severity: association.complianceSeverity,
            nodes: items.length,
            since: first.since,
          },
        ];
  });
  const lost = nodes
    .filter(({ pingStatus }) => pingStatus !== 'Online')
    .map(({ nodeId, name, lastPingAt }) => ({ kind: 'connection-lost' as const, nodeId, name, since: lastPingAt }));
  const clocks = nodes
    .filter(isClockOff)
    .map(({ nodeId, name, clockOffsetSeconds }) => ({ kind: 'clock-off' as const, nodeId, name, offsetSeconds: clockOffsetSeconds ?? 0 }));
  const next = associations
    .filter(({ nextRunAt }) => nextRunAt !== null)
    .sort((a, b) => (a.nextRunAt?.getTime() ?? 0) - (b.nextRunAt?.getTime() ?? 0));
  return {
    nodes: { total: facts.nodes, online: facts.online },
    associations: { total: associations.length, failed: status('Failed'), pending: status('Pending'), success: status('Success') },
    compliance: { compliantNodes: count('COMPLIANT'), nonCompliantNodes: count('NON_COMPLIANT'), unknownNodes: count(null) },
    running,
    health: fleetHealth(facts),
    sentence: fleetSentence(facts),
    attention: [...bad, ...lost, ...clocks],
    nextRuns: next.slice(0, 6).map((association) => ({
      associationId: association.associationId,
      title: associationTitle(association),
      at: association.nextRunAt ?? new Date(),
      targets: world.matching(association).length,
    })),
    lastExecutions: runs.map(({ execution }) => execution.executionId).slice(-8),
  };
}
