import type { DocumentContent } from '../document/document.ts';
import type { Clock } from '../platform/clock.ts';
import type { PlatformType } from '../platform/facts.ts';
import type { AssociationId, ExecutionId, NodeId } from '../protocol/ids.ts';
import type { RefreshAnswer } from '../protocol/messages.ts';
import type { AnswerTo, Question } from '../protocol/questions.ts';
import type { ApplyMode } from '../protocol/run-order.ts';
import type { SealedSecret } from '../protocol/sealed-secret.ts';
import type { ResourceChange } from '../protocol/status.ts';

/** Takes what a step prints. Never holds it back and never fails: what cannot be kept is counted. */
export interface OutputSink {
  write(bytes: Uint8Array): void;
}

/**
 * The controller, to a step that needs something of it. What is asked while it is away is asked again when it is back, until `signal`
 * ends the waiting: then the answer is null. A refusal of the controller's is a Failure.
 */
export interface ControllerDesk {
  ask<Asked extends Question>(question: Asked, signal: AbortSignal): Promise<AnswerTo<Asked> | null>;
  /** Writes the blob of the controller's store to `file`, resumed after a cut, and checks it by its hash. False when `signal` ended it. */
  fetchBlob(blob: { sha256: string; size: number }, file: string, signal: AbortSignal): Promise<boolean>;
  /** Whether the controller, and nobody else in its place, answers a new connection now. Asked once. */
  isReachable(signal: AbortSignal): Promise<boolean>;
}

/** Whose run it is that a step belongs to. */
export interface RunFacts {
  readonly nodeId: NodeId;
  readonly executionId: ExecutionId;
  readonly associationId: AssociationId;
  readonly stepIndex: number;
  readonly documentName: string;
}

/** Everything that an action gets beside its inputs. It does not know who asked, nor what becomes of its outcome. */
export interface ActionContext {
  readonly clock: Clock;
  readonly platform: PlatformType;
  readonly run: RunFacts;
  readonly mode: ApplyMode;
  /** 0 in the document of the association; one more in each document that a step runs. */
  readonly depth: number;
  /** Aborted when the step shall end early: everything that it started is gone before the outcome is returned. */
  readonly signal: AbortSignal;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** For this attempt alone; made here when it is needed. */
  readonly stepFolder: string;
  /** Shared by the steps of one occurrence; relative working directories are below it. */
  readonly downloads: string;
  /** Kept from one run to the next, and shared by all: what an action has to remember on this node. Each makes a folder of its own there. */
  readonly stateFolder: string;
  /** All that a process gets, apart from what its inputs say. */
  readonly environment: Readonly<Record<string, string>>;
  /** Parameters that travel in the environment (spec.md 8.4): nothing overrides them. */
  readonly parameterEnvironment: Readonly<Record<string, string>>;
  /** What stands in the inputs of this step for its references to secrets, by `secretKey`: no other step has them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** NAME=VALUE by which every process of this attempt can be told from all others. */
  readonly marker: string;
  /** Null where a document is run by hand, with no controller. */
  readonly controller: ControllerDesk | null;
  /** Asks the controller to apply associations on this node now; none names all of them. Null when `signal` ends the waiting. */
  readonly refresh: (associationIds: readonly AssociationId[], signal: AbortSignal) => Promise<RefreshAnswer | null>;
  /** Runs another document in the place of this step (aws:runDocument): its steps print here, and its status is this step's. */
  readonly runDocument: (child: ChildDocument, context: ActionContext) => Promise<ActionOutcome>;
  /** The process that leads the step's group has started. */
  readonly onProcess: (pid: number) => void;
}

/** As much of it as a program needs that is started in its name. */
export type ProgramContext = Pick<
  ActionContext,
  'clock' | 'signal' | 'stdout' | 'stderr' | 'stepFolder' | 'environment' | 'marker' | 'onProcess'
>;

/** A document that a step runs, and its parameters as associations send them. */
export interface ChildDocument {
  readonly name: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly content: ChildContent;
}

export type ChildContent =
  /** From a file: it cannot refer to Parameter Store. */
  | { readonly kind: 'source'; readonly source: string; readonly format: 'JSON' | 'YAML' }
  /** From the controller, with all that it refers to. */
  | { readonly kind: 'sent'; readonly document: DocumentContent; readonly sealed: Readonly<Record<string, SealedSecret>> };

/** How an attempt ended. What that means for the step and the document is decided elsewhere. */
export type ActionOutcome =
  /** `changes`: what a desired-state action has changed of the node, each with what was before and after. */
  | { readonly kind: 'exited'; readonly exitCode: number; readonly changes?: readonly ResourceChange[] }
  /** Of a check: nothing was changed. What differs from what is wanted; with none, the node is as it shall be. */
  | { readonly kind: 'checked'; readonly drift: readonly ResourceChange[] }
  | { readonly kind: 'timed-out'; readonly afterSeconds: number; readonly exitCode: number | null }
  /** By `signal`. */
  | { readonly kind: 'stopped' }
  /** It could not even start, or it failed without a process of its own. */
  | { readonly kind: 'failed'; readonly reason: string; readonly exitCode?: number; readonly changes?: readonly ResourceChange[] }
  /** It has done its part and needs a restart of the machine: the same step runs again after it (spec.md 6.4). */
  | { readonly kind: 'needs-restart'; readonly changes?: readonly ResourceChange[] };

/** One action. `run` is idempotent where the action is one of a desired state. */
export interface Action<Inputs> {
  run(inputs: Inputs, context: ActionContext): Promise<ActionOutcome>;
  /** What `run` would change, with nothing changed: of an action whose declaration says `canCheck`. The outcome is `checked`, or a failure. */
  check?(inputs: Inputs, context: ActionContext): Promise<ActionOutcome>;
}

export type { ApplyMode, ResourceChange };
