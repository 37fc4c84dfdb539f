/** Why an end closed a session, as a WebSocket close code; the reason text beside it is for people. */
export const CloseCode = {
  /** A frame that does not parse, or a message out of turn. */
  MessageInvalid: 4400,
  /** The certificate is revoked or the node was deregistered. */
  Revoked: 4403,
  /** A newer connection with the same certificate took over. */
  Replaced: 4409,
  /** The peer speaks a version of the protocol that this end does not. */
  ProtocolVersion: 4426,
  /** The controller is going away and will be back. */
  ShuttingDown: 4503,
  /** The controller's disk refused to store; the agent keeps everything and comes back later. */
  CannotStore: 4507,
} as const;
