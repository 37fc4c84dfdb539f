import { randomUUID } from 'node:crypto';
import { ActivationId, type AssociationId } from '../../../agent/protocol/ids.ts';
import { describeSchedule, nextRuns } from '../../../agent/schedule/schedule.ts';
import type { Change } from '../../../electron/api/changes.ts';
import { draftOf, runsOnSave } from '../../../electron/domain/association.ts';
import { checkDraft } from '../../../electron/domain/association-check.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import type { ManagedNode } from '../../../electron/domain/node.ts';
import { rateLimits } from '../../../electron/domain/rate-control.ts';
import { describeSelection } from '../../../electron/domain/target.ts';
import { inOrder, os } from './implementer.ts';
import { compliance, documents, executions } from './more-handlers.ts';
import { associationRow, NO_SCHEDULE, nodeRow, overviewOf, page } from './rows.ts';
import { contents, madeAssociation, madeNode } from './seed.ts';
import type { World } from './world.ts';

const facts = ({ siteName }: World) => ({
  siteName,
  version: '0.1.0',
  dataFolder: '/home/lab/.local/share/holdfast',
  hubPort: 8443,
  hubAddresses: ['10.20.0.5', 'office-desktop.lab', '192.168.1.20'],
  caFingerprint: '3f9a1c77e0b24d5599aa01c4de1204bb8d6f0c1be27a4438a1f59e0d7c3b2a10',
  now: new Date(),
});

const lab = (world: World) => ({
  nodes: [...world.nodes.values()]
    .filter(({ origin }) => origin === 'SampleLab')
    .map(({ nodeId, name }) => ({ nodeId, name, running: true })),
  associations: [...world.associations.values()].filter(({ isSample }) => isSample).length,
});

function association(world: World, associationId: AssociationId) {
  const found = world.associations.get(associationId);
  if (found === undefined) throw new Fault('AssociationDoesNotExist', { associationId });
  return found;
}

function check(world: World, draft: unknown) {
  return checkDraft(draft, {
    now: new Date(),
    knowsNode: (nodeId) => world.nodes.has(nodeId),
    document: (name) => {
      const content = contents.get(name);
      return content === undefined
        ? { ok: false, code: 'InvalidDocument', message: `There is no document named “${name}”.` }
        : { ok: true, content };
    },
  });
}

async function* notices(world: World, signal: AbortSignal | undefined) {
  const waiting: Change[] = [];
  const end = world.listen((change) => waiting.push(change));
  try {
    yield { kind: 'everything' as const };
    while (signal?.aborted !== true) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const changes = [...new Map(waiting.splice(0).map((change) => [JSON.stringify(change), change])).values()];
      if (changes.length > 0) yield { kind: 'some' as const, changes };
    }
  } finally {
    end();
  }
}

const site = {
  facts: os.site.facts.handler(({ context: { world } }) => facts(world)),
  rename: os.site.rename.handler(({ context: { world }, input }) => {
    world.siteName = input.siteName;
    return facts(world);
  }),
  overview: os.site.overview.handler(({ context: { world } }) => overviewOf(world)),
  agentProgram: os.site.agentProgram.handler(() => ({ fileName: 'holdfast-agent.mjs', text: '// preview\n' })),
  sampleLab: os.site.sampleLab.handler(({ context: { world } }) => lab(world)),
  startSampleLab: os.site.startSampleLab.handler(({ context: { world }, input }) => {
    for (let index = 1; index <= input.nodes; index += 1) {
      const node = madeNode(200 + index, {
        name: `sample-${index}`,
        origin: 'SampleLab',
        pingStatus: 'Online',
        tags: [{ key: 'lab', value: 'sample' }],
      });
      world.nodes.set(node.nodeId, node);
    }
    world.publish({ kind: 'sample-lab' });
    return lab(world);
  }),
  removeSampleLab: os.site.removeSampleLab.handler(({ context: { world } }) => {
    for (const node of [...world.nodes.values()]) if (node.origin === 'SampleLab') world.nodes.delete(node.nodeId);
    for (const one of [...world.associations.values()]) if (one.isSample) world.associations.delete(one.associationId);
    world.publish({ kind: 'sample-lab' });
    return lab(world);
  }),
};

