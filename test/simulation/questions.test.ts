import { describe, expect, test } from 'vitest';
import type { ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { Question } from '../../agent/protocol/questions.ts';
import { answerQuestion } from '../../electron/controller/operations/answer-question.ts';
import { createDocument } from '../../electron/controller/operations/save-document.ts';
import type { SimulatedSite } from './simulated-site.ts';
import { openSimulatedSite } from './simulated-site.ts';

const FETCHES = `schemaVersion: "2.2"
mainSteps:
  - action: aws:downloadContent
    name: fetch
    inputs: { sourceType: SSMDocument, sourceInfo: { name: Holdfast-Noop } }
  - action: aws:runShellScript
    name: script
    inputs: { runCommand: "true" }
`;

/** A run of that document that is in progress on one of two nodes. */
function aRun(): { site: SimulatedSite; runs: NodeId; other: NodeId; executionId: ExecutionId } {
  const site = openSimulatedSite();
  const [runs, other] = [site.addNode(), site.addNode()];
  site.script = () => ({ status: 'Success', seconds: 600 });
  site.perform((context) =>
    createDocument(context, {
      name: 'Fetches',
      format: 'YAML',
      content: FETCHES,
      documentType: 'Command',
      displayName: null,
      versionName: null,
    }),
  );
  const { associationId } = site.save({ documentName: 'Fetches', parameters: {}, targets: [{ key: 'InstanceIds', values: [runs] }] });
  site.advance({ seconds: 30 });
  const execution = site.history(associationId)[0];
  if (execution === undefined) throw new Error('It has not begun.');
  return { site, runs, other, executionId: execution.executionId };
}

const documentAt = (executionId: ExecutionId, stepIndex: number): Question => ({
  ask: 'document',
  executionId,
  stepIndex,
  name: 'Holdfast-Noop',
  version: '$DEFAULT',
});

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (cause: unknown) => (cause instanceof Error && 'code' in cause ? cause.code : cause),
  );

describe('what a step asks of the controller', () => {
  test('is answered while it runs, for what its action needs', async () => {
    const { site, runs, executionId } = aRun();
    const ask = (question: Question) => codeOf(answerQuestion(site.context, runs, question));
    expect(await ask(documentAt(executionId, 0))).toBe('answered');
    expect(await ask(documentAt(executionId, 1))).toBe('E-QUESTION-STEP');
    expect(await ask(documentAt(executionId, 7))).toBe('E-QUESTION-STEP');
    const machine = { platform: 'debian', release: '12', architecture: 'x86_64' };
    expect(await ask({ ask: 'package', executionId, stepIndex: 0, name: 'Tools', version: '$LATEST', machine })).toBe('E-QUESTION-STEP');
    expect(await ask({ ask: 'inventory', executionId, stepIndex: 0, items: [] })).toBe('E-QUESTION-STEP');
  });

  test('is refused to another node, and once the run is over', async () => {
    const { site, runs, other, executionId } = aRun();
    expect(await codeOf(answerQuestion(site.context, other, documentAt(executionId, 0)))).toBe('AssociationExecutionDoesNotExist');
    site.advance({ hours: 1 });
    expect(await codeOf(answerQuestion(site.context, runs, documentAt(executionId, 0)))).toBe('AssociationExecutionDoesNotExist');
  });
});
