/** One thing that may be written at a place. */
export interface CodeCompletion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** What it is, in a sentence; empty where the label says it all. */
  readonly note: string;
  readonly insert: string;
}

/** All of them, and where the word begins that each would take the place of. */
export interface CodeCompletions {
  readonly from: number;
  readonly options: readonly CodeCompletion[];
}

/** What is known of a word of the text. */
export interface CodeNote {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What an editor knows of the language that is written in it, beyond its grammar. */
export interface CodeKnowledge {
  completionsAt(text: string, offset: number): CodeCompletions | null;
  noteAt(text: string, offset: number): CodeNote | null;
}
