import type { NodeId } from '../../../agent/protocol/ids.ts';
import type { AnswerTo, Question, SentChild, SentDocument, SentPackage, SignedText } from '../../../agent/protocol/questions.ts';
import { ComplianceUpload, MANAGED_INSTANCE } from '../../domain/compliance-upload.ts';
import { isFinal } from '../../domain/execution.ts';
import { Fault } from '../../domain/faults.ts';
import { fileFor } from '../../domain/package.ts';
import { childDocument } from './answer-child.ts';
import { findPackage } from './change-package.ts';
import type { Context } from './context.ts';
import { putComplianceItems } from './put-compliance-items.ts';
import type { TakenInventory } from './put-inventory.ts';
import { takeInventory } from './put-inventory.ts';

type QuestionContext = Pick<Context, 'stores' | 'transaction' | 'clock' | 'changes' | 'index' | 'library' | 'signer' | 'cipher' | 'link'>;

type Asking<Ask extends Question['ask']> = { nodeId: NodeId; question: Extract<Question, { ask: Ask }> };

/** The actions that ask so; a step that runs another document may ask for whatever that one's steps need. Null: a script may, too. */
const ASKED_BY: Record<Question['ask'], readonly string[] | null> = {
  document: ['aws:downloadContent', 'holdfast:ansiblePlaybook', 'holdfast:chefRecipes'],
  child: [],
  package: ['aws:configurePackage'],
  inventory: ['aws:softwareInventory'],
  compliance: null,
};
const RUNS_OTHERS = 'aws:runDocument';

/** Only a step that is in progress on this very node may ask, and only for what its action needs. */
function refuseStranger({ stores, library }: QuestionContext, { nodeId, question }: { nodeId: NodeId; question: Question }): void {
  const { executionId, stepIndex, ask } = question;
  const status = stores.executions.target(executionId, nodeId)?.status;
  // Its report that it has begun is on another connection, and may come a moment later.
  if (status !== undefined && status !== 'InProgress' && !isFinal(status)) throw new Fault('E-QUESTION-EARLY', { executionId });
  const execution = status === 'InProgress' ? stores.executions.find(executionId) : null;
  if (execution === null) throw new Fault('AssociationExecutionDoesNotExist', { executionId });
  const actions = ASKED_BY[ask];
  const action = library.steps(execution.documentName, execution.documentVersion)?.[stepIndex]?.action;
  if (actions === null || (action !== undefined && [...actions, RUNS_OTHERS].includes(action))) return;
  throw new Fault('E-QUESTION-STEP', { stepIndex, executionId });
}

function signed({ signer }: QuestionContext, answer: SentDocument | SentChild | SentPackage): SignedText {
  const text = JSON.stringify(answer);
  return { text, signature: signer.sign(text) };
}

function sentDocument(context: QuestionContext, { question }: Asking<'document'>): SignedText {
  const { executionId, name, version } = question;
  const { documentVersion, format, content } = context.library.find(name, version).version;
  if (format === 'TEXT') throw new Fault('InvalidDocument', { name });
  return signed(context, { kind: 'document', executionId, name, documentVersion, format, source: content });
}

function sentPackage(context: QuestionContext, { question }: Asking<'package'>): SignedText {
  const { executionId, name, machine } = question;
  const { packages } = context.stores;
  const { defaultVersion } = findPackage(context, name);
  const version = packages.version(name, question.version === '$LATEST' ? defaultVersion : question.version);
  if (version === null) throw new Fault('E-PACKAGE-VERSION-UNKNOWN', { name, version: question.version });
  const fileName = fileFor(version.packages, machine);
  const file = packages.files(name, version.version).find((candidate) => candidate.fileName === fileName);
  if (file === undefined) throw new Fault('E-PACKAGE-PLATFORM', { name, version: version.version, ...machine });
  const { sha256, size } = file;
  return signed(context, {
    kind: 'package',
    executionId,
    name,
    version: version.version,
    file: { name: file.fileName, sha256, size },
  });
}

function storedCompliance(context: QuestionContext, { nodeId, question }: Asking<'compliance'>): { ignored: boolean } {
  const upload = ComplianceUpload.safeParse({
    ...question.upload,
    ResourceId: nodeId,
    ResourceType: MANAGED_INSTANCE,
    ExecutionSummary: { ExecutionTime: context.clock.now(), ExecutionId: question.executionId, ExecutionType: 'Command' },
  });
  if (upload.success) return putComplianceItems(context, upload.data);
  const [issue] = upload.error.issues;
  throw new Fault('E-QUESTION-INVALID', { problem: `${issue?.path.map(String).join('.')}: ${issue?.message}`.slice(0, 500) });
}

function storedInventory(context: QuestionContext, { nodeId, question }: Asking<'inventory'>): TakenInventory {
  const items = question.items.map(({ captureTime, content = null, ...item }) => ({
    ...item,
    captureTime: new Date(captureTime),
    content,
  }));
  return takeInventory(context, nodeId, items);
}

/** What a step that runs on a node asks. Throws a Fault, for the step to end with, when it is refused. */
export async function answerQuestion(
  context: QuestionContext,
  nodeId: NodeId,
  question: Question,
): Promise<AnswerTo<Question> | SignedText> {
  refuseStranger(context, { nodeId, question });
  switch (question.ask) {
    case 'document':
      return sentDocument(context, { nodeId, question });
    case 'child':
      return signed(context, childDocument(context, nodeId, question));
    case 'compliance':
      return storedCompliance(context, { nodeId, question });
    case 'inventory':
      return storedInventory(context, { nodeId, question });
    case 'package':
      return sentPackage(context, { question, nodeId });
  }
}
