import { validateParameters } from '../../../agent/document/parameters.ts';
import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { Question, SentChild } from '../../../agent/protocol/questions.ts';
import type { FindChild, RunningSteps } from '../../domain/child-document.ts';
import { childValues, refersByItself, runsDocument } from '../../domain/child-document.ts';
import { Fault } from '../../domain/faults.ts';
import type { Context } from './context.ts';
import type { LibraryDocument } from './document-library.ts';
import { currentRunValues, storeLookup } from './parameter-values.ts';
import { sealedSecrets } from './run-orders.ts';

type ChildContext = Pick<Context, 'stores' | 'library' | 'cipher' | 'link'>;
type ChildQuestion = Extract<Question, { ask: 'child' }>;

const keyOf = ({ document, version }: LibraryDocument): string => `${document.name}:${version.documentVersion}`;

/** The step that asks, of the document and with the values that its execution runs with; null when that is not to be found any more. */
function askingStep(context: ChildContext, { executionId, stepIndex }: ChildQuestion): RunningSteps | null {
  const { stores, library } = context;
  const execution = stores.executions.find(executionId);
  const settings = execution && stores.associations.versionDraft(execution.associationId, execution.associationVersion);
  if (!execution || !settings) return null;
  const { content } = library.exactly(execution.documentName, execution.documentVersion);
  const run = currentRunValues(context, { document: content, parameters: settings.parameters });
  if (!run.ok) return null;
  const { parameters, mainSteps } = run.document;
  const readable = Object.entries(parameters).filter(([name]) => !Object.hasOwn(run.secrets, name));
  const validated = validateParameters(Object.fromEntries(readable), run.parameters, 'are-resolved-but-secrets');
  return validated.ok ? { parameters, mainSteps: mainSteps.slice(stepIndex, stepIndex + 1), values: validated.values } : null;
}

/** A node reads what is its own, and nothing by naming a document that it is not to run. */
function refuseUnlessRun(context: ChildContext, question: ChildQuestion, found: LibraryDocument): void {
  const find: FindChild = ({ name, version }) => {
    try {
      const child = context.library.find(name, version);
      return { key: keyOf(child), content: child.content };
    } catch (cause) {
      if (cause instanceof Fault) return null;
      throw cause;
    }
  };
  const step = askingStep(context, question);
  if (step === null || !runsDocument(step, keyOf(found), find)) throw new Fault('E-CHILD-UNREACHED', { name: question.name });
}

/** A document for a step of the node that runs it in its place. */
export function childDocument(context: ChildContext, nodeId: NodeId, question: ChildQuestion): SentChild {
  const { executionId, given } = question;
  const found = context.library.find(question.name, question.version);
  const { content, document, version } = found;
  const sent = { kind: 'child' as const, executionId, nodeId, name: document.name, documentVersion: version.documentVersion };
  if (!refersByItself(content, given)) return { ...sent, document: content, parameters: {}, sealed: {} };
  refuseUnlessRun(context, question, found);
  const values = childValues(content, given, storeLookup(context));
  if (!values.ok) throw new Fault('E-CHILD-VALUES', { name: document.name, problem: values.message });
  const sealed = sealedSecrets(context, executionId, { nodeId, secrets: values.secrets });
  // It is on its way back: it asks again.
  if (sealed === null) throw new Fault('E-QUESTION-EARLY', { executionId });
  return { ...sent, document: values.document, parameters: values.parameters, sealed: sealed.sealed ?? {} };
}
