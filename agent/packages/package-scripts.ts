import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { powerShell } from '../steps/powershell.ts';
import { runScriptProcess, type ScriptProcess } from '../steps/script-process.ts';
import { type PackageMachine, packageEnvironment, type ScriptKind } from './package-machine.ts';
import type { KeptVersion, PackageRecord } from './package-record.ts';

/** As long as a script of the SSM agent has where nothing is said. */
const SCRIPT_SECONDS = 3600;
/** Of Unix and of Windows Installer: done, once the machine was restarted. */
const RESTART_CODES: readonly number[] = [194, 3010, 1641];

export type ScriptEnd =
  | { readonly kind: 'done' }
  /** The package has no such script. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string; readonly exitCode: number | null };

/** Whose scripts are run, with what. */
export interface PackageWork {
  readonly name: string;
  readonly record: PackageRecord;
  readonly machine: PackageMachine;
  readonly additionalArguments: Readonly<Record<string, string>>;
  readonly context: ActionContext;
}

export const say = ({ context }: Pick<PackageWork, 'context'>, line: string): void => context.stdout.write(Buffer.from(`${line}\n`));

function scriptFile(folder: string, script: ScriptKind, platform: ActionContext['platform']): string | null {
  const names = platform === 'Windows' ? [`${script}.ps1`] : [`${script}.sh`, `${script}.ps1`];
  return names.find((name) => existsSync(path.join(folder, name))) ?? null;
}

export const hasScript = ({ record, context }: PackageWork, script: ScriptKind, of: KeptVersion): boolean =>
  scriptFile(record.contentFolder(of), script, context.platform) !== null;

function processOf(file: string, folder: string, context: ActionContext): Pick<ScriptProcess, 'program' | 'argumentList'> {
  if (file.endsWith('.sh')) return { program: '/bin/sh', argumentList: [file] };
  const { program, policy } = powerShell(context.environment);
  return { program, argumentList: ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy, '-File', path.join(folder, file)] };
}

/** Runs one script of a version, in the folder of its content. */
export async function runPackageScript(work: PackageWork, script: ScriptKind, of: KeptVersion): Promise<ScriptEnd> {
  const { context, record, machine, additionalArguments, name } = work;
  const folder = record.contentFolder(of);
  const file = scriptFile(folder, script, context.platform);
  if (file === null) return { kind: 'absent' };
  say(work, `Running ${file} of ${name} ${of.version}.`);
  const outcome = await runScriptProcess(
    {
      ...processOf(file, folder, context),
      workingDirectory: folder,
      timeoutSeconds: SCRIPT_SECONDS,
      environment: {
        ...context.environment,
        ...additionalArguments,
        ...packageEnvironment(script, machine, context),
        ...context.parameterEnvironment,
      },
    },
    context,
  );
  return endOf(outcome, `${file} of ${name} ${of.version}`);
}

function endOf(outcome: ActionOutcome, subject: string): ScriptEnd {
  switch (outcome.kind) {
    case 'exited':
      if (outcome.exitCode === 0) return { kind: 'done' };
      if (RESTART_CODES.includes(outcome.exitCode)) return { kind: 'restart' };
      return { kind: 'failed', exitCode: outcome.exitCode, reason: `${subject} ended with exit code ${outcome.exitCode}` };
    case 'timed-out':
      return { kind: 'failed', exitCode: outcome.exitCode, reason: `${subject} did not end within ${outcome.afterSeconds} seconds` };
    case 'failed':
      return { kind: 'failed', exitCode: null, reason: `${subject} could not be run: ${outcome.reason.replace(/\.$/, '')}` };
    case 'stopped':
      return { kind: 'stopped' };
    case 'checked':
    case 'needs-restart':
      throw new Error(`A process cannot end as ${outcome.kind}.`);
  }
}
