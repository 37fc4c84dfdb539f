import path from 'node:path';
import { DownloadInputs } from '../document/download-inputs.ts';
import type { ActionContext, ActionOutcome } from '../steps/action.ts';
import { downloadContent } from './download-content.ts';

/** What aws:downloadContent takes to fetch something, as an action of another kind has it among its own inputs. */
export interface SourceChoice {
  readonly sourceType: string;
  readonly sourceInfo: unknown;
}

/** Fetches all of it into a folder. Null when it is there; the outcome of the step otherwise. A Failure says what is wrong on the way. */
export async function fetchSource(
  { sourceType, sourceInfo }: SourceChoice,
  { folder, context }: { folder: string; context: ActionContext },
): Promise<ActionOutcome | null> {
  const inputs = DownloadInputs.safeParse({ sourceType, sourceInfo, destinationPath: `${folder}${path.sep}` });
  if (!inputs.success) {
    const [issue] = inputs.error.issues;
    return { kind: 'failed', reason: `SourceInfo ${issue?.message ?? 'is not right'}.` };
  }
  // It clears its folder away when it is done.
  const outcome = await downloadContent.run(inputs.data, { ...context, stepFolder: path.join(context.stepFolder, 'fetching') });
  return outcome.kind === 'exited' && outcome.exitCode === 0 ? null : outcome;
}
