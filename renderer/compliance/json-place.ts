/** Where a member is in a JSON text, from line 1 and column 1; null where the text has no such member, or is no JSON. */
export function placeOfMember(text: string, path: readonly string[]): { line: number; column: number } | null {
  const offset = offsetOf(text, path);
  if (offset === null) return null;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/gy;

interface Token {
  text: string;
  at: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [whole, token = ''] = match;
    tokens.push({ text: token, at: match.index + whole.length - token.length });
  }
  return tokens;
}

function keyOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

/** The position behind the value that begins at `from`. */
function behind(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let position = from; position < tokens.length; position += 1) {
    const text = tokens[position]?.text ?? '';
    if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') depth -= 1;
    if (depth === 0) return position + 1;
  }
  return tokens.length;
}

/** The value of one member of the object or list that begins at `from`. */
function memberAt(tokens: readonly Token[], from: number, name: string): number | null {
  const isList = tokens[from]?.text === '[';
  if (!isList && tokens[from]?.text !== '{') return null;
  let position = from + 1;
  for (let index = 0; position < tokens.length; index += 1) {
    const token = tokens[position]?.text;
    if (token === undefined || token === '}' || token === ']') return null;
    const value = isList ? position : position + 2;
    if ((isList ? String(index) : keyOf(token)) === name) return value;
    position = behind(tokens, value);
    if (tokens[position]?.text === ',') position += 1;
  }
  return null;
}

function offsetOf(text: string, path: readonly string[]): number | null {
  const tokens = tokensOf(text);
  let position: number | null = 0;
  for (const name of path) {
    position = memberAt(tokens, position, name);
    if (position === null) return null;
  }
  return tokens[position]?.at ?? null;
}
