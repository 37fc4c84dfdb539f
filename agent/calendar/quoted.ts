/** For a sentence: cut to 60 characters, control characters escaped. The text is whatever somebody typed, or sent. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
