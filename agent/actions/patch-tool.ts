import type { PatchBaseline, PatchedSystem } from '../document/patch-baseline.ts';
import type { Patch } from '../patching/patch.ts';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { type Command, type Commanded, runCommand } from '../steps/command.ts';

/** What looks for patches on a node and installs them. Each throws a PatchingEnded when it cannot. */
export interface PatchTool {
  readonly system: PatchedSystem;
  /** Whether its sources say since when a patch is there: what ApproveAfterDays and ApproveUntilDate ask about. */
  readonly knowsAge: boolean;
  /** What is installed and what could be. `isFresh`: what the sources have is asked for anew. */
  list(context: ActionContext, isFresh: boolean): Promise<readonly Patch[]>;
  /** These and what they need, in one transaction. Resolves also when some could not be: what is missing after it says so. */
  install(wanted: WantedPatches, context: ActionContext): Promise<Installation>;
  /** Ids of what is installed and waits for a restart of the machine, beside what this tool has installed itself. */
  awaitingRestart(patches: readonly Patch[], context: ActionContext): Promise<ReadonlySet<string>>;
}

export interface WantedPatches {
  readonly patches: readonly Patch[];
  readonly baseline: PatchBaseline;
  readonly timeoutSeconds: number;
}

export interface Installation {
  /** Why not everything could be installed, as a sentence; null when nothing was in the way. */
  readonly problem: string | null;
  readonly needsRestart: boolean;
}

/** The step ends with this. */
export class PatchingEnded extends Error {
  override readonly name = 'PatchingEnded';
  readonly outcome: ActionOutcome;

  constructor(outcome: ActionOutcome) {
    super(outcome.kind === 'failed' ? outcome.reason : outcome.kind);
    this.outcome = outcome;
  }
}

export const patchingFailed = (reason: string): PatchingEnded => new PatchingEnded({ kind: 'failed', reason });

type Answer = Extract<Commanded, { kind: 'exited' }>;

/** What a program answered, whatever its exit code says. */
export async function answerOf(command: Command, context: ActionContext): Promise<Answer> {
  const answer = await runCommand(command, context);
  if (answer.kind !== 'exited') throw new PatchingEnded(answer);
  return answer;
}

/** What a program printed that has to succeed. */
export async function printedBy(command: Command, context: ActionContext): Promise<string> {
  const answer = await answerOf(command, context);
  if (answer.exitCode === 0) return answer.stdout;
  throw patchingFailed(`${command.program} ${command.argumentList[0] ?? ''} ended with exit code ${answer.exitCode}${said(answer)}`);
}

/** The last thing that it complained of, as the end of a sentence. */
export function said({ stderr, stdout }: Pick<Answer, 'stderr' | 'stdout'>): string {
  const lines = [...stdout.split('\n'), ...stderr.split('\n')].map((line) => line.trim()).filter((line) => line !== '');
  const complaints = lines.filter((line) => /^(E|Err|Error|error)\b/.test(line));
  const last = (complaints.at(-1) ?? lines.at(-1) ?? '').slice(0, 500);
  return last === '' ? '.' : `: ${last}`;
}
