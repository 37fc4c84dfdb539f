/**
 * The wire's version, said in `hello` and in the enrollment request. Raised when an older peer could misunderstand a newer one.
 *
 * 1  2026-11-23  hello, heartbeat, report, output, renewal / welcome, run, cancel, stored, credit, renewed.
 *    2026-11-25  An order may have `sealed` secrets. An agent that does not know them refuses the order, and nothing else changes.
 *    2026-11-25  run: documents of schema 1.2 and 2.0, and further parts of a step. An agent that does not know them refuses the order.
 *    2026-11-25  refresh / refreshed. An agent asks only from a step that an older controller does not take into a document.
 *    2026-11-26  Questions of steps, and files by their hash, as HTTPS requests beside the WebSocket: an older controller answers 404.
 *    2026-11-26  An order may have `mode`, a step's result `changes` and `drift`. An agent that does not know Audit refuses the order.
 */
export const PROTOCOL_VERSION = 1;

/** The agent's own. */
export const AGENT_VERSION = '0.1.0';

/** The WebSocket sub-protocol both ends must name. */
export const SUB_PROTOCOL = 'holdfast.v1';

/** The name in every hub certificate. Agents ask for this name whatever address they dial, so a hub may move to another address. */
export const HUB_SERVER_NAME = 'hub.holdfast.internal';

export const AGENT_PATH = '/agent';
export const ENROLL_PATH = '/enroll';
