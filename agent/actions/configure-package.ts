import type { ConfigurePackageInputs } from '../document/configure-package-inputs.ts';
import { carryOut, changesOf, recover } from '../packages/package-change.ts';
import { packageMachine } from '../packages/package-machine.ts';
import { inTurn, type KeptVersion, type PackageChange, PackageRecord } from '../packages/package-record.ts';
import { type PackageWork, say } from '../packages/package-scripts.ts';
import { Failure } from '../protocol/failures.ts';
import type { SentPackage } from '../protocol/questions.ts';
import type { Action, ActionContext, ActionOutcome } from '../steps/action.ts';

const STOPPED: ActionOutcome = { kind: 'stopped' };
const DONE: ActionOutcome = { kind: 'exited', exitCode: 0 };

function workOf({ name, additionalArguments }: ConfigurePackageInputs, context: ActionContext): PackageWork {
  return { name, additionalArguments, context, machine: packageMachine(), record: new PackageRecord(context.stateFolder, name) };
}

/** Which file it is, by the package store of the controller. Null when the step is to end. */
async function askedFor({ name, machine, context }: PackageWork, version: string): Promise<KeptVersion | null> {
  if (context.controller === null) throw new Failure('E-NO-CONTROLLER', { need: `The package ${name}` });
  const { executionId, stepIndex } = context.run;
  const question = { ask: 'package' as const, executionId, stepIndex, name, version: version === '' ? '$LATEST' : version, machine };
  const sent: SentPackage | null = await context.controller.ask(question, context.signal);
  if (sent === null) return null;
  if (sent.name !== name || (version !== '' && sent.version !== version)) {
    throw new Failure('E-CONTROLLER-ANSWER', { problem: `it is about ${sent.name} ${sent.version}, and not about ${name} ${version}` });
  }
  return { version: sent.version, sha256: sent.file.sha256, size: sent.file.size, fileName: sent.file.name };
}

const isSame = (a: KeptVersion | null | undefined, b: KeptVersion): boolean => a?.version === b.version && a.sha256 === b.sha256;

async function install(work: PackageWork, { version, installationType }: ConfigurePackageInputs): Promise<ActionOutcome> {
  const wanted = await askedFor(work, version);
  if (wanted === null) return STOPPED;
  const { installed, begun } = work.record.read();
  if (begun?.awaitsRestart && isSame(begun.to, wanted)) return carryOut(work, begun);
  const before = begun === null ? { installed, isDoubtful: false } : await recover(work, begun);
  if (before === null) return STOPPED;
  if (isSame(before.installed, wanted) && !before.isDoubtful) {
    say(work, `${work.name} ${wanted.version} is installed already: nothing was done.`);
    return DONE;
  }
  const way = installationType === 'In-place update' && !before.isDoubtful ? 'in-place' : 'reinstall';
  return carryOut(work, { from: before.installed, to: wanted, way, done: 0, awaitsRestart: false });
}

/** Nothing that is not there, and no version but the one that is meant. */
const isMeant = (installed: KeptVersion | null, version: string): installed is KeptVersion =>
  installed !== null && (version === '' || installed.version === version);

async function uninstall(work: PackageWork, { version }: ConfigurePackageInputs): Promise<ActionOutcome> {
  const { installed, begun } = work.record.read();
  if (begun?.awaitsRestart && begun.to === null) return carryOut(work, begun);
  const before = begun === null ? { installed } : await recover(work, begun);
  if (before === null) return STOPPED;
  if (!isMeant(before.installed, version)) {
    say(work, `${work.name}${version === '' ? '' : ` ${version}`} is not installed: nothing was done.`);
    return DONE;
  }
  return carryOut(work, { from: before.installed, to: null, way: 'reinstall', done: 0, awaitsRestart: false });
}

/** What would be changed; null for nothing. A change that was interrupted counts as not made. */
async function wantedChange(work: PackageWork, { action, version }: ConfigurePackageInputs): Promise<PackageChange | 'nothing' | null> {
  const { installed, begun } = work.record.read();
  if (action === 'Uninstall') return isMeant(installed, version) ? { from: installed, to: null, way: 'reinstall' } : 'nothing';
  const to = await askedFor(work, version);
  if (to === null) return null;
  return isSame(installed, to) && begun === null ? 'nothing' : { from: installed, to, way: 'reinstall' };
}

/**
 * aws:configurePackage: a package of the controller's store is installed, updated or removed by its own scripts. What is installed is
 * written down before and after each of them, so that one that was interrupted is taken up, and one that failed is rolled back.
 */
export const configurePackage: Action<ConfigurePackageInputs> = {
  async run(inputs, context) {
    const work = workOf(inputs, context);
    const change = () => (inputs.action === 'Install' ? install(work, inputs) : uninstall(work, inputs));
    return (await inTurn(work.record.folder, context.signal, change)) ?? STOPPED;
  },
  async check(inputs, context) {
    const work = workOf(inputs, context);
    const change = await wantedChange(work, inputs);
    if (change === null) return STOPPED;
    return { kind: 'checked', drift: change === 'nothing' ? [] : changesOf(work.name, change) };
  },
};
