/** Lines around what differs, in what a step prints. */
const CONTEXT_LINES = 2;
const MOST_LINES = 40;
const LONGEST_LINE = 200;

export interface TextDifference {
  /** What differs, as short as fits: for a change's before and after. */
  readonly before: string;
  readonly after: string;
  /** For a person: `-` what goes, `+` what comes. */
  readonly lines: readonly string[];
}

const cut = (line: string): string => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line);

function few(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return lines.map(cut);
  return [...lines.slice(0, MOST_LINES).map(cut), `… ${lines.length - MOST_LINES} more lines`];
}

/** From the first line that differs to the last: what is the same before and after those is left out. */
export function textDifference(before: string, after: string): TextDifference {
  const old = before.split('\n');
  const wanted = after.split('\n');
  const shortest = Math.min(old.length, wanted.length);
  let first = 0;
  while (first < shortest && old[first] === wanted[first]) first += 1;
  let same = 0;
  while (same < shortest - first && old[old.length - 1 - same] === wanted[wanted.length - 1 - same]) same += 1;
  const gone = old.slice(first, old.length - same);
  const come = wanted.slice(first, wanted.length - same);
  const lead = old.slice(Math.max(0, first - CONTEXT_LINES), first);
  const tail = same === 0 ? [] : old.slice(old.length - same, old.length - same + CONTEXT_LINES);
  return {
    before: few(gone).join('\n'),
    after: few(come).join('\n'),
    lines: [
      ...lead.map((line) => `  ${cut(line)}`),
      ...few(gone).map((line) => `- ${line}`),
      ...few(come).map((line) => `+ ${line}`),
      ...tail.map((line) => `  ${cut(line)}`),
    ],
  };
}

const PLACEHOLDER = /\{\{ *([A-Za-z_][A-Za-z0-9_.-]*) *\}\}/g;

/** The template with each {{ name }} replaced once; null stands for a name that has no value. */
export function filled(template: string, values: Readonly<Record<string, string>>): { text: string; missing: readonly string[] } {
  const missing = new Set<string>();
  const text = template.replace(PLACEHOLDER, (token, name: string) => {
    if (Object.hasOwn(values, name)) return values[name] ?? '';
    missing.add(name);
    return token;
  });
  return { text, missing: [...missing] };
}
