import type { FromAgent, FromController, RefreshAnswer } from '../protocol/messages.ts';

export type RefreshRequest = Extract<FromAgent, { type: 'refresh' }>;
type Refreshed = Extract<FromController, { type: 'refreshed' }>;

const keyOf = ({ executionId, stepIndex }: Pick<RefreshRequest, 'executionId' | 'stepIndex'>): string => `${executionId}/${stepIndex}`;

/** What steps have asked for and the controller has not answered yet, over however many sessions. */
export class RefreshRequests {
  readonly #waiting = new Map<string, { request: RefreshRequest; answer: (answer: RefreshAnswer | null) => void }>();

  get waiting(): readonly RefreshRequest[] {
    return [...this.#waiting.values()].map(({ request }) => request);
  }

  /** Resolves with the controller's answer; with null when `signal` says that nobody waits for it any more. */
  add(request: RefreshRequest, signal: AbortSignal): Promise<RefreshAnswer | null> {
    const key = keyOf(request);
    return new Promise((resolve) => {
      const giveUp = () => answer(null);
      const answer = (given: RefreshAnswer | null) => {
        signal.removeEventListener('abort', giveUp);
        if (this.#waiting.get(key)?.answer === answer) this.#waiting.delete(key);
        resolve(given);
      };
      if (signal.aborted) return resolve(null);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.set(key, { request, answer });
    });
  }

  /** An answer that comes twice, or too late, is for nobody. */
  answered({ answer, ...ref }: Refreshed): void {
    this.#waiting.get(keyOf(ref))?.answer(answer);
  }
}
