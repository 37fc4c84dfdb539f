import type { ExecutionTarget } from '../../../electron/domain/execution.ts';
import { seededRandom } from './seed.ts';
import type { Run, World } from './world.ts';

const BEAT_MS = 400;
const random = seededRandom(23);

const words = [
  'Get:1 http://mirror.lab stable InRelease',
  'Unpacking linux-image (6.1.119-1) ...',
  'Setting up libc6 ...',
  'Processing triggers for man-db ...',
  '\u001b[33mwarning:\u001b[0m disk cache is cold',
];

/** A target that runs writes a few lines at each beat. */
function write(world: World, run: Run, target: ExecutionTarget): void {
  const { executionId } = run.execution;
  const record = run.steps.find((step) => step.nodeId === target.nodeId && step.status === 'InProgress');
  if (record === undefined) return;
  const key = `${executionId} ${target.nodeId} ${record.stepIndex} stdout`;
  const line = `${new Date().toISOString()} ${words[Math.floor(random() * words.length)]}\n`;
  world.output.set(key, (world.output.get(key) ?? '') + line.repeat(1 + Math.floor(random() * 3)));
  world.publish({ kind: 'output', executionId, nodeId: target.nodeId, stepIndex: record.stepIndex });
}

function begin(world: World, run: Run, target: ExecutionTarget): void {
  const { executionId } = run.execution;
  target.status = 'InProgress';
  target.detailedStatus = 'InProgress';
  target.startedAt = new Date();
  target.dispatchedAt = target.startedAt;
  run.steps.push({
    executionId,
    nodeId: target.nodeId,
    stepIndex: 0,
    attempt: 1,
    status: 'InProgress',
    startedAt: new Date(),
    endedAt: null,
    result: null,
    stdout: null,
    stderr: null,
  });
  world.publish({ kind: 'target', executionId, nodeId: target.nodeId });
}

function beat(world: World, run: Run): void {
  const running = run.targets.filter(({ status }) => status === 'InProgress');
  for (const target of running) {
    const age = Date.now() - (target.startedAt?.getTime() ?? 0);
    if (age > 6000 + random() * 90_000) {
      world.finishTarget(run, target, new Date());
      world.publish({ kind: 'target', executionId: run.execution.executionId, nodeId: target.nodeId });
    } else write(world, run, target);
  }
  if (run.execution.cancelRequestedAt !== null) {
    for (const target of run.targets.filter(({ status }) => ['Pending', 'Queued', 'InProgress'].includes(status))) {
      Object.assign(target, { status: 'Cancelled', detailedStatus: 'Cancelled', endedAt: new Date() });
      world.publish({ kind: 'target', executionId: run.execution.executionId, nodeId: target.nodeId });
    }
    for (const step of run.steps) if (step.status === 'InProgress') Object.assign(step, { status: 'Cancelled', endedAt: new Date() });
  } else {
    const free = Math.min(6, run.execution.concurrency) - running.length;
    for (const target of run.targets.filter(({ status }) => status === 'Pending').slice(0, Math.max(0, free))) begin(world, run, target);
  }
  world.settle(run);
}

/** Keeps the site busy: an execution with growing output always goes on, and nodes come and go. */
export function playStory(world: World): NodeJS.Timeout {
  let beats = 0;
  return setInterval(() => {
    beats += 1;
    const live = [...world.runs.values()].filter(({ execution: { status } }) => status === 'Pending' || status === 'InProgress');
    for (const run of live) beat(world, run);
    const busy = [...world.associations.values()].find(({ associationName }) => associationName === 'time-sync');
    if (live.length === 0 && busy !== undefined) world.start(busy, 'Schedule', new Date());
    for (const node of world.nodes.values()) if (node.pingStatus === 'Online' && beats % 25 === 0) node.lastPingAt = new Date();
    const wanderer = [...world.nodes.values()][3];
    if (wanderer !== undefined && wanderer.origin === 'Activation' && beats % 60 === 0) {
      wanderer.pingStatus = wanderer.pingStatus === 'Online' ? 'ConnectionLost' : 'Online';
      wanderer.lastPingAt = new Date();
      world.publish({ kind: 'node', nodeId: wanderer.nodeId });
    }
  }, BEAT_MS);
}
