import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentSource } from '../document/download-inputs.ts';
import { Failure } from '../protocol/failures.ts';
import type { ActionContext } from '../steps/action.ts';
import { chosenDocument } from './chosen-document.ts';
import type { Staged } from './destination.ts';

/** The text of a document of the controller's. Null when the step's signal ended it. */
export async function fetchDocumentSource({ name }: DocumentSource, context: ActionContext): Promise<Staged | null> {
  const { controller, run, stepFolder, signal } = context;
  if (controller === null) throw new Failure('E-NO-CONTROLLER', { need: `The document ${name.slice(0, 200)}` });
  const { executionId, stepIndex } = run;
  const answer = await controller.ask({ ask: 'document', executionId, stepIndex, ...chosenDocument(name) }, signal);
  if (answer === null) return null;
  const file = path.join(stepFolder, 'content');
  mkdirSync(stepFolder, { recursive: true, mode: 0o700 });
  writeFileSync(file, answer.source, { mode: 0o700 });
  return { kind: 'file', file, name: `${answer.name}.${answer.format === 'JSON' ? 'json' : 'yaml'}` };
}
