/** Characters of standard output kept with a step's result; the rest is in the output store (spec.md 14.2). */
export const STDOUT_HEAD_CHARACTERS = 24_000;
/** Characters of standard error kept with a step's result (spec.md 14.2). */
export const STDERR_HEAD_CHARACTERS = 8_000;
/** Bytes of one stream of one step that a node keeps and sends, where an order says nothing else. What comes after is dropped and counted. */
export const STREAM_CAP_BYTES = 256 * 1024 * 1024;
/** The most that a site can choose for it, and that a controller takes of one stream. */
export const LARGEST_STREAM_CAP_BYTES = 1024 * 1024 * 1024;
/** Bytes that an agent may have sent of one stream beyond what the controller said it has stored. */
export const CREDIT_WINDOW_BYTES = 256 * 1024;
/** Bytes in one `output` message, before base64: keeps a frame far under the wire's limit. */
export const OUTPUT_CHUNK_BYTES = 48 * 1024;
