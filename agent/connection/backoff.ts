import { CloseCode } from '../protocol/close-codes.ts';

/** Why the last session ended, as far as it matters for when to try again. */
export type Ended =
  /** Never got as far as a welcome, or lost it: the network, or a controller that restarts. */
  | { readonly why: 'lost' }
  /** A certificate or a version that is not accepted: nothing that a try a second later could change. */
  | { readonly why: 'turned-away' };

const FIRST_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 30_000;
const FIRST_AFTER_REFUSAL_MILLISECONDS = 5 * 60_000;
const LONGEST_AFTER_REFUSAL_MILLISECONDS = 60 * 60_000;

/**
 * How long to wait before the next try. Full jitter: anything between nothing and a bound that doubles, so that the nodes of a site
 * do not all come back at the same moment. A node that was turned away waits 5 minutes, doubling to an hour (spec.md 10.1).
 *
 * @param tries tries in a row that ended so, from 0
 * @param random in [0, 1)
 */
export function delayMilliseconds({ why }: Ended, tries: number, random: number): number {
  switch (why) {
    case 'lost':
      return Math.floor(random * Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** tries));
    case 'turned-away':
      return Math.min(LONGEST_AFTER_REFUSAL_MILLISECONDS, FIRST_AFTER_REFUSAL_MILLISECONDS * 2 ** tries);
  }
}

/** What a close code means for the next try. */
export function endedBy(code: number): Ended {
  return code === CloseCode.Revoked || code === CloseCode.ProtocolVersion ? { why: 'turned-away' } : { why: 'lost' };
}
