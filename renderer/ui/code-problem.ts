export type CodeLanguage = 'YAML' | 'JSON' | 'TEXT';

/** Something that is wrong with a text, and where, counted from 1; null where it is with the text as a whole. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** A text in lines, as far as places are looked up in it. */
interface Lines {
  readonly lines: number;
  line(number: number): { readonly from: number; readonly to: number };
}

/** The offset of a place. A place that is not in the text, as after it got shorter, becomes the nearest one that is. */
export function placeIn(text: Lines, line: number, column: number): number {
  const { from, to } = text.line(Math.min(Math.max(1, line), text.lines));
  return Math.min(to, from + Math.max(0, column - 1));
}
