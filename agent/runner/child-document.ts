import type { ActionContext, ActionOutcome, ChildDocument } from '../actions/action.ts';
import { compactJson } from '../document/compact-json.ts';
import { validateParameters } from '../document/parameters.ts';
import { parseDocumentSource } from '../document/source.ts';
import type { ResourceChange, StepResult } from '../protocol/status.ts';
import { type InlineRun, runInline } from './inline-document.ts';
import { planDocument } from './plan.ts';

/** Levels of documents below the one that an association names (spec.md 8.9). */
const DEEPEST = 3;

/** aws:runDocument: another document's steps in the place of one step, which ends as that document does. */
export async function runChildDocument(child: ChildDocument, context: ActionContext): Promise<ActionOutcome> {
  const { name, source, format, parameters } = child;
  const depth = context.depth + 1;
  if (depth > DEEPEST) return failed(`Documents run documents at most ${DEEPEST} levels deep, and ${name} would be one more.`);
  const parsed = parseDocumentSource({ text: source, format });
  if (!parsed.ok) return failed(`The document ${name} is not right. ${parsed.problems.map(({ message }) => message).join(' ')}`);
  const texts = Object.fromEntries(Object.entries(parameters).map(([parameter, value]) => [parameter, textsOf(value)]));
  const validated = validateParameters(parsed.document.parameters, texts);
  if (!validated.ok) return failed(`${name}: ${validated.problems.map(({ message }) => message).join(' ')}`);
  const { platform, mode } = context;
  const planned = planDocument(parsed.document, { documentName: name, values: validated.values, secrets: [], platform, mode });
  if (!planned.ok) return failed(planned.failure.message);
  const { plan } = planned;
  const announce = (text: string) => context.stdout.write(Buffer.from(`[${name}] ${text}\n`));
  const run = await runInline(
    plan,
    { ...context, depth, parameterEnvironment: { ...context.parameterEnvironment, ...plan.parameterEnvironment } },
    {
      stepStarts: (step) => announce(`step ${step.name}`),
      stepEnds: (step, { result }) => announce(`step ${step.name}: ${result.status}`),
    },
  );
  return outcomeOf(run, child, { context, names: plan.steps.map((step) => step.name) });
}

const failed = (reason: string): ActionOutcome => ({ kind: 'failed', reason });

/** As an association would send it: every value is a list of texts. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf);
  return [textOf(value)];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : compactJson(value));

function outcomeOf(
  { status, results }: InlineRun,
  { name }: ChildDocument,
  { context, names }: { context: ActionContext; names: readonly string[] },
): ActionOutcome {
  const changes = results.flatMap((result) => ('changes' in result ? (result.changes ?? []) : []));
  switch (status) {
    case 'Success':
      return context.mode === 'Audit' ? { kind: 'checked', drift: results.flatMap(driftOf) } : { kind: 'exited', exitCode: 0, changes };
    case 'Failed':
      return { kind: 'failed', reason: `${name}: ${failuresOf(results, names)}`, changes };
    case 'TimedOut': {
      const timedOut = results.find((result) => result.status === 'TimedOut');
      return { kind: 'timed-out', afterSeconds: timedOut?.afterSeconds ?? 0, exitCode: timedOut?.exitCode ?? null };
    }
    case 'Cancelled':
      return { kind: 'stopped' };
    case 'SuccessAndReboot':
      return { kind: 'failed', reason: `${name} asks for a restart of the machine, which a document inside another cannot.`, changes };
  }
}

const driftOf = (result: StepResult): readonly ResourceChange[] => (result.status === 'Success' ? (result.drift ?? []) : []);

function failuresOf(results: readonly StepResult[], names: readonly string[]): string {
  return results
    .flatMap((result, position) =>
      result.status === 'Failed' ? [`the step ${names[position] ?? position + 1} failed: ${result.reason}`] : [],
    )
    .join(' ');
}
