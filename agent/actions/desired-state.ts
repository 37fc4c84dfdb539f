import { type Answer, type Backend, type Call, changesDone, isForRoot, lineOfChange } from '../desired-state/plan.ts';
import { Trouble } from '../desired-state/troubles.ts';
import type { Action, ActionContext, ActionOutcome, ProgramContext, ResourceChange } from '../steps/action.ts';
import { runCommand } from '../steps/command.ts';

/** What an action of a desired state has found out, and how it would be mended. Finding out changes nothing. */
export interface Prepared {
  /** As a person names it, at the beginning of a sentence. */
  readonly subject: string;
  readonly changes: readonly ResourceChange[];
  /** Lines that are worth reading beside the changes, such as a difference of texts. */
  readonly details?: readonly string[];
  apply(): Promise<void>;
}

/** A program did not end by itself: that is the outcome of the step. */
export class Ended extends Error {
  readonly outcome: ActionOutcome;

  constructor(outcome: ActionOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/**
 * An action of a desired state: look, and do nothing where all is as it should be; else change it, and look again. What a failed step
 * has changed all the same is told as well.
 */
export function desiredState<Inputs>(prepare: (inputs: Inputs, context: ActionContext) => Promise<Prepared>): Required<Action<Inputs>> {
  return {
    check: (inputs, context) =>
      orOutcome(async () => {
        const { subject, changes, details = [] } = await prepare(inputs, context);
        if (changes.length === 0) say(context, `${subject} is as it should be.`);
        else say(context, `${subject} differs. Nothing was changed; this is what would be:`, ...changes.map(lineOfChange), ...details);
        return { kind: 'checked', drift: changes };
      }),
    run: (inputs, context) =>
      orOutcome(async () => {
        const prepared = await prepare(inputs, context);
        if (prepared.changes.length === 0) {
          say(context, `${prepared.subject} is as it should be; nothing was changed.`);
          return { kind: 'exited', exitCode: 0 };
        }
        say(context, `${prepared.subject} is changed:`, ...prepared.changes.map(lineOfChange), ...(prepared.details ?? []));
        return apply(prepared, context, () => prepare(inputs, context));
      }),
  };
}

async function apply(prepared: Prepared, context: ActionContext, look: () => Promise<Prepared>): Promise<ActionOutcome> {
  const { changes, subject } = prepared;
  try {
    await prepared.apply();
    const { changes: left } = await look();
    if (left.length > 0) throw new Trouble('E-STILL-DIFFERENT', { what: left.map(lineOfChange).join('; ') });
  } catch (error) {
    const outcome = outcomeOfError(error);
    if (outcome.kind !== 'failed') return outcome;
    context.stderr.write(Buffer.from(`${outcome.reason}\n`));
    return { ...outcome, changes: await done(changes, look) };
  }
  say(context, `${subject} is now as it should be.`);
  return { kind: 'exited', exitCode: 0, changes };
}

async function done(planned: readonly ResourceChange[], look: () => Promise<Prepared>): Promise<ResourceChange[]> {
  try {
    return changesDone(planned, (await look()).changes);
  } catch {
    // The reason of the failure is told already; what was done before it cannot be told then.
    return [];
  }
}

async function orOutcome(work: () => Promise<ActionOutcome>): Promise<ActionOutcome> {
  try {
    return await work();
  } catch (error) {
    return outcomeOfError(error);
  }
}

export function outcomeOfError(error: unknown): ActionOutcome {
  if (error instanceof Ended) return error.outcome;
  if (error instanceof Trouble) return { kind: 'failed', reason: error.message };
  throw error;
}

export function say({ stdout }: Pick<ActionContext, 'stdout'>, ...lines: readonly string[]): void {
  stdout.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
}

/** What the program answers, whatever its exit code. A program that could not be started, or was ended, ends the step. */
export async function ask(call: Call, context: ProgramContext): Promise<Answer> {
  const answer = await runCommand(call, context);
  if (answer.kind !== 'exited') throw new Ended(answer);
  return answer;
}

const LONGEST_SAID = 600;

/** What the program answers; any exit code but 0 is a failure of the step. */
export async function must(call: Call, context: ProgramContext): Promise<Answer> {
  const answer = await ask(call, context);
  if (answer.exitCode !== 0) throw failedCall(call, answer);
  return answer;
}

export function failedCall({ program, argumentList }: Call, { exitCode, stdout, stderr }: Answer): Trouble {
  if (process.platform !== 'win32' && process.geteuid?.() !== 0 && isForRoot(`${stderr}\n${stdout}`)) {
    return new Trouble('E-NOT-ROOT', { what: `Running ${program}` });
  }
  const said = (stderr.trim() || stdout.trim()).split(/\s*\n\s*/).join('; ');
  const call = [program, ...argumentList].join(' ');
  const short = (text: string) => (text.length > LONGEST_SAID ? `…${text.slice(-LONGEST_SAID)}` : text);
  return new Trouble('E-PROGRAM-FAILED', { call: short(call), exitCode, said: short(said).replace(/\.$/, '') });
}

/** One after the other; the first that fails ends it. */
export async function doAll(calls: readonly Call[], context: ProgramContext): Promise<void> {
  for (const call of calls) await must(call, context);
}

/** By a backend alone: what it answers, what follows from that, and its programs one after the other. */
export async function preparedBy<Inputs>(
  { backend, subject }: { backend: Backend<Inputs>; subject: string },
  inputs: Inputs,
  context: ActionContext,
): Promise<Prepared> {
  const answers: Answer[] = [];
  for (const call of backend.look(inputs)) answers.push(await ask(call, context));
  const { changes, calls, refusal } = backend.plan(inputs, answers);
  return {
    subject: `${subject} (${backend.name})`,
    changes,
    async apply() {
      if (refusal !== undefined) throw refusal;
      await doAll(calls, context);
    },
  };
}
