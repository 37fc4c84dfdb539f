/** Of the text as it was written, in UTF-8; the SSM API counts the values given at run time too (spec.md 8.1). */
export const MAX_DOCUMENT_BYTES = 64 * 1024;

/** Without TextEncoder, which pure code does not have: it belongs to the browser and to Node, not to the language. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The first comparison spares counting a text that cannot fit: each UTF-16 unit is at least one byte. */
export function exceedsDocumentSize(text: string): boolean {
  return text.length > MAX_DOCUMENT_BYTES || utf8Bytes(text) > MAX_DOCUMENT_BYTES;
}