const nodes = {
  list: os.nodes.list.handler(({ context: { world }, input }) => {
    const wanted = input.search.toLowerCase();
    const tagText = ({ tags }: ManagedNode) => tags.map(({ key, value }) => `${key}=${value}`).join(' ');
    const found = [...world.nodes.values()]
      .filter((node) => `${node.name} ${node.nodeId} ${tagText(node)}`.toLowerCase().includes(wanted))
      .filter(({ pingStatus }) => input.pingStatus === null || pingStatus === input.pingStatus);
    const by = (node: ManagedNode) =>
      input.sort === 'lastPingAt' ? (node.lastPingAt?.getTime() ?? 0) : input.sort === 'pingStatus' ? node.pingStatus : node.name;
    const { rows, total } = page(inOrder(found, by, input.order), input);
    return { rows: rows.map((node) => nodeRow(world, node)), total };
  }),
  get: os.nodes.get.handler(({ context: { world }, input }) => {
    const node = world.nodes.get(input.nodeId);
    if (node === undefined) throw new Fault('InvalidInstanceId', { nodeId: input.nodeId });
    return nodeRow(world, node);
  }),
  associations: os.nodes.associations.handler(({ context: { world }, input }) =>
    [...world.associations.values()]
      .filter((one) => world.matching(one).some(({ nodeId }) => nodeId === input.nodeId))
      .map((one) => {
        const row = associationRow(world, one);
        const runs = [...world.runs.values()].filter(({ execution }) => execution.associationId === one.associationId);
        const target = runs.at(-1)?.targets.find(({ nodeId }) => nodeId === input.nodeId);
        const latest =
          target === undefined ? null : { ...target, associationVersion: 1, at: target.endedAt ?? target.startedAt ?? new Date() };
        return { ...row, because: row.targetText, latest, compliance: world.items.get(`${input.nodeId} ${one.associationId}`) ?? null };
      }),
  ),
  update: os.nodes.update.handler(({ context: { world }, input }) => {
    const node = world.nodes.get(input.nodeId);
    if (node === undefined) throw new Fault('InvalidInstanceId', { nodeId: input.nodeId });
    Object.assign(node, { name: input.name, tags: input.tags });
    world.publish({ kind: 'node', nodeId: input.nodeId });
    return nodeRow(world, node);
  }),
  deregister: os.nodes.deregister.handler(({ context: { world }, input }) => {
    world.nodes.delete(input.nodeId);
    world.publish({ kind: 'node', nodeId: input.nodeId });
  }),
  tags: os.nodes.tags.handler(({ context: { world } }) => {
    const byKey = new Map<string, Set<string>>();
    for (const { tags } of world.nodes.values())
      for (const { key, value } of tags) byKey.set(key, (byKey.get(key) ?? new Set()).add(value));
    return [...byKey].map(([key, values]) => ({ key, values: [...values].sort(), nodes: values.size }));
  }),
};

const activations = {
  list: os.activations.list.handler(({ context: { world } }) => [...world.activations.values()]),
  create: os.activations.create.handler(({ context: { world }, input: { draft, address } }) => {
    const activationId = ActivationId.parse(randomUUID());
    const activation = {
      ...draft,
      activationId,
      registrationsCount: 0,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + draft.validHours * 3_600_000),
    };
    world.activations.set(activationId, activation);
    world.publish({ kind: 'activation', activationId });
    setTimeout(() => {
      const node = madeNode(300 + world.nodes.size, {
        name: draft.defaultInstanceName ?? 'lab-new',
        activationId,
        pingStatus: 'Online',
        tags: draft.tags,
        registeredAt: new Date(),
        lastPingAt: new Date(),
      });
      world.nodes.set(node.nodeId, node);
      activation.registrationsCount = 1;
      world.publish({ kind: 'activation', activationId });
      world.publish({ kind: 'node', nodeId: node.nodeId });
    }, 6000);
    const { caFingerprint } = facts(world);
    const line = `node holdfast-agent.mjs enroll --controller ${address}:8443 --activation-id ${activationId} --activation-code Zk3v9QpLw2Xy8TtB --ca-fingerprint sha256:${caFingerprint}`;
    return {
      activation,
      activationCode: 'Zk3v9QpLw2Xy8TtB',
      commands: { posix: `${line} && node holdfast-agent.mjs run`, powershell: `${line}; if ($?) { node holdfast-agent.mjs run }` },
      caFingerprint,
    };
  }),
  delete: os.activations.delete.handler(({ context: { world }, input }) => {
    world.activations.delete(input.activationId);
    world.publish({ kind: 'activation', activationId: input.activationId });
  }),
};

