import { type DocumentChoice, documentChoice } from '../document/document-choice.ts';
import { Failure } from '../protocol/failures.ts';

/** The document that a step names; a Failure for what is no name. */
export function chosenDocument(given: string): DocumentChoice {
  const choice = documentChoice(given);
  if (choice !== null) return choice;
  const problem = 'it is no name of a document, with or without a version';
  throw new Failure('E-DOWNLOAD-REFUSED', { source: given.slice(0, 200), problem, remedy: 'Write name, name:version or the ARN.' });
}
