import type { Clock } from '../platform/clock.ts';
import type { PlatformType } from '../platform/facts.ts';
import type { AssociationId } from '../protocol/ids.ts';
import type { RefreshAnswer } from '../protocol/messages.ts';

/** Takes what a step prints. Never holds it back and never fails: what cannot be kept is counted. */
export interface OutputSink {
  write(bytes: Uint8Array): void;
}

/** Everything that an action gets beside its inputs. It does not know who asked, nor what becomes of its outcome. */
export interface ActionContext {
  readonly clock: Clock;
  /** Aborted when the step shall end early: everything that it started is gone before the outcome is returned. */
  readonly signal: AbortSignal;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** For this attempt alone; made here when it is needed. */
  readonly stepFolder: string;
  /** Shared by the steps of one occurrence; relative working directories are below it. */
  readonly downloads: string;
  /** All that a process gets, apart from what its inputs say. */
  readonly environment: Readonly<Record<string, string>>;
  /** Parameters that travel in the environment (spec.md 8.4): nothing overrides them. */
  readonly parameterEnvironment: Readonly<Record<string, string>>;
  /** NAME=VALUE by which every process of this attempt can be told from all others. */
  readonly marker: string;
  /** Asks the controller to apply associations on this node now; none names all of them. Null when `signal` ends the waiting. */
  readonly refresh: (associationIds: readonly AssociationId[], signal: AbortSignal) => Promise<RefreshAnswer | null>;
  /** The process that leads the step's group has started. */
  readonly onProcess: (pid: number) => void;
}

/** How an attempt ended. What that means for the step and the document is decided elsewhere. */
export type ActionOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'timed-out'; readonly afterSeconds: number; readonly exitCode: number | null }
  /** By `signal`. */
  | { readonly kind: 'stopped' }
  /** It could not even start. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface Action<Inputs> {
  readonly platforms: readonly PlatformType[];
  run(inputs: Inputs, context: ActionContext): Promise<ActionOutcome>;
}
