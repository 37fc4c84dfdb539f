import type { ChangeNotices } from '../../electron/api/changes.ts';
import type { ChangePattern } from './change-match.ts';
import { concerns } from './change-match.ts';
import type { FaultData } from './fault.ts';
import { faultFrom } from './fault.ts';
import type { Client } from './line.ts';

/** A question to the controller, and the changes after which its answer may be another one. */
export interface Call<Answer> {
  /** Equal for equal questions. */
  readonly key: string;
  readonly on: readonly ChangePattern[];
  ask(client: Client, signal: AbortSignal): Promise<Answer>;
}

export type CallState<Answer> =
  | { readonly status: 'loading' }
  | { readonly status: 'fault'; readonly fault: FaultData }
  /** `fault`: asking again failed, and this is the answer of before. */
  | { readonly status: 'full'; readonly answer: Answer; readonly fault: FaultData | null };

type Answered<Answer> = { answer: Answer } | { fault: FaultData };

/** An answer of before stays beside a fault. */
function stateAfter<Answer>(before: CallState<Answer>, answered: Answered<Answer>): CallState<Answer> {
  if ('answer' in answered) return { status: 'full', answer: answered.answer, fault: null };
  return before.status === 'full' ? { ...before, fault: answered.fault } : { status: 'fault', fault: answered.fault };
}

/** What a reading needs of the connection. */
export interface Source {
  readonly client: Client | null;
  watch(watcher: (notices: ChangeNotices) => void): () => void;
}

/** Answers that change all the time are asked for at most this often. */
const REST_MS = 150;

const loading = { status: 'loading' } as const;

/**
 * One question that somebody on screen wants answered, for as long as they do. One ask at a time: what changes meanwhile asks once
 * more afterwards, so an answer is never older than the newest notice, and a late answer never replaces a newer one.
 */
export class Reading<Answer> {
  readonly #source: Source;
  readonly #call: Call<Answer>;
  readonly #listeners = new Set<() => void>();
  #state: CallState<Answer> = loading;
  #fresh: CallState<Answer> = loading;
  #asking: AbortController | null = null;
  #isStale = true;
  #rest: ReturnType<typeof setTimeout> | null = null;
  #unwatch: (() => void) | null = null;

  constructor(source: Source, call: Call<Answer>) {
    this.#source = source;
    this.#call = call;
  }

  readonly state = (): CallState<Answer> => this.#state;

  /** As `state`, without what was only kept from an earlier look: an answer that came, or was kept up to date, since somebody looks. */
  readonly freshState = (): CallState<Answer> => this.#fresh;

  get isWanted(): boolean {
    return this.#listeners.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#unwatch === null) this.#begin();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#end();
    };
  };

  /** Asks again although no notice came, as after an action whose effect has no notice of its own. */
  readonly again = (): void => {
    this.#isStale = true;
    this.#askIfDue();
  };

  #begin(): void {
    this.#unwatch = this.#source.watch((notices) => {
      if (concerns(notices, this.#call.on)) this.again();
    });
    // Nobody listened for changes while nobody looked, so what was known may be old.
    this.again();
  }

  #end(): void {
    // From one screen to the next, the one ends its look and the other begins its own at the same moment.
    if (this.#isStale || this.#asking !== null) this.#fresh = loading;
    else queueMicrotask(() => this.#forgetUnlessWanted());
    this.#unwatch?.();
    this.#unwatch = null;
    this.#asking?.abort();
    this.#asking = null;
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  #forgetUnlessWanted(): void {
    if (!this.isWanted) this.#fresh = loading;
  }

  #askIfDue(): void {
    const { client } = this.#source;
    if (client === null || !this.#isStale || this.#asking !== null || this.#rest !== null || this.#unwatch === null) return;
    this.#isStale = false;
    const asking = new AbortController();
    this.#asking = asking;
    void this.#ask(client, asking);
  }

  async #ask(client: Client, asking: AbortController): Promise<void> {
    let answered: Answered<Answer> | null = null;
    try {
      answered = { answer: await this.#call.ask(client, asking.signal) };
    } catch (error) {
      // Without a line there is nothing to say: the question is asked again when the line is back.
      if (this.#source.client === client) answered = { fault: faultFrom(error) };
    }
    if (this.#asking !== asking) return;
    this.#asking = null;
    if (answered !== null) this.#become(answered);
    this.#rest = setTimeout(() => {
      this.#rest = null;
      this.#askIfDue();
    }, REST_MS);
  }

  #become(answered: Answered<Answer>): void {
    const isFresh = this.#fresh === this.#state;
    this.#state = stateAfter(this.#state, answered);
    this.#fresh = isFresh || 'answer' in answered ? this.#state : stateAfter(this.#fresh, answered);
    for (const listener of [...this.#listeners]) listener();
  }
}
