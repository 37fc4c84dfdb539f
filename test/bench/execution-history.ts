import { join } from 'node:path';
import { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import { openDatabase } from '../../electron/controller/store/database.ts';
import type { ExecutionFilter } from '../../electron/controller/store/execution-pages.ts';
import { openStores, type Stores } from '../../electron/controller/store/stores.ts';
import type { Execution, ExecutionTarget, TargetStatus, Trigger } from '../../electron/domain/execution.ts';
import { countTargets, NO_TARGETS } from '../../electron/domain/execution.ts';
import { anAssociation } from '../builders/association.ts';
import { atMost, type Figure } from './figure.ts';
import type { Bench, Lab } from './lab.ts';

const ROUNDS = 7;
const TARGETS = 1_000_000;
const TARGETS_EACH = 5;
const EXECUTIONS = TARGETS / TARGETS_EACH;
const [ASSOCIATIONS, NODES] = [100, 500];
const BUDGET = atMost(100);

const START = new Date('2026-01-01T00:00:00Z');
const after = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

const nodeId = (number: number): NodeId => NodeId.parse(`mi-${hex(number, 17)}`);
const associationId = (number: number): AssociationId => AssociationId.parse(`00000001-0000-4000-8000-${hex(number, 12)}`);
const executionId = (number: number): ExecutionId => ExecutionId.parse(`00000002-0000-4000-8000-${hex(number, 12)}`);

function addNodes(stores: Stores): void {
  const facts = { platformType: 'Linux', platformName: 'Linux', platformVersion: '1', architecture: 'x64', ipAddress: '10.0.0.1' } as const;
  for (let number = 0; number < NODES; number += 1) {
    stores.nodes.insert({
      nodeId: nodeId(number),
      name: `lab-${number}`,
      origin: 'Activation',
      activationId: null,
      agentVersion: '1',
      facts: { ...facts, computerName: `pc-${number}` },
      tags: [],
      registeredAt: START,
      certificateExpiresAt: after(1_000_000),
    });
  }
}

function addAssociations(stores: Stores): void {
  for (let number = 0; number < ASSOCIATIONS; number += 1) {
    stores.associations.insert({
      ...anAssociation({ associationName: `association-${number}` }),
      associationId: associationId(number),
      associationVersion: 1,
      createdAt: START,
      lastUpdatedAt: START,
      scheduleAnchor: START,
      nextRunAt: null,
      lastFiredAt: null,
      lastExecutionAt: null,
      lastSuccessfulExecutionAt: null,
      overview: { status: 'Pending', detailedStatus: 'Associated', counts: { ...NO_TARGETS } },
      tags: [],
      isSample: false,
    });
  }
}

const TRIGGERS: readonly Trigger[] = ['Schedule', 'Schedule', 'Schedule', 'Schedule', 'Manual', 'Edited', 'NodeMatched'];

/** One in twenty fails; versions change once in a while. */
function anExecution(number: number): { execution: Execution; targets: ExecutionTarget[] } {
  const status: TargetStatus = number % 20 === 0 ? 'Failed' : 'Success';
  const association = associationId(number % ASSOCIATIONS);
  const targets = Array.from(
    { length: TARGETS_EACH },
    (_, position): ExecutionTarget => ({
      executionId: executionId(number),
      associationId: association,
      nodeId: nodeId((number * 7 + position * 101) % NODES),
      status,
      detailedStatus: status,
      dispatchedAt: after(number),
      startedAt: after(number),
      endedAt: after(number),
      errorCode: null,
      executionSummary: '1 out of 1 plugin processed, 1 success, 0 failed, 0 timedout, 0 skipped. ',
      changeCount: null,
      driftCount: null,
      stuckAt: null,
    }),
  );
  const execution: Execution = {
    executionId: executionId(number),
    associationId: association,
    associationVersion: 1 + Math.floor(number / 10_000),
    documentName: 'AWS-RunShellScript',
    documentVersion: 1,
    mode: 'Enforce',
    trigger: TRIGGERS[number % TRIGGERS.length] ?? 'Schedule',
    fireAt: null,
    createdAt: after(number),
    lastExecutionAt: after(number),
    status,
    detailedStatus: status,
    concurrency: 50,
    toleratedErrors: TARGETS_EACH,
    counts: countTargets(targets.map((target) => target.status)),
    cancelRequestedAt: null,
    cutOffAt: null,
    overlapEndsAt: null,
    triggeredAlarms: [],
  };
  return { execution, targets };
}

const ALL: ExecutionFilter = {
  executionId: null,
  associationId: null,
  associationVersion: null,
  nodeId: null,
  status: null,
  trigger: null,
  createdAt: null,
  createdAfter: null,
  createdBefore: null,
};
const [ASSOCIATION, NODE] = [associationId(7), nodeId(7)];
const LATE = { createdAfter: after(EXECUTIONS / 2), createdBefore: after(EXECUTIONS - 1000) };

const QUERIES: readonly { what: string; filter: Partial<ExecutionFilter>; offset?: number }[] = [
  { what: 'all', filter: {} },
  { what: 'all, in the middle', filter: {}, offset: EXECUTIONS / 2 },
  { what: 'by status, common', filter: { status: 'Success' } },
  { what: 'by status, rare', filter: { status: 'Skipped' } },
  { what: 'by trigger', filter: { trigger: 'Schedule' } },
  { what: 'by trigger, none', filter: { trigger: 'Refresh' } },
  { what: 'by creation', filter: LATE },
  { what: 'by status, trigger and creation', filter: { status: 'Failed', trigger: 'Manual', ...LATE } },
  { what: 'of an association, by status and trigger', filter: { associationId: ASSOCIATION, status: 'Success', trigger: 'Schedule' } },
  { what: 'of a version', filter: { associationId: ASSOCIATION, associationVersion: 3 } },
  { what: 'of a node', filter: { nodeId: NODE } },
  {
    what: 'of a node, by everything',
    filter: { nodeId: NODE, associationId: ASSOCIATION, status: 'Success', trigger: 'Schedule', ...LATE },
  },
  { what: 'by id', filter: { executionId: executionId(99) } },
];

function measured(what: string, rounds: number, ask: () => void): Figure {
  ask();
  const values = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    ask();
    return performance.now() - startedAt;
  });
  return { what, unit: 'ms', values, budget: BUDGET };
}

function run(lab: Lab) {
  const rounds = lab.rounds(ROUNDS);
  const database = openDatabase({ file: join(lab.folder, 'holdfast.db'), backupsFolder: join(lab.folder, 'backups'), now: () => START });
  lab.cleanUp.add(() => Promise.resolve(database.close()));
  const stores = openStores(database);
  lab.say(`storing ${TARGETS.toLocaleString('en-US')} targets in ${EXECUTIONS.toLocaleString('en-US')} executions`);
  database.transaction(() => {
    addNodes(stores);
    addAssociations(stores);
    for (let number = 0; number < EXECUTIONS; number += 1) {
      const { execution, targets } = anExecution(number);
      stores.executions.insert(execution, targets);
    }
  });
  const pages = QUERIES.map(({ what, filter, offset = 0 }) =>
    measured(`a page of executions: ${what}`, rounds, () => stores.executions.page({ ...ALL, ...filter, offset, limit: 100 })),
  );
  const versions = measured('the runs of each version of an association', rounds, () => stores.executions.versionRuns(ASSOCIATION));
  return Promise.resolve({ figures: [...pages, versions], notes: [] });
}

export const executionHistory: Bench = {
  name: 'execution-history',
  about: 'pages of executions by every filter, with a million targets on record',
  unable: () => null,
  run,
};
