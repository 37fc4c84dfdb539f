export type ExtraVariables =
  | { readonly ok: true; readonly variables: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly problem: string };

/** name=value, the value bare or in quotes; inside double quotes a backslash takes the next sign as it is. */
const PAIR = /([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)(?=\s|$)/sy;
const BLANKS = /\s*/y;

/** Pairs with blanks between. Every value is text: nothing in it is an option, a template or a second pair. */
export function readExtraVariables(text: string): ExtraVariables {
  const variables = new Map<string, string>();
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    PAIR.lastIndex = at;
    const pair = PAIR.exec(text);
    if (pair === null) {
      return {
        ok: false,
        problem: `ExtraVariables has to be pairs name=value with blanks between; this is none: ${text.slice(at, at + 60)}`,
      };
    }
    const [whole, name = '', value = ''] = pair;
    variables.set(name, unquoted(value));
    at += whole.length;
  }
  return { ok: true, variables };
}

function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  BLANKS.exec(text);
  return BLANKS.lastIndex;
}

function unquoted(value: string): string {
  if (value.startsWith('"')) return value.slice(1, -1).replace(/\\(.)/gs, '$1');
  return value.startsWith("'") ? value.slice(1, -1) : value;
}

/** For `--extra-vars @file`: YAML whose values ansible takes as they are and never as templates. */
export function variablesFile(variables: ReadonlyMap<string, string>): string {
  if (variables.size === 0) return '{}\n';
  return [...variables].map(([name, value]) => `${JSON.stringify(name)}: !unsafe ${JSON.stringify(value)}\n`).join('');
}
