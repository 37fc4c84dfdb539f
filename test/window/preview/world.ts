import { randomUUID } from 'node:crypto';
import type { ActivationId, AssociationId, ExecutionId, NodeId } from '../../../agent/protocol/ids.ts';
import { ExecutionId as ExecutionIds } from '../../../agent/protocol/ids.ts';
import { nextRun } from '../../../agent/schedule/schedule.ts';
import type { Change } from '../../../electron/api/changes.ts';
import type { Activation } from '../../../electron/domain/activation.ts';
import type { Association, AssociationDraft } from '../../../electron/domain/association.ts';
import { savedSchedule } from '../../../electron/domain/association-check.ts';
import type { ComplianceItem } from '../../../electron/domain/compliance.ts';
import { complianceFrom } from '../../../electron/domain/compliance.ts';
import type { Execution, ExecutionTarget, TargetStatus, Trigger } from '../../../electron/domain/execution.ts';
import { countTargets, executionStatus, isFinal, overviewStatus } from '../../../electron/domain/execution.ts';
import { fleetIndex, matchingNodes } from '../../../electron/domain/fleet-index.ts';
import type { ManagedNode } from '../../../electron/domain/node.ts';
import { rateLimits } from '../../../electron/domain/rate-control.ts';
import type { StepRecord } from '../../../electron/domain/step.ts';
import { executionSummary } from '../../../electron/domain/step.ts';
import { isSelected, parseTargets } from '../../../electron/domain/target.ts';
import { ago, contents, DAY, drafts, HOUR, hashOf, madeAssociation, madeFleet, seededRandom, sourceOf } from './seed.ts';

export interface Version {
  documentVersion: number;
  format: 'YAML' | 'JSON';
  content: string;
  createdAt: Date;
}

export interface StoredDocument {
  name: string;
  owner: 'Holdfast' | 'Self';
  defaultVersion: number;
  versions: Version[];
}

export interface Run {
  execution: Execution;
  targets: ExecutionTarget[];
  steps: StepRecord[];
}

const random = seededRandom(11);

/** Everything that the made-up controller knows, in memory. */
export class World {
  readonly nodes = new Map<NodeId, ManagedNode>();
  readonly associations = new Map<AssociationId, Association>();
  readonly versions = new Map<AssociationId, { associationVersion: number; createdAt: Date; draft: AssociationDraft }[]>();
  readonly runs = new Map<ExecutionId, Run>();
  readonly documents = new Map<string, StoredDocument>();
  readonly items = new Map<string, ComplianceItem>();
  readonly activations = new Map<ActivationId, Activation>();
  readonly output = new Map<string, string>();
  readonly #listeners = new Set<(change: Change) => void>();
  siteName = 'Physics department';

