/** The WebSocket of serve mode: its path and sub-protocols. The session's token travels as the second sub-protocol. */
export const RPC_PATH = '/rpc';
export const UI_SUB_PROTOCOL = 'holdfast-ui.v1';
export const SESSION_PREFIX = 'session.';
/** Where a one-time link is exchanged for a session (POST, JSON `{ link }` → `{ session }`). */
export const SESSION_PATH = '/session';
/** The URL fragment that carries the one-time code; a fragment is never sent to a server or kept in a log. */
export const LINK_FRAGMENT = 'link';
/** The message by which Electron's preload hands the page its port to the controller. */
export const PORT_MESSAGE = 'holdfast:port';
/** Largest call, in bytes: a document source of 64 KiB and room. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024;
