import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { childParameters } from '../document/child-parameters.ts';
import { MAX_DOCUMENT_BYTES } from '../document/document-size.ts';
import type { RunDocumentInputs } from '../document/run-document-inputs.ts';
import { isBelow } from '../downloads/archive-entry.ts';
import { chosenDocument } from '../downloads/chosen-document.ts';
import { Failure } from '../protocol/failures.ts';
import type { Action, ActionContext, ActionOutcome, ChildDocument } from '../steps/action.ts';

/** aws:runDocument: another document in the place of the step, of the controller's or from a file. Its steps check where this one does. */
export const runDocument: Action<RunDocumentInputs> = { run: runOther, check: runOther };

async function runOther(
  { documentType, documentPath, documentParameters }: RunDocumentInputs,
  context: ActionContext,
): Promise<ActionOutcome> {
  const parameters = childParameters(documentParameters);
  if (parameters === null) return { kind: 'failed', reason: 'documentParameters is no map of parameters, neither as JSON nor as YAML.' };
  const child =
    documentType === 'LocalPath' ? localDocument(documentPath, parameters, context) : await sentDocument(documentPath, parameters, context);
  return child === null ? { kind: 'stopped' } : context.runDocument(child, context);
}

type Parameters = ChildDocument['parameters'];

/** Null when the step's signal ended the waiting for it. */
async function sentDocument(
  given: string,
  parameters: Parameters,
  { controller, run, signal }: ActionContext,
): Promise<ChildDocument | null> {
  const choice = chosenDocument(given);
  if (controller === null) throw new Failure('E-NO-CONTROLLER', { need: `The document ${choice.name}` });
  const { executionId, stepIndex } = run;
  const answer = await controller.ask({ ask: 'child', executionId, stepIndex, ...choice, given: Object.keys(parameters) }, signal);
  if (answer === null) return null;
  if (answer.nodeId !== run.nodeId) throw new Failure('E-CONTROLLER-ANSWER', { problem: 'it is for another node' });
  const { name, document, sealed } = answer;
  return { name, parameters: { ...answer.parameters, ...parameters }, content: { kind: 'sent', document, sealed } };
}

const refused = (file: string, problem: string): Failure => new Failure('E-LOCAL-DOCUMENT', { file: file.slice(0, 300), problem });

/** A relative path is one below the occurrence's downloads; an absolute one is taken as it is. */
function localDocument(given: string, parameters: Parameters, { downloads }: ActionContext): ChildDocument {
  const file = path.resolve(downloads, given);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) throw refused(given, 'there is no such file');
  if (!path.isAbsolute(given) && !isBelow(realpathSync(downloads), realpathSync(file)))
    throw refused(given, 'it is outside of the folder of this run');
  if (!there.isFile() || lstatSync(file).isSymbolicLink()) throw refused(given, 'it is no file');
  if (there.size > MAX_DOCUMENT_BYTES) throw refused(given, `it is larger than ${MAX_DOCUMENT_BYTES / 1024} KiB, as no document is`);
  const source = readFileSync(file, 'utf8');
  const format = source.trimStart().startsWith('{') ? 'JSON' : 'YAML';
  return { name: path.basename(file), parameters, content: { kind: 'source', source, format } };
}
