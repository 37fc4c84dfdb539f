import { type InstallList, readBaselines, readInstallList } from '../document/patch-baseline.ts';
import type { PatchInputs } from '../document/patch-inputs.ts';
import { asksForAge, isInstallListed } from '../patching/approval.ts';
import { baselineFor, type ChosenBaseline, defaultBaseline } from '../patching/default-baselines.ts';
import { type Judgement, judge } from '../patching/judgement.ts';
import type { Patch } from '../patching/patch.ts';
import { associationUpload, type PatchSource, patchUpload, reportText } from '../patching/patch-report.ts';
import type { Action, ActionContext, ActionOutcome, ResourceChange } from '../steps/action.ts';
import { awaitedPatches, rememberAwaiting } from './awaiting-restart.ts';
import { overrideText } from './override-text.ts';
import { PatchingEnded, type PatchTool, patchingFailed } from './patch-tool.ts';
import { patchToolOf } from './patch-tools.ts';

/** Everything that a step works with once it has begun. */
interface Patching {
  readonly inputs: PatchInputs;
  readonly context: ActionContext;
  readonly tool: PatchTool;
  readonly chosen: ChosenBaseline;
  readonly source: PatchSource;
}

/** With another tool than the node's own: for tests of what this file decides. */
export function patchBaselineWith(toolOf: (context: ActionContext) => PatchTool): Action<PatchInputs> {
  return {
    run: (inputs, context) => ending(() => apply(inputs, { context, toolOf })),
    check: (inputs, context) => ending(() => checkOnly(inputs, { context, toolOf })),
  };
}

/** holdfast:patchBaseline: what a patch baseline approves and the node has not is found, and installed where that is asked for. */
export const patchBaseline: Action<PatchInputs> = patchBaselineWith(patchToolOf);

async function ending(work: () => Promise<ActionOutcome>): Promise<ActionOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PatchingEnded) return error.outcome;
    throw error;
  }
}

type Begin = { readonly context: ActionContext; readonly toolOf: (context: ActionContext) => PatchTool };

async function begin(inputs: PatchInputs, { context, toolOf }: Begin): Promise<Patching> {
  if (inputs.baselineOverride !== '' && inputs.installOverrideList !== '') {
    throw patchingFailed('BaselineOverride and InstallOverrideList cannot be used together: both say what is to be installed.');
  }
  if (inputs.report === 'Association' && inputs.associationId === '') {
    throw patchingFailed('AssociationId is missing: the item to be written is that of an association.');
  }
  const tool = toolOf(context);
  const chosen = await chooseBaseline(inputs, { context, tool });
  const { operation } = inputs;
  const source = {
    baselineId: chosen.id,
    documentName: context.run.documentName,
    operation: context.mode === 'Audit' ? 'Scan' : operation,
  };
  return { inputs, context, tool, chosen, source };
}

async function chooseBaseline(
  { baselineOverride, baselineTags }: PatchInputs,
  { context, tool }: Pick<Patching, 'context' | 'tool'>,
): Promise<ChosenBaseline> {
  if (baselineOverride === '') {
    const chosen = defaultBaseline(tool.system);
    if (baselineTags !== '') say(context, `This site stores no patch baselines, so BaselineTags choose none: ${chosen.id} is used.`);
    return chosen;
  }
  const read = readBaselines(await overrideText(baselineOverride, { name: 'BaselineOverride', context }));
  if (!read.ok) throw patchingFailed(read.problem);
  const chosen = baselineFor(tool.system, read.value);
  if (!chosen.ok) throw patchingFailed(chosen.problem);
  if (!tool.knowsAge && asksForAge(chosen.chosen.baseline)) {
    // It would approve nothing, and every node would look as it should.
    throw patchingFailed(
      `The package sources of ${tool.system} do not say since when a patch is there: leave ApproveAfterDays and ApproveUntilDate out of this baseline.`,
    );
  }
  return chosen.chosen;
}

const say = (context: ActionContext, line: string): void => context.stdout.write(Buffer.from(`${line}\n`));

/** Audit: what Install would bring, and the compliance that a scan writes. */
async function checkOnly(inputs: PatchInputs, how: Begin): Promise<ActionOutcome> {
  const patching = await begin(inputs, how);
  const judgement = await judgeNode(patching, await patching.tool.list(patching.context, true));
  await report(judgement, patching);
  const missing = judgement.patches.filter(({ state }) => state === 'Missing').map(({ patch }) => changeOf(patch));
  return { kind: 'checked', drift: missing };
}

async function apply(inputs: PatchInputs, how: Begin): Promise<ActionOutcome> {
  const patching = await begin(inputs, how);
  const before = await patching.tool.list(patching.context, true);
  const found = await judgeNode(patching, before);
  if (inputs.operation === 'Scan') {
    await report(found, patching);
    return { kind: 'exited', exitCode: 0 };
  }
  return install(patching, { before, wanted: await wantedPatches(patching, { before, found }) });
}

