import type { DocumentContent } from '../document/document.ts';
import { variableOf } from '../document/interpolation.ts';
import { type ParameterValues, validateParameters } from '../document/parameters.ts';
import { isSecretKey } from '../document/secret-places.ts';
import { parseDocumentSource } from '../document/source.ts';
import { Failure } from '../protocol/failures.ts';
import type { RunOrder } from '../protocol/run-order.ts';
import type { ResourceChange, StepResult } from '../protocol/status.ts';
import type { ActionContext, ActionOutcome, ChildDocument } from '../steps/action.ts';
import { type InlineRun, runInline } from './inline-document.ts';
import { type Plan, planDocument } from './plan.ts';
import { redactionOf } from './redaction.ts';
import type { OpenedSecrets } from './secrets.ts';

/** Levels of documents below the one that an association names (spec.md 8.9). */
const DEEPEST = 3;

/** The agent may not be taken away from below the step that runs the document (spec.md 8.9). */
const UPDATES_THE_AGENT: readonly string[] = ['aws:updateSsmAgent', 'aws:updateAgent'];

/** Opens what was sealed for this node and this run. */
export type OpenSealed = (sealed: NonNullable<RunOrder['sealed']>) => OpenedSecrets;

type Secrets = Readonly<Record<string, string>>;

/** aws:runDocument: another document's steps in the place of one step, which ends as that document does. */
export async function runChildDocument(child: ChildDocument, context: ActionContext, open?: OpenSealed): Promise<ActionOutcome> {
  const { name } = child;
  const depth = context.depth + 1;
  if (depth > DEEPEST) throw refused(name, `Documents run documents at most ${DEEPEST} levels deep, and it would be one more.`);
  const document = contentOf(child);
  const secrets = secretsOf(child, open);
  const plan = planOf(document, { child, secrets, context });
  const redaction = redactionOf(Object.values(secrets));
  const sinks = { stdout: redaction.before(context.stdout), stderr: redaction.before(context.stderr) };
  const announce = (text: string) => sinks.stdout.write(Buffer.from(`[${name}] ${text}\n`));
  const variables = Object.entries(secrets).filter(([key]) => !isSecretKey(key));
  const run = await runInline(
    plan,
    {
      ...context,
      ...sinks,
      depth,
      run: { ...context.run, documentName: name },
      // Its own alone: what the document around it has in its environment is not for this one.
      parameterEnvironment: {
        ...plan.parameterEnvironment,
        ...Object.fromEntries(variables.map(([key, value]) => [variableOf(key), value])),
      },
      secrets,
    },
    {
      stepStarts: (step) => announce(`step ${step.name}`),
      stepEnds: (step, { result }) => announce(`step ${step.name}: ${wordsOf(result)}`),
    },
  );
  sinks.stdout.end();
  sinks.stderr.end();
  return redaction.outcome(outcomeOf(run, child, { context, names: plan.steps.map((step) => step.name) }));
}

const refused = (name: string, problem: string): Failure => new Failure('E-CHILD-DOCUMENT', { name, problem });

function contentOf({ name, content }: ChildDocument): DocumentContent {
  if (content.kind === 'sent') return content.document;
  const parsed = parseDocumentSource({ text: content.source, format: content.format });
  if (parsed.ok) return parsed.document;
  const problems = parsed.problems
    .slice(0, 5)
    .map(({ message, line }) => (line === null || line === undefined ? message : `Line ${line}: ${message}`));
  throw refused(name, problems.join(' '));
}

/** Without those of parameters for which the step gives a value. */
function secretsOf({ name, content, parameters }: ChildDocument, open: OpenSealed | undefined): Secrets {
  if (content.kind === 'source') return {};
  const needed = Object.fromEntries(Object.entries(content.sealed).filter(([key]) => !Object.hasOwn(parameters, key)));
  if (Object.keys(needed).length === 0) return {};
  if (open === undefined) throw refused(name, 'Its secrets cannot be opened here.');
  const opened = open(needed);
  if (!opened.ok) throw opened.failure;
  return opened.values;
}

interface Circumstances {
  readonly child: ChildDocument;
  readonly secrets: Secrets;
  readonly context: ActionContext;
}

function planOf(document: DocumentContent, { child, secrets, context }: Circumstances): Plan {
  const { name } = child;
  const update = document.mainSteps.find(({ action }) => UPDATES_THE_AGENT.includes(action));
  if (update !== undefined) throw refused(name, `Its step ${update.name} updates the agent, which a document inside another cannot.`);
  const values = valuesOf(document, child, Object.keys(secrets));
  const { platform, mode } = context;
  const planned = planDocument(document, { documentName: name, values, secrets: Object.keys(secrets), platform, mode });
  if (planned.ok) return planned.plan;
  throw planned.failure.code === 'InvalidParameters' ? refused(name, planned.failure.message) : planned.failure;
}

function valuesOf({ parameters }: DocumentContent, child: ChildDocument, secrets: readonly string[]): ParameterValues {
  const readable = Object.fromEntries(Object.entries(parameters).filter(([name]) => !secrets.includes(name)));
  const validated = validateParameters(readable, child.parameters);
  if (validated.ok) return validated.values;
  throw refused(child.name, validated.problems.map(({ message }) => message).join(' '));
}

function wordsOf(result: StepResult): string {
  switch (result.status) {
    case 'Success':
    case 'SuccessAndReboot':
    case 'TimedOut':
      return result.status;
    case 'Failed':
    case 'Cancelled':
      return `${result.status}. ${result.reason}`;
    case 'Skipped':
      return `Skipped. ${result.because}`;
  }
}

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
