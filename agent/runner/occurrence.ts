import type { ExecutionId } from '../protocol/ids.ts';
import type { RunOrder } from '../protocol/run-order.ts';
import type { StepResult } from '../protocol/status.ts';
import type { Plan } from './plan.ts';

/** Why a running occurrence was told to stop: it is over, or the agent is, and then it goes on another time. */
type Stop = { readonly why: 'cancelled'; readonly reason: string } | { readonly why: 'agent-stops' };

/** The occurrence that has its turn. */
export class Occurrence {
  readonly order: RunOrder;
  readonly plan: Plan;
  /** How often it was taken up again, this time included. */
  resumes: number;
  results: readonly StepResult[];
  attempt: number;
  readonly #stopping = new AbortController();
  #stop: Stop | null = null;

  constructor({ order, plan, resumes, results, attempt }: Pick<Occurrence, 'order' | 'plan' | 'resumes' | 'results' | 'attempt'>) {
    this.order = order;
    this.plan = plan;
    this.resumes = resumes;
    this.results = results;
    this.attempt = attempt;
  }

  get executionId(): ExecutionId {
    return this.order.executionId;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get cancelReason(): string | null {
    return this.#stop?.why === 'cancelled' ? this.#stop.reason : null;
  }

  cancel(reason: string): void {
    this.#end({ why: 'cancelled', reason });
  }

  interrupt(): void {
    this.#end({ why: 'agent-stops' });
  }

  /** The first word counts: a cancel during shutdown comes again with the next connection. */
  #end(stop: Stop): void {
    this.#stop ??= stop;
    this.#stopping.abort();
  }
}
