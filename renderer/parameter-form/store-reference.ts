import type { FieldKind } from './parameter-form.ts';

/** A reference to Parameter Store that somebody is writing: begun, and not yet closed. */
export interface UnfinishedReference {
  kind: 'ssm' | 'ssm-secure';
  /** As much of the name as is there. */
  typed: string;
  from: number;
  to: number;
}

// Not followed by its end, nor by more of the name, which the pattern would otherwise leave out.
const UNFINISHED = /\{\{ *(ssm|ssm-secure):([a-zA-Z0-9_/.-]*)(?![a-zA-Z0-9_/.:-]| *\}\})/;

/** The first one in the text; null when there is none. */
export function unfinishedReference(text: string): UnfinishedReference | null {
  const found = UNFINISHED.exec(text);
  if (found === null) return null;
  const [whole, kind, typed = ''] = found;
  return { kind: kind === 'ssm-secure' ? 'ssm-secure' : 'ssm', typed, from: found.index, to: found.index + whole.length };
}

/** The text with the reference completed. Of what was begun of the closing, one brace, nothing doubles. */
export function withReference(text: string, { kind, from, to }: UnfinishedReference, name: string): string {
  return `${text.slice(0, from)}{{${kind}:${name}}}${text.slice(to).replace(/^ *\}/, '')}`;
}

/** Only text is written by hand; what is chosen from a list is whole. */
const written: ReadonlySet<FieldKind> = new Set(['lines', 'json', 'text-area', 'text']);

export const mayRefer = (kind: FieldKind): boolean => written.has(kind);
