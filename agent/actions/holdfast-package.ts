import { type PackageProvider, type PackageWork, packagePlan, withSimulation } from '../desired-state/package-plan.ts';
import { packageProviders } from '../desired-state/package-providers.ts';
import type { Answer, Call } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { PackageInputs } from '../document/desired-package-inputs.ts';
import { pause } from '../platform/clock.ts';
import type { Action, ActionContext } from '../steps/action.ts';
import { findProgram } from '../steps/command.ts';
import { ask, desiredState, Ended, failedCall, type Prepared, say } from './desired-state.ts';

const LOCK_RETRY_MILLISECONDS = 1000;

const lookAndPlan = desiredState<PackageInputs>(async (inputs, context): Promise<Prepared> => {
  const provider = providerOf(inputs, context);
  const plan = packagePlan(inputs, await look(provider, inputs, context), provider.name);
  const simulation = plan.changes.length === 0 ? undefined : provider.simulation;
  const simulated = simulation?.read(plan.work, await askUnlocked(simulation.of(plan.work), { provider, inputs }, context)) ?? [];
  const names = [...new Set(inputs.name)];
  return {
    subject: `${names.length === 1 ? 'The package' : 'The packages'} ${names.join(', ')} (${provider.name})`,
    changes: withSimulation(plan, simulated),
    apply: () => work(plan.work, { provider, inputs }, context),
  };
});

/** holdfast:package: packages installed, at a version, as new as can be, or not there, by the node's own package manager. */
export const holdfastPackage: Required<Action<PackageInputs>> = {
  check: lookAndPlan.check,
  async run(inputs, context) {
    try {
      await refreshWhereNeeded(inputs, context);
    } catch (error) {
      if (error instanceof Ended) return error.outcome;
      if (error instanceof Trouble) return { kind: 'failed', reason: error.message };
      throw error;
    }
    return lookAndPlan.run(inputs, context);
  },
};

function providerOf({ provider: wanted }: PackageInputs, context: ActionContext): PackageProvider {
  const candidates = packageProviders.filter(({ name }) => wanted === 'auto' || name === wanted);
  const found = candidates.find(({ program }) => findProgram(program, context) !== null);
  if (found !== undefined) return found;
  throw new Trouble('E-NO-BACKEND', { what: 'packages', tools: candidates.map(({ name }) => name).join(', ') });
}

async function look(provider: PackageProvider, { name }: PackageInputs, context: ActionContext) {
  const answers: Answer[] = [];
  for (const call of provider.look(name)) answers.push(await ask(call, context));
  return provider.read(name, answers);
}

/** The lists of the sources are worth fetching only when something is to be installed from them. */
async function refreshWhereNeeded(inputs: PackageInputs, context: ActionContext): Promise<void> {
  if (!inputs.updateCache || inputs.ensure === 'absent') return;
  const provider = providerOf(inputs, context);
  if (provider.refresh === null) return;
  const facts = await look(provider, inputs, context);
  const isThere = (name: string) => {
    const installed = facts.get(name)?.installed ?? null;
    return installed !== null && inputs.ensure === 'installed' && (inputs.version ?? installed) === installed;
  };
  if (inputs.name.every(isThere)) return;
  say(context, 'The lists of the package sources are fetched.');
  const answer = await askUnlocked(provider.refresh, { provider, inputs }, context);
  // A source that is away need not be the one that is wanted: what is missing is told by its name then.
  if (answer.exitCode !== 0) context.stderr.write(Buffer.from(`${failedCall(provider.refresh, answer).message}\n`));
}

interface Circumstances {
  readonly provider: PackageProvider;
  readonly inputs: PackageInputs;
}

async function work(wanted: PackageWork, circumstances: Circumstances, context: ActionContext): Promise<void> {
  for (const call of circumstances.provider.work(wanted)) {
    const answer = await askUnlocked(call, circumstances, context);
    if (/dpkg was interrupted/.test(answer.stderr)) throw new Trouble('E-PACKAGE-BROKEN', { said: 'dpkg was interrupted' });
    if (answer.exitCode !== 0) throw failedCall(call, answer);
  }
}

/** Another program may be at it: it is tried again until the patience is over. */
async function askUnlocked(call: Call, { provider, inputs }: Circumstances, context: ActionContext): Promise<Answer> {
  const { clock, signal } = context;
  const until = clock.now().getTime() + inputs.lockTimeoutSeconds * 1000;
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(call, context);
    const holder = provider.lockedBy(answer);
    if (holder === null) return answer;
    if (clock.now().getTime() >= until) throw new Trouble('E-PACKAGE-LOCKED', { seconds: inputs.lockTimeoutSeconds, holder });
    if (tries === 0) say(context, `The package database is locked${holder === '' ? '' : ` by ${holder}`}; the step waits for it.`);
    await pause({ clock, milliseconds: LOCK_RETRY_MILLISECONDS, signal });
    if (signal.aborted) throw new Ended({ kind: 'stopped' });
  }
}
