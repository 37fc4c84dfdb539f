import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DscInputs } from '../document/dsc-inputs.ts';
import { fetchFile } from '../downloads/fetch-file.ts';
import type { Action, ActionContext, ActionOutcome, ResourceChange } from '../steps/action.ts';
import { findProgram, runCommand } from '../steps/command.ts';
import { putItems, type ReportedItem } from '../steps/compliance-items.ts';
import { DSC_SCRIPT, type DscReport, readDscReport } from './dsc-script.ts';
import { fillTokens } from './mof-tokens.ts';

/** holdfast:dscMofs: PowerShell's Desired State Configuration, from MOFs that are compiled already. ReportOnly changes nothing. */
export const dscMofs: Action<DscInputs> = {
  run: (inputs, context) => configure(inputs, { context, isApplied: inputs.mofOperationMode === 'Apply' }),
  check: (inputs, context) => configure(inputs, { context, isApplied: false }),
};

interface Configuring {
  readonly context: ActionContext;
  readonly isApplied: boolean;
}

const MOST_MOF_BYTES = 32 * 1024 * 1024;
const failed = (reason: string): ActionOutcome => ({ kind: 'failed', reason });

async function configure(inputs: DscInputs, { context, isApplied }: Configuring): Promise<ActionOutcome> {
  if (inputs.allowPSGalleryModuleSource) {
    return failed(
      'AllowPSGalleryModuleSource would fetch modules from the internet. Install them on the node with aws:psModule, and set it to False.',
    );
  }
  const program = findProgram('powershell', context);
  if (program === null) return failed('Windows PowerShell is not on this node: DSC is a part of it.');
  const mofs: PlacedMof[] = [];
  for (const [index, place] of inputs.mofsToApply.entries()) {
    const placed = await placeMof(place, { folder: path.join(context.stepFolder, 'mofs', String(index)), context });
    if (!('file' in placed)) return placed;
    mofs.push(placed);
  }
  const work = {
    Mofs: mofs.map(({ name, file, folder }) => ({ Name: name, File: file, Folder: folder })),
    Apply: isApplied,
    Verbose: inputs.enableVerboseLogging,
    StopAtReboot: inputs.rebootBehavior === 'Immediately',
  };
  const answer = await runPowerShell(program, DSC_SCRIPT, { input: JSON.stringify(work), context, timeoutSeconds: inputs.timeoutSeconds });
  if (answer.kind !== 'exited') return answer;
  const report = readDscReport(answer.stdout);
  if (report === null) return failed(`PowerShell ended with exit code ${answer.exitCode} and no report; the output says why.`);
  if (!(await putItems({ complianceType: inputs.complianceType, items: itemsOf(report) }, context))) return { kind: 'stopped' };
  return outcomeOf(report, { inputs, context, isApplied, program });
}

function runPowerShell(
  program: string,
  script: string,
  { input, context, timeoutSeconds }: { input: string; context: ActionContext; timeoutSeconds: number },
) {
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  const argumentList = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encoded];
  return runCommand({ program, argumentList, input, timeoutSeconds, isShown: true }, context);
}

interface PlacedMof {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
}

/** Each in a folder of its own, under the name that PowerShell looks for. */
async function placeMof(
  place: string,
  { folder, context }: { folder: string; context: ActionContext },
): Promise<PlacedMof | ActionOutcome> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'localhost.mof');
  if (place.startsWith('https://')) {
    const fetched = await fetchFile({ url: place, file, mostBytes: MOST_MOF_BYTES }, context);
    if (fetched === null) return { kind: 'stopped' };
  } else {
    const size = statSync(place, { throwIfNoEntry: false })?.size;
    if (size === undefined) return failed(`There is no MOF at ${place}.`);
    if (size > MOST_MOF_BYTES) return failed(`The MOF at ${place} has more than ${MOST_MOF_BYTES} bytes.`);
    writeFileSync(file, readFileSync(place), { mode: 0o600 });
  }
  const filled = fillTokens(readFileSync(file), context.environment);
  if (!filled.ok) return failed(`The MOF ${place}: ${filled.problem}`);
  writeFileSync(file, filled.mof, { mode: 0o600 });
  return { name: path.win32.basename(place.replace(/[?#].*$/, '')), file, folder };
}

/** Each resource of each MOF as it is in the end, and a MOF that could not be tested as an item of its own. */
function itemsOf({ Mofs }: DscReport): ReportedItem[] {
  return Mofs.flatMap(({ Name, After, Error: problem }) => {
    if (After === null) return [itemOf(Name, { title: Name, isCompliant: false, details: { Mof: Name, Error: problem } })];
    return After.Resources.map(({ Id, InDesiredState }) =>
      itemOf(`${Name} ${Id}`, { title: Id, isCompliant: InDesiredState, details: { Mof: Name, Error: problem } }),
    );
  });
}

const itemOf = (id: string, rest: Omit<ReportedItem, 'id' | 'severity'>): ReportedItem => ({ id, severity: 'UNSPECIFIED', ...rest });

interface Configured extends Configuring {
  readonly inputs: DscInputs;
  readonly program: string;
}

/** That a MOF is not what the node is, is compliance and no failure; that it could not be looked at or applied is one. */
async function outcomeOf(report: DscReport, { inputs, context, isApplied, program }: Configured): Promise<ActionOutcome> {
  const errors = report.Mofs.flatMap(({ Name, Error: problem }) => (problem === '' ? [] : [`${Name}: ${problem}`]));
  const changes = report.Mofs.flatMap((mof) => changesOf(mof, isApplied));
  if (errors.length > 0) {
    const reason = errors.join(' ').slice(0, 1500);
    return isApplied ? { kind: 'failed', reason, changes } : failed(reason);
  }
  if (!isApplied) return { kind: 'checked', drift: changes };
  if (!report.RebootRequired || inputs.rebootBehavior === 'Never') return { kind: 'exited', exitCode: 0, changes };
  if (inputs.preRebootScript !== '') {
    const { preRebootScript: script, timeoutSeconds } = inputs;
    const answer = await runPowerShell(program, script, { input: '', context, timeoutSeconds });
    if (answer.kind !== 'exited') return answer;
  }
  return { kind: 'needs-restart', changes };
}

/** What differed before: in a check it still does, and otherwise it is what the MOF wants now. */
function changesOf({ Name, Before, After }: DscReport['Mofs'][number], isApplied: boolean): ResourceChange[] {
  const isRight = new Set((After?.Resources ?? []).filter(({ InDesiredState }) => InDesiredState).map(({ Id }) => Id));
  return (Before?.Resources ?? [])
    .filter(({ Id, InDesiredState }) => !InDesiredState && (!isApplied || isRight.has(Id)))
    .map(({ Id }) => ({ resource: Id, property: Name, before: 'not in the desired state', after: 'in the desired state' }));
}