const associations = {
  list: os.associations.list.handler(({ context: { world }, input }) => {
    const rows = [...world.associations.values()]
      .map((one) => associationRow(world, one))
      .filter(
        (row) =>
          row.title.toLowerCase().includes(input.search.toLowerCase()) && (input.status === null || row.overview.status === input.status),
      );
    const by = (row: (typeof rows)[number]) =>
      input.sort === 'title' ? row.title.toLowerCase() : input.sort === 'status' ? row.overview.status : (row[input.sort]?.getTime() ?? 0);
    return page(inOrder(rows, by, input.order), input);
  }),
  get: os.associations.get.handler(({ context: { world }, input }) => associationRow(world, association(world, input.associationId))),
  versions: os.associations.versions.handler(({ context: { world }, input }) =>
    (world.versions.get(input.associationId) ?? []).map((version) => ({ ...version, draft: draftOf(version.draft) })),
  ),
  preview: os.associations.preview.handler(({ context: { world }, input }) => {
    const { problems, draft, selection, schedule } = check(world, input.draft);
    const matching = draft === null || selection === null ? [] : world.matching(draft);
    const saved = input.associationId === null ? null : association(world, input.associationId);
    const now = new Date();
    return {
      problems: [...problems],
      targetText: selection === null ? '' : describeSelection(selection),
      matching: {
        total: matching.length,
        online: matching.filter(({ pingStatus }) => pingStatus === 'Online').length,
        nodes: matching.slice(0, 100).map(({ nodeId, name, pingStatus, origin }) => ({
          nodeId,
          name,
          online: pingStatus === 'Online',
          isSample: origin === 'SampleLab',
        })),
      },
      scheduleText: schedule !== null ? describeSchedule(schedule) : draft?.scheduleExpression === null ? NO_SCHEDULE : '',
      nextRuns: schedule === null ? [] : nextRuns(schedule, { after: now, anchor: now, count: 5 }),
      runsOnSave: draft !== null && runsOnSave(saved, draft),
      ...rateLimits({ maxConcurrency: draft?.maxConcurrency ?? null, maxErrors: draft?.maxErrors ?? null, targets: matching.length }),
    };
  }),
  save: os.associations.save.handler(({ context: { world }, input }) => {
    const { problems, draft } = check(world, input.draft);
    if (problems.length > 0 || draft === null)
      throw new Fault(
        'ValidationException',
        { problems: problems.map(({ message }) => message) },
        { places: problems.map(({ field }) => ({ field })) },
      );
    const before = input.edit === null ? null : association(world, input.edit.associationId);
    if (before !== null && input.edit !== null && before.associationVersion !== input.edit.associationVersion)
      throw new Fault('InvalidAssociationVersion', { sent: input.edit.associationVersion, newest: before.associationVersion });
    const made =
      before === null
        ? madeAssociation(draft)
        : { ...before, ...draft, associationVersion: before.associationVersion + 1, lastUpdatedAt: new Date(), scheduleAnchor: new Date() };
    world.add(made);
    if (runsOnSave(before, draft)) world.start(made, before === null ? 'Created' : 'Edited', new Date());
    return associationRow(world, made);
  }),
  delete: os.associations.delete.handler(({ context: { world }, input }) => {
    for (const associationId of input.associationIds) {
      world.associations.delete(associationId);
      world.publish({ kind: 'association', associationId });
    }
  }),
  startOnce: os.associations.startOnce.handler(({ context: { world }, input }) =>
    input.associationIds.map((associationId) => {
      const one = association(world, associationId);
      return {
        associationId,
        executionId: world.matching(one).length === 0 ? null : world.start(one, 'Manual', new Date()).execution.executionId,
      };
    }),
  ),
};

export const router = {
  site,
  nodes,
  activations,
  associations,
  executions,
  documents,
  compliance,
  changes: { watch: os.changes.watch.handler(({ context: { world }, signal }) => notices(world, signal)) },
};
