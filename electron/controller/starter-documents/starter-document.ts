/** A document that every site has, under our prefix. */
export interface StarterDocument {
  readonly name: string;
  /** YAML, written by us. */
  readonly content: string;
  /** Default Command. */
  readonly documentType?: 'Command' | 'Policy';
  /** AWS's names for it (spec.md section 9). */
  readonly aliases?: readonly string[];
}
