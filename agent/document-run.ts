import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type DocumentContent, partsOf } from './document/document.ts';
import { referencesIn } from './document/parameter-references.ts';
import { validateParameters } from './document/parameters.ts';
import { hasSecretReference } from './document/secret-references.ts';
import { systemClock } from './platform/clock.ts';
import { machineFacts } from './platform/facts.ts';
import { Failure } from './protocol/failures.ts';
import { AssociationId, ExecutionId, NodeId } from './protocol/ids.ts';
import type { ApplyMode } from './protocol/run-order.ts';
import type { StepResult } from './protocol/status.ts';
import { runChildDocument } from './runner/child-document.ts';
import { type InlineRun, runInline } from './runner/inline-document.ts';
import { type Plan, planDocument } from './runner/plan.ts';
import type { ActionContext, OutputSink } from './steps/action.ts';
import { scriptEnvironment } from './steps/script-environment.ts';
import { dataFolderAt, prepareDataFolder } from './storage/data-folder.ts';

export interface RunSettings {
  readonly name: string;
  /** As an association sends them. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly mode: ApplyMode;
  readonly json: boolean;
  /** Of an agent whose actions' memory is to be used; null for one that is gone when the run ends. */
  readonly data: string | null;
}

const EXIT_OF_STATUS: Record<InlineRun['status'], number> = { Success: 0, Failed: 1, TimedOut: 124, Cancelled: 130, SuccessAndReboot: 194 };
const EXIT_DRIFT = 3;