  constructor({ isEmpty, nodes }: { isEmpty: boolean; nodes: number }) {
    const fleet = madeFleet(nodes);
    for (const node of isEmpty ? fleet.filter(({ origin }) => origin === 'LocalAgent') : fleet) this.nodes.set(node.nodeId, node);
    for (const [name, content] of contents) {
      const isBuiltIn = /^(Holdfast|AWS)-/.test(name);
      if (isEmpty && !isBuiltIn) continue;
      const first = { documentVersion: 1, format: 'YAML' as const, content: sourceOf(content), createdAt: ago(30 * DAY) };
      const second = { ...first, documentVersion: 2, content: `${first.content}# second\n`, createdAt: ago(2 * DAY) };
      this.documents.set(name, {
        name,
        owner: isBuiltIn ? 'Holdfast' : 'Self',
        defaultVersion: 1,
        versions: isBuiltIn ? [first] : [first, second],
      });
    }
    if (isEmpty) return;
    for (const saved of drafts) this.add(madeAssociation(saved));
    for (const association of this.associations.values()) {
      for (const back of [26, 9, 1.5]) this.finish(this.start(association, 'Schedule', ago(back * HOUR + random() * HOUR)), true);
    }
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  add(association: Association): void {
    const schedule = savedSchedule(association, association.scheduleAnchor);
    association.nextRunAt = schedule === null ? null : nextRun(schedule, new Date(), association.scheduleAnchor);
    this.associations.set(association.associationId, association);
    const { associationId, associationVersion, lastUpdatedAt } = association;
    const before = this.versions.get(associationId) ?? [];
    this.versions.set(associationId, [...before, { associationVersion, createdAt: lastUpdatedAt, draft: association }]);
    this.publish({ kind: 'association', associationId });
  }

  matching(draft: Pick<AssociationDraft, 'targets'>): ManagedNode[] {
    const parsed = parseTargets(draft.targets);
    if (!parsed.ok) return [];
    return matchingNodes(fleetIndex(this.nodes.values()), parsed.selection).flatMap(({ nodeId }) => this.nodes.get(nodeId) ?? []);
  }

  covers(draft: Pick<AssociationDraft, 'targets'>, node: ManagedNode): boolean {
    const parsed = parseTargets(draft.targets);
    return parsed.ok && isSelected(parsed.selection, node);
  }

  stepsOf(documentName: string): { name: string; action: string }[] {
    return (contents.get(documentName)?.mainSteps ?? [{ name: 'greet', action: 'aws:runShellScript' }]).map(({ name, action }) => ({
      name,
      action,
    }));
  }

  start(association: Association, trigger: Trigger, createdAt: Date): Run {
    const { associationId, associationVersion, documentName } = association;
    const executionId = ExecutionIds.parse(randomUUID());
    const nodes = this.matching(association);
    const targets = nodes.map(({ nodeId, pingStatus }): ExecutionTarget => {
      const isAway = pingStatus !== 'Online';
      const status: TargetStatus = isAway ? 'Skipped' : 'Pending';
      return {
        executionId,
        associationId,
        nodeId,
        status,
        detailedStatus: isAway ? 'NodeOffline' : status,
        dispatchedAt: null,
        startedAt: null,
        endedAt: isAway ? createdAt : null,
        errorCode: null,
        executionSummary: '',
      };
    });
    const counts = countTargets(targets.map(({ status }) => status));
    const execution: Execution = {
      executionId,
      associationId,
      associationVersion,
      documentName,
      documentVersion: 1,
      trigger,
      createdAt,
      counts,
      fireAt: trigger === 'Schedule' ? createdAt : null,
      lastExecutionAt: createdAt,
      status: 'Pending',
      detailedStatus: 'Pending',
      ...rateLimits({ ...association, targets: targets.length }),
      cancelRequestedAt: null,
    };
    const run = { execution, targets, steps: [] };
    this.runs.set(executionId, run);
    this.settle(run);
    return run;
  }

  /** One target to its end, with its steps and their output. */
  finishTarget(run: Run, target: ExecutionTarget, at: Date): void {
    if (isFinal(target.status)) return;
    const fails = random() < (run.execution.documentName === 'Holdfast-CheckDiskSpace' ? 0.08 : 0.025);
    const steps = this.stepsOf(run.execution.documentName);
    target.startedAt ??= new Date(at.getTime() - 4000 - random() * 9000);
    target.dispatchedAt ??= target.startedAt;
    const from = target.startedAt.getTime();
    for (const [stepIndex, { name }] of steps.entries()) {
      const isLast = stepIndex === steps.length - 1;
      const text = `$ ${name} on ${this.nodes.get(target.nodeId)?.name}\nReading package lists... Done\n\u001b[32mok\u001b[0m ${name}\n`;
      const error = fails && isLast ? `\u001b[31merror:\u001b[0m /dev/sda2 is 97 % full\n` : '';
      this.output.set(`${run.execution.executionId} ${target.nodeId} ${stepIndex} stdout`, text);
      this.output.set(`${run.execution.executionId} ${target.nodeId} ${stepIndex} stderr`, error);
      const startedAt = new Date(from + (stepIndex * (at.getTime() - from)) / steps.length);
      const result =
        fails && isLast
          ? { status: 'Failed' as const, exitCode: 1, reason: 'The script ended with exit code 1.' }
          : { status: 'Success' as const, exitCode: 0 };
      run.steps = run.steps.filter((step) => step.nodeId !== target.nodeId || step.stepIndex !== stepIndex);
      run.steps.push({
        executionId: run.execution.executionId,
        nodeId: target.nodeId,
        stepIndex,
        attempt: 1,
        status: result.status,
        startedAt,
        endedAt: new Date(from + ((stepIndex + 1) * (at.getTime() - from)) / steps.length),
        result,
        stdout: { bytes: text.length, droppedBytes: 0, head: text },
        stderr: { bytes: error.length, droppedBytes: 0, head: error },
      });
    }
    target.status = fails ? 'Failed' : 'Success';
    target.detailedStatus = target.status;
    target.endedAt = at;
    target.executionSummary = executionSummary(
      steps.map(({ name }, index) => ({
        name,
        status: fails && index === steps.length - 1 ? 'Failed' : 'Success',
        problem: fails ? 'the script ended with exit code 1' : null,
      })),
    );
    this.#judge(run, target, at);
    this.settle(run);
  }

  finish(run: Run, isPast: boolean): void {
    for (const target of run.targets)
      this.finishTarget(run, target, isPast ? new Date(run.execution.createdAt.getTime() + 20_000 + random() * 60_000) : new Date());
  }

  #judge({ execution }: Run, target: ExecutionTarget, at: Date): void {
    const association = this.associations.get(execution.associationId);
    const change = complianceFrom(target.status, 'AUTO');
    if (!change.change || association === undefined) return;
    const key = `${target.nodeId} ${execution.associationId}`;
    const before = this.items.get(key);
    this.items.set(key, {
      nodeId: target.nodeId,
      associationId: execution.associationId,
      title: association.associationName ?? association.documentName,
      severity: association.complianceSeverity,
      status: change.status,
      documentName: execution.documentName,
      documentVersion: 1,
      executionId: execution.executionId,
      since: before?.status === change.status ? before.since : at,
      capturedAt: at,
    });
    this.publish({ kind: 'compliance', nodeId: target.nodeId, associationId: execution.associationId });
  }

  settle(run: Run): void {
    const { execution, targets } = run;
    execution.counts = countTargets(targets.map(({ status }) => status));
    if (targets.length > 0) execution.status = executionStatus(execution.counts);
    execution.detailedStatus = execution.status;
    const association = this.associations.get(execution.associationId);
    if (association !== undefined) {
      const newest = [...this.runs.values()].filter(({ execution: { associationId } }) => associationId === association.associationId);
      newest.sort((a, b) => b.execution.createdAt.getTime() - a.execution.createdAt.getTime());
      association.overview = {
        status: overviewStatus(newest.map((one) => one.execution.status)),
        detailedStatus: execution.status,
        counts: execution.counts,
      };
      association.lastExecutionAt = newest[0]?.execution.createdAt ?? null;
    }
    this.publish({ kind: 'execution', executionId: execution.executionId, associationId: execution.associationId });
  }

  documentHash(name: string): string {
    return hashOf(this.documents.get(name)?.versions.at(-1)?.content ?? '');
  }
}
