/**
 * Where everything lives, what it may know, and why it may know no more. This table is the architecture: layout.test.ts holds the
 * sources to it, and README's tree to both.
 */
export interface Room {
  /** A folder with the files directly in it, or one file with arrows of its own. */
  readonly path: string;
  /** What it is for, in one sentence. */
  readonly charter: string;
  /** Rooms it may import, besides itself. */
  readonly mayImport: readonly string[];
  /** Rooms it may import types from, and nothing that runs. */
  readonly mayImportTypes?: readonly string[];
  /** Packages it may import: a name, or a beginning followed by `*`. */
  readonly packages: readonly string[];
  /** Completes the sentence "… imports …, but <this room> …". */
  readonly because: string;
  /** Decides only: no clock, no timer, no disk, no network. */
  readonly pure?: true;
}
