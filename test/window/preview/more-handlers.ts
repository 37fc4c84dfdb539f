import { parseDocumentSource } from '../../../agent/document/source.ts';
import { Fault } from '../../../electron/domain/faults.ts';
import { inOrder, os } from './implementer.ts';
import { documentDetail, executionRow, identifierOf, page, targetRow } from './rows.ts';
import type { Run, World } from './world.ts';

const found = (world: World, run: Run | undefined): Run => {
  if (run === undefined) throw new Fault('AssociationExecutionDoesNotExist', { executionId: `unknown (${world.siteName})` });
  return run;
};

export const executions = {
  list: os.executions.list.handler(({ context: { world }, input }) => {
    const rows = [...world.runs.values()]
      .filter(
        ({ execution, targets }) =>
          (input.associationId === null || execution.associationId === input.associationId) &&
          (input.status === null || execution.status === input.status) &&
          (input.nodeId === null || targets.some(({ nodeId }) => nodeId === input.nodeId)),
      )
      .map((run) => executionRow(world, run));
    return page(
      inOrder(rows, (row) => row.createdAt.getTime(), 'descending'),
      input,
    );
  }),
  get: os.executions.get.handler(({ context: { world }, input }) => executionRow(world, found(world, world.runs.get(input.executionId)))),
  targets: os.executions.targets.handler(({ context: { world }, input }) => {
    const { targets } = found(world, world.runs.get(input.executionId));
    return page(
      targets.filter(({ status }) => input.status === null || status === input.status).map((target) => targetRow(world, target)),
      input,
    );
  }),
  target: os.executions.target.handler(({ context: { world }, input }) => {
    const run = found(world, world.runs.get(input.executionId));
    const target = run.targets.find(({ nodeId }) => nodeId === input.nodeId);
    if (target === undefined) throw new Fault('AssociationExecutionDoesNotExist', { executionId: input.executionId });
    const record = (stepIndex: number) => run.steps.find((step) => step.nodeId === input.nodeId && step.stepIndex === stepIndex) ?? null;
    return {
      target: targetRow(world, target),
      steps: world.stepsOf(run.execution.documentName).map((step, stepIndex) => ({ ...step, stepIndex, record: record(stepIndex) })),
    };
  }),
  output: os.executions.output.handler(({ context: { world }, input }) => {
    const text = world.output.get(`${input.executionId} ${input.nodeId} ${input.stepIndex} ${input.stream}`) ?? '';
    const part = text.slice(input.offset, input.offset + 65_536);
    return { text: part, nextOffset: input.offset + part.length, storedBytes: text.length };
  }),
  cancel: os.executions.cancel.handler(({ context: { world }, input }) => {
    const run = found(world, world.runs.get(input.executionId));
    run.execution.cancelRequestedAt = new Date();
    world.settle(run);
    return executionRow(world, run);
  }),
};

export const documents = {
  list: os.documents.list.handler(({ context: { world } }) => [...world.documents.keys()].sort().map((name) => identifierOf(world, name))),
  get: os.documents.get.handler(({ context: { world }, input }) => documentDetail(world, input.name, input.documentVersion)),
  check: os.documents.check.handler(({ input }) => {
    const parsed = parseDocumentSource({ text: input.content, format: input.format });
    return parsed.ok ? [] : parsed.problems.map(({ code, message, line, column }) => ({ code, message, line, column }));
  }),
  create: os.documents.create.handler(({ context: { world }, input }) => {
    if (world.documents.has(input.name)) throw new Fault('DocumentAlreadyExists', { name: input.name }, { places: [{ field: 'name' }] });
    world.documents.set(input.name, {
      name: input.name,
      owner: 'Self',
      defaultVersion: 1,
      versions: [{ documentVersion: 1, format: input.format, content: input.content, createdAt: new Date() }],
    });
    world.publish({ kind: 'document', name: input.name });
    return documentDetail(world, input.name, null);
  }),
  update: os.documents.update.handler(({ context: { world }, input }) => {
    const document = world.documents.get(input.name);
    if (document === undefined) throw new Fault('InvalidDocument', { name: input.name });
    document.versions.push({
      documentVersion: document.versions.length + 1,
      format: input.format,
      content: input.content,
      createdAt: new Date(),
    });
    world.publish({ kind: 'document', name: input.name });
    return documentDetail(world, input.name, document.versions.length);
  }),
  setDefaultVersion: os.documents.setDefaultVersion.handler(({ context: { world }, input }) => {
    const document = world.documents.get(input.name);
    if (document !== undefined) document.defaultVersion = input.documentVersion;
    world.publish({ kind: 'document', name: input.name });
    return documentDetail(world, input.name, null);
  }),
  delete: os.documents.delete.handler(({ context: { world }, input }) => {
    const { associationCount } = identifierOf(world, input.name);
    if (associationCount > 0) throw new Fault('AssociatedInstances', { name: input.name, associations: associationCount });
    world.documents.delete(input.name);
    world.publish({ kind: 'document', name: input.name });
  }),
};

export const compliance = {
  items: os.compliance.items.handler(({ context: { world }, input }) => {
    const rows = [...world.items.values()]
      .filter(
        (item) =>
          (input.nodeId === null || item.nodeId === input.nodeId) &&
          (input.associationId === null || item.associationId === input.associationId) &&
          (input.status === null || item.status === input.status),
      )
      .map((item) => ({ ...item, nodeName: world.nodes.get(item.nodeId)?.name ?? item.nodeId }));
    return page(
      inOrder(rows, (row) => (row.status === 'NON_COMPLIANT' ? 0 : 1), 'ascending'),
      input,
    );
  }),
};
