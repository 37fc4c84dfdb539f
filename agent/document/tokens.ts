/** Names a token can have: the agent replaces only such (spec.md 8.2), so `{{ .Names }}` of another template language stays text. */
export const PARAMETER_NAME = /^[a-zA-Z0-9]+$/;

const TOKEN = /\{\{\s*([a-zA-Z0-9]+)\s*\}\}/g;
const ONLY_A_TOKEN = /^\{\{\s*([a-zA-Z0-9]+)\s*\}\}$/;
const SECURE_STORE_TOKEN = /\{\{\s*ssm-secure:[^{}]*\}\}/;

/** The parameter whose value the whole text stands for, with its type; null when there is anything else in the text. */
export function wholeToken(text: string): string | null {
  return ONLY_A_TOKEN.exec(text)?.[1] ?? null;
}

export function tokenNames(text: string): string[] {
  return [...text.matchAll(TOKEN)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** One pass: what a replacement brings in is not looked at again, and `$` in it means nothing. */
export function replaceTokens(text: string, replacement: (name: string, token: string) => string): string {
  return text.replaceAll(TOKEN, (token: string, name: string) => replacement(name, token));
}

/** A reference to a secret of Parameter Store, `{{ssm-secure:name}}`, cut to fit into a sentence; null when there is none. */
export function secureStoreToken(text: string): string | null {
  return SECURE_STORE_TOKEN.exec(text)?.[0].slice(0, 80) ?? null;
}
