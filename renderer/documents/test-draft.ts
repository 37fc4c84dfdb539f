import type { AssociationId, ExecutionId, NodeId } from '../../agent/protocol/ids.ts';
import type { ApplyMode } from '../../agent/protocol/run-order.ts';
import type { DocumentDetail } from '../../electron/api/documents.ts';
import type { AssociationDraft } from '../../electron/domain/association.ts';
import { UNSET } from '../../electron/domain/association.ts';

/** Marks the association of a test, so that one that was left behind is known for what it is. */
export const TEST_TAGS = [{ key: 'holdfast:test', value: 'true' }];

/** A test that was begun: the association that it made, and where it runs. */
export interface BegunTest {
  readonly associationId: AssociationId;
  readonly nodeId: NodeId;
  readonly executionId: ExecutionId;
}

export interface TestSettings {
  readonly nodeId: string | null;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly mode: ApplyMode;
}

const LONGEST_NAME = 128;

/** An association without a schedule, on one node: it runs once, when it is saved. Compliance is no matter of a test. */
export function testDraft(
  { identifier, version }: Pick<DocumentDetail, 'identifier' | 'version'>,
  settings: TestSettings,
): AssociationDraft {
  const { name, owner } = identifier;
  return {
    ...UNSET,
    associationName: `test-${name}`.slice(0, LONGEST_NAME),
    documentName: name,
    documentVersion: owner === 'Self' ? String(version.documentVersion) : '$DEFAULT',
    parameters: Object.fromEntries(Object.entries(settings.parameters).map(([parameter, texts]) => [parameter, [...texts]])),
    targets: settings.nodeId === null ? [] : [{ key: 'InstanceIds', values: [settings.nodeId] }],
    mode: settings.mode,
    syncCompliance: 'MANUAL',
  };
}

/** What is wrong with one parameter, by the problems of the whole draft. */
export function parameterProblem(problems: readonly { field: string; message: string }[], name: string): string | undefined {
  const of = problems.filter(({ field }) => field === `parameters.${name}` || field.startsWith(`parameters.${name}.`));
  return of.length === 0 ? undefined : of.map(({ message }) => message).join(' ');
}
