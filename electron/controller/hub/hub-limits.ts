/** What a peer that has not yet shown who it is may take of the controller. */
export type HubLimits = {
  /** Time for the TLS handshake. */
  handshakeMilliseconds: number;
  /** Time for a request's head, from the start of the connection. */
  headersMilliseconds: number;
  /** Time for a whole request; a body that drips in longer is cut off. */
  requestMilliseconds: number;
  /** Connections that are not yet the session of a node, together and from one address. */
  strangers: number;
  strangersPerAddress: number;
  /** Bytes that may wait for a node which does not read; the largest order is under one MiB. */
  unsentBytes: number;
};

/**
 * An agent needs a second for all of it. The bounds on strangers keep the memory of a flood under 200 MB; in a site where thousands
 * of agents come back at once, those that are turned away are in again after their next backoff.
 */
export const HUB_LIMITS: HubLimits = {
  handshakeMilliseconds: 10_000,
  headersMilliseconds: 10_000,
  requestMilliseconds: 15_000,
  strangers: 2_048,
  strangersPerAddress: 1_024,
  unsentBytes: 16 * 1024 * 1024,
};