/** What a terminal or a pipe has not taken yet; a step is not held back by it, and what would be more is dropped. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** Runs a document on this machine, now, with no controller. The exit code says how it ended. */
export async function runDocumentHere(document: DocumentContent, settings: RunSettings): Promise<number> {
  const { platformType } = machineFacts();
  const plan = planOf(document, settings, platformType);
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancelled.abort());
  // Whoever read what it prints is gone, and so is the reason to go on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => cancelled.abort());
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-run-'));
  try {
    const teller = settings.json ? jsonTeller(document) : textTeller(plan);
    const context = contextOf({ folder, settings, teller, signal: cancelled.signal });
    const run = await runInline(plan, { ...context, parameterEnvironment: plan.parameterEnvironment }, teller);
    teller.ended(run);
    await Promise.all([written(process.stdout), written(process.stderr)]);
    const hasDrift = run.results.some((result) => result.status === 'Success' && (result.drift ?? []).length > 0);
    return run.status === 'Success' && hasDrift ? EXIT_DRIFT : EXIT_OF_STATUS[run.status];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function planOf(document: DocumentContent, { name, parameters, mode }: RunSettings, platform: 'Linux' | 'MacOS' | 'Windows'): Plan {
  const texts = Object.values(parameters).flat();
  const defaults = Object.entries(document.parameters).flatMap(([parameter, definition]) =>
    Object.hasOwn(parameters, parameter) ? [] : [definition.default],
  );
  if (hasSecretReference([texts, defaults, document.mainSteps.map(partsOf)]))
    throw new Failure('E-NO-CONTROLLER', { need: 'A secret, {{ssm-secure:…}},' });
  const [reference] = referencesIn([texts, defaults, document.mainSteps.map(partsOf)]);
  if (reference !== undefined) throw new Failure('E-NO-CONTROLLER', { need: `The value of {{ssm:${reference}}}` });
  const validated = validateParameters(document.parameters, parameters);
  if (!validated.ok) throw new Failure('E-DOCUMENT-PARAMETERS', { problem: validated.problems.map(({ message }) => message).join(' ') });
  const planned = planDocument(document, { documentName: name, values: validated.values, secrets: [], platform, mode });
  if (!planned.ok) throw planned.failure;
  return planned.plan;
}

interface Place {
  readonly folder: string;
  readonly settings: RunSettings;
  readonly teller: Teller;
  readonly signal: AbortSignal;
}

function contextOf({ folder, settings, teller, signal }: Place): ActionContext {
  const { name, mode, data } = settings;
  const facts = machineFacts();
  // Of no site and no association: they name this run alone.
  const nodeId = NodeId.parse(`mi-${randomBytes(9).toString('hex').slice(0, 17)}`);
  const executionId = ExecutionId.parse(randomUUID());
  const associationId = AssociationId.parse(randomUUID());
  const stateFolder = stateFolderOf(folder, data);
  return {
    clock: systemClock,
    platform: facts.platformType,
    run: { nodeId, executionId, associationId, stepIndex: 0, documentName: name },
    mode,
    depth: 0,
    signal,
    stdout: teller.sink('stdout'),
    stderr: teller.sink('stderr'),
    stepFolder: join(folder, 'steps'),
    downloads: join(folder, 'downloads'),
    stateFolder,
    environment: scriptEnvironment(process.env, { ...facts, nodeId, siteName: 'local', executionId, associationId }),
    parameterEnvironment: {},
    marker: `HOLDFAST_STEP=${folder}`,
    secrets: {},
    controller: null,
    refresh: () => Promise.reject(new Failure('E-NO-CONTROLLER', { need: 'What to apply' })),
    runDocument: runChildDocument,
    onProcess: () => undefined,
  };
}

function stateFolderOf(folder: string, data: string | null): string {
  if (data !== null) {
    const kept = dataFolderAt(data);
    prepareDataFolder(kept);
    return kept.state;
  }
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  return state;
}

type Stream = 'stdout' | 'stderr';

/** Tells whoever started it how it goes. */
interface Teller {
  sink(stream: Stream): OutputSink;
  stepStarts(step: { readonly name: string }, stepIndex: number): void;
  stepEnds(step: { readonly name: string }, ended: { readonly stepIndex: number; readonly result: StepResult }): void;
  ended(run: InlineRun): void;
}

/** For a person: what the steps print is left as it is, and what is said about them goes to the standard error. */
function textTeller({ steps }: Plan): Teller {
  const say = (words: string) => process.stderr.write(`${words}\n`);
  const numberOf = (stepIndex: number) => `[${stepIndex + 1}/${steps.length}]`;
  return {
    sink: (stream) => ({ write: (bytes) => writeTo(process[stream], bytes) }),
    stepStarts: ({ name }, stepIndex) => say(`${numberOf(stepIndex)} ${name}`),
    stepEnds({ name }, { stepIndex, result }) {
      say(`${numberOf(stepIndex)} ${name}: ${resultWords(result)}`);
      const found = 'drift' in result && result.drift !== undefined ? result.drift : 'changes' in result ? (result.changes ?? []) : [];
      const verb = 'drift' in result && result.drift !== undefined ? 'differs' : 'changed';
      for (const { resource, property, before, after } of found) {
        say(`      ${verb}: ${resource}, ${property}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}`);
      }
    },
    ended: ({ status }) => say(status === 'SuccessAndReboot' ? 'It waits for a restart of the machine.' : status),
  };
}

function resultWords(result: StepResult): string {
  switch (result.status) {
    case 'Success':
      return 'Success';
    case 'SuccessAndReboot':
      return `asks for a restart of the machine (exit code ${result.exitCode})`;
    case 'Failed':
      return `Failed${result.exitCode === null ? '' : ` (exit code ${result.exitCode})`}: ${result.reason}`;
    case 'TimedOut':
      return `TimedOut after ${result.afterSeconds} s`;
    case 'Cancelled':
      return 'Cancelled';
    case 'Skipped':
      return `Skipped: ${result.because}`;
  }
}

/** For a script: one JSON object a line. */
function jsonTeller({ mainSteps }: DocumentContent): Teller {
  const tell = (event: string, facts: object) => writeTo(process.stdout, Buffer.from(`${JSON.stringify({ event, ...facts })}\n`));
  const decoders: Record<Stream, StringDecoder> = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  let step = '';
  const tellOutput = (stream: Stream, text: string) => {
    if (text !== '') tell('output', { step, stream, text });
  };
  return {
    sink: (stream) => ({ write: (bytes) => tellOutput(stream, decoders[stream].write(Buffer.from(bytes))) }),
    stepStarts({ name }, stepIndex) {
      step = name;
      tell('step-started', { step: name, stepIndex, action: mainSteps[stepIndex]?.action });
    },
    stepEnds({ name }, { stepIndex, result }) {
      for (const stream of ['stdout', 'stderr'] as const) tellOutput(stream, decoders[stream].end());
      tell('step-ended', { step: name, stepIndex, result });
    },
    ended: ({ status }) => tell('document-ended', { status }),
  };
}

/** When everything that was printed before has been taken, or cannot be any more. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writable) stream.write('', () => resolve());
    else resolve();
  });

function writeTo(stream: NodeJS.WriteStream, bytes: Uint8Array): void {
  if (stream.writable && stream.writableLength < MOST_WAITING_BYTES) stream.write(bytes);
}
