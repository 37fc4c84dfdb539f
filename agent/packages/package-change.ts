import type { ActionOutcome, ResourceChange } from '../steps/action.ts';
import { ensureContent } from './package-content.ts';
import type { ScriptKind } from './package-machine.ts';
import type { BegunChange, KeptVersion, PackageChange } from './package-record.ts';
import { hasScript, type PackageWork, runPackageScript, type ScriptEnd, say } from './package-scripts.ts';

type ScriptRun = { script: ScriptKind; of: KeptVersion };

/** The scripts of a change, in their order. */
export function scriptsOf({ from, to, way }: PackageChange): ScriptRun[] {
  if (from !== null && to !== null && way === 'in-place') return [{ script: 'update', of: to }];
  return [
    ...(from === null ? [] : [{ script: 'uninstall' as const, of: from }]),
    ...(to === null ? [] : [{ script: 'install' as const, of: to }]),
  ];
}

/** What a change is to whoever reads the result. */
export const changesOf = (name: string, { from, to }: PackageChange): ResourceChange[] => [
  { resource: `package ${name}`, property: 'version', before: from?.version ?? null, after: to?.version ?? null },
];

const STOPPED: ActionOutcome = { kind: 'stopped' };

/** Everything that a change needs is here before anything is changed. False when the step is to end. */
async function gather({ record, context }: PackageWork, { from, to }: PackageChange): Promise<boolean> {
  for (const kept of [to, from]) if (kept !== null && !(await ensureContent(record, kept, context))) return false;
  return true;
}

/** Makes a change from its first script on, or goes on with one after a restart. What is done is written before the next thing is. */
export async function carryOut(work: PackageWork, begun: BegunChange): Promise<ActionOutcome> {
  const { name, record } = work;
  const { from, to, way } = begun;
  if (!(await gather(work, begun))) return STOPPED;
  if (to !== null && way === 'in-place' && from !== null && !hasScript(work, 'update', to)) {
    return { kind: 'failed', reason: `${name} ${to.version} has no update script, so it cannot be updated in place. Nothing was changed.` };
  }
  const scripts = scriptsOf(begun);
  for (const [position, { script, of }] of scripts.entries()) {
    if (position < begun.done) continue;
    record.write({ installed: from, begun: { from, to, way, done: position, awaitsRestart: false } });
    const end = await runPackageScript(work, script, of);
    if (end.kind === 'restart') return awaitRestart(work, { from, to, way, done: position + 1, awaitsRestart: true });
    if (end.kind === 'stopped') return STOPPED;
    const failed = failureOf(work, end, { script, of });
    if (failed !== null && script === 'uninstall' && to !== null) say(work, `${failed.reason}; the installation goes on all the same.`);
    else if (failed !== null) return undo(work, begun, failed);
  }
  record.write({ installed: to, begun: null });
  record.tidy();
  say(work, doneText(name, begun));
  return { kind: 'exited', exitCode: 0, changes: changesOf(name, begun) };
}

function doneText(name: string, { from, to, way }: PackageChange): string {
  if (to === null) return `${name} ${from?.version} is uninstalled.`;
  if (from === null) return `${name} ${to.version} is installed.`;
  return `${name} ${to.version} is installed in the place of ${from.version}${way === 'in-place' ? ', updated in place' : ''}.`;
}

function awaitRestart({ record, name, ...work }: PackageWork, begun: BegunChange): ActionOutcome {
  record.write({ installed: begun.from, begun });
  say(work, `${name} asks for a restart of the machine; what is left to do follows after it.`);
  return { kind: 'needs-restart' };
}

type Failed = { reason: string; exitCode: number | null };

/** A package need not have a script to uninstall it: then nothing is run, and it is forgotten. One to install it, it must have. */
function failureOf(work: PackageWork, end: ScriptEnd, { script, of }: ScriptRun): Failed | null {
  if (end.kind === 'failed') return end;
  if (end.kind !== 'absent') return null;
  if (script !== 'uninstall') return { reason: `${work.name} ${of.version} has no ${script} script for this platform`, exitCode: null };
  say(work, `${work.name} ${of.version} has no uninstall script: nothing is run, and it no longer counts as installed.`);
  return null;
}

/** The outcome of a change that failed: what was there before is put back, where there was something. */
async function undo(work: PackageWork, begun: BegunChange, { reason, exitCode }: Failed): Promise<ActionOutcome> {
  const { record, name } = work;
  const { from, to } = begun;
  const failed = (after: string): Extract<ActionOutcome, { kind: 'failed' }> => ({
    kind: 'failed',
    reason: `${reason}. ${after}`,
    ...(exitCode === null ? {} : { exitCode }),
  });
  if (to === null) {
    record.write({ installed: from, begun: null });
    return failed(`${name} ${from?.version} still counts as installed.`);
  }
  if (from === null) {
    record.write({ installed: null, begun: null });
    record.tidy();
    return failed('Nothing was installed before, so there is nothing to go back to.');
  }
  const back = await rollBack(work, { from, to });
  if (back === 'stopped') return STOPPED;
  if (back === 'done') return failed(`It was rolled back to ${from.version}.`);
  return {
    ...failed(`The rollback to ${from.version} failed too: ${back.reason}. No version counts as installed now.`),
    changes: changesOf(name, { ...begun, to: null }),
  };
}

/** Out with the new version, whatever of it is there, and the one before it installed again. */
async function rollBack(
  work: PackageWork,
  { from, to }: { from: KeptVersion; to: KeptVersion },
): Promise<'done' | 'stopped' | { reason: string }> {
  const { record, name } = work;
  say(work, `Rolling back to ${name} ${from.version}.`);
  const out = await runPackageScript(work, 'uninstall', to);
  if (out.kind === 'stopped') return 'stopped';
  if (out.kind === 'failed') say(work, `${out.reason}; the rollback goes on all the same.`);
  const back = await runPackageScript(work, 'install', from);
  if (back.kind === 'stopped') return 'stopped';
  const isBack = back.kind === 'done' || back.kind === 'restart';
  record.write({ installed: isBack ? from : null, begun: null });
  record.tidy();
  if (isBack) return 'done';
  return { reason: back.kind === 'failed' ? back.reason : `${name} ${from.version} has no install script` };
}

export type Recovered = {
  readonly installed: KeptVersion | null;
  /** It was being uninstalled, so that nobody knows how much of it is still there. */
  readonly isDoubtful: boolean;
};

/** Brings a package whose change was interrupted back to where it was before. Null when the step is to end. */
export async function recover(work: PackageWork, begun: BegunChange): Promise<Recovered | null> {
  const { record, name } = work;
  const { from, to } = begun;
  if (to === null) {
    say(work, `The removal of ${name} ${from?.version} was interrupted.`);
    return { installed: from, isDoubtful: true };
  }
  say(work, `The installation of ${name} ${to.version} was interrupted.`);
  if (!(await gather(work, begun))) return null;
  if (from !== null) {
    const back = await rollBack(work, { from, to });
    if (back === 'stopped') return null;
    if (back !== 'done') say(work, `${back.reason}. No version counts as installed now.`);
    return { installed: back === 'done' ? from : null, isDoubtful: false };
  }
  const out = await runPackageScript(work, 'uninstall', to);
  if (out.kind === 'stopped') return null;
  if (out.kind === 'failed') say(work, `${out.reason}; it no longer counts as installed.`);
  record.write({ installed: null, begun: null });
  return { installed: null, isDoubtful: false };
}