async function judgeNode({ context, tool, chosen }: Patching, patches: readonly Patch[], failed: ReadonlySet<string> = new Set()) {
  const flagged = await tool.awaitingRestart(patches, context);
  const awaitingRestart = new Set([...flagged, ...awaitedPatches(context)]);
  return judge(patches, { baseline: chosen.baseline, now: context.clock.now(), awaitingRestart, failed });
}

/** What is to be installed: what the baseline approves, or in its place what an install list names. */
async function wantedPatches(
  { inputs, context }: Patching,
  { before, found }: { before: readonly Patch[]; found: Judgement },
): Promise<readonly Patch[]> {
  const list = await installList(inputs, context);
  const missing = found.patches.filter(({ state }) => state === 'Missing').map(({ patch }) => patch);
  const wanted = list === null ? missing : before.filter((patch) => patch.wanted !== null && isInstallListed(patch, list));
  const held = wanted.filter(({ isHeld }) => isHeld);
  if (held.length > 0) say(context, `On hold on this node, so not installed: ${held.map(({ id }) => id).join(', ')}.`);
  return wanted.filter(({ isHeld }) => !isHeld);
}

async function installList({ installOverrideList }: PatchInputs, context: ActionContext): Promise<InstallList | null> {
  if (installOverrideList === '') return null;
  const read = readInstallList(await overrideText(installOverrideList, { name: 'InstallOverrideList', context }));
  if (!read.ok) throw patchingFailed(read.problem);
  return read.value;
}

async function install(
  patching: Patching,
  { before, wanted }: { before: readonly Patch[]; wanted: readonly Patch[] },
): Promise<ActionOutcome> {
  const { context, tool, inputs, chosen } = patching;
  if (wanted.length === 0) {
    await report(await judgeNode(patching, before), patching);
    return restartOrEnd(patching, { changes: [], problem: null });
  }
  const { timeoutSeconds } = inputs;
  const { problem, needsRestart } = await tool.install({ patches: wanted, baseline: chosen.baseline, timeoutSeconds }, context);
  const after = await tool.list(context, false);
  const failed = new Set(wanted.filter((patch) => !isThere(patch, after)).map(({ id }) => id));
  const done = wanted.filter(({ id }) => !failed.has(id));
  if (needsRestart && done.length > 0)
    rememberAwaiting(
      context,
      done.map(({ id }) => id),
    );
  await report(await judgeNode(patching, after, failed), patching);
  return restartOrEnd(patching, { changes: done.map(changeOf), problem: problem ?? notInstalled(failed) });
}

/** Installed now, in that version or a newer one: no longer among what could be. */
const isThere = ({ id, wanted }: Patch, after: readonly Patch[]): boolean => !after.some((one) => one.id === id && one.wanted === wanted);

function notInstalled(failed: ReadonlySet<string>): string | null {
  return failed.size === 0
    ? null
    : `${failed.size} of the approved patches could not be installed: ${[...failed].slice(0, 20).join(', ')}.`;
}

function restartOrEnd(
  { context, inputs }: Patching,
  { changes, problem }: { changes: readonly ResourceChange[]; problem: string | null },
): ActionOutcome {
  if (problem !== null) return { kind: 'failed', reason: problem, changes };
  if (awaitedPatches(context).size === 0) return { kind: 'exited', exitCode: 0, changes };
  if (inputs.rebootOption === 'RebootIfNeeded') return { kind: 'needs-restart', changes };
  say(context, 'A restart of the machine is needed before everything that is installed is in use; RebootOption is NoReboot.');
  return { kind: 'exited', exitCode: 0, changes };
}

const changeOf = ({ id, installed, wanted }: Patch): ResourceChange => ({
  resource: `patch ${id}`,
  property: 'version',
  before: installed,
  after: wanted,
});

/** Into the step's output, and into the compliance of the node. */
async function report(judgement: Judgement, { context, inputs, source }: Patching): Promise<void> {
  context.stdout.write(Buffer.from(reportText(judgement, source)));
  if (context.controller === null) return say(context, 'Run by hand, with no controller: no compliance is written.');
  const associationId = inputs.associationId === 'this' ? context.run.associationId : inputs.associationId.toLowerCase();
  const upload = inputs.report === 'Patch' ? patchUpload(judgement, source) : associationUpload(judgement, { ...source, associationId });
  const { executionId, stepIndex } = context.run;
  const answer = await context.controller.ask({ ask: 'compliance', executionId, stepIndex, upload: { ...upload } }, context.signal);
  if (answer === null) throw new PatchingEnded({ kind: 'stopped' });
}
