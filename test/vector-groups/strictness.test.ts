import { afterAll, describe, expect, test } from 'vitest';
import { openDocumentDesk } from '../builders/document-desk.ts';
import { GROUPS } from './all-groups.ts';
import { outcomeOf } from './run-vectors.ts';
import { companionsOf, findVectorFiles, SHARED_VECTORS, type VectorFile } from './vector-files.ts';
import { isMap } from './vector-group.ts';

const desk = openDocumentDesk();
afterAll(desk.close);

/** What a row of each group says that the product has to say too. */
const EXPECTATIONS: Readonly<Record<string, readonly string[]>> = {
  vectors: ['valid', 'next', 'code', 'apiError', 'runsImmediately'],
  state: ['expect'],
  gating: ['expect'],
  substitution: ['expected'],
  parameterStore: ['expected'],
  environment: ['expectEnv', 'expectScript'],
  validation: ['valid', 'violations', 'apiError'],
  runs: ['expect'],
  syntax: ['valid', 'error'],
  joins: ['expect'],
  updates: ['expect'],
  documentFromSteps: ['document'],
  mergeOfParts: ['merged'],
  stepFromExitCode: ['stepStatus', 'remainingSteps'],
  controlFlow: ['stepStatuses', 'document'],
  executionFromTargets: ['execution', 'resourceCountByStatus'],
  overviewFromExecutions: ['overview'],
  executionSummaryText: ['summaryPrefix'],
  complianceFromStatus: ['expect'],
  resourceSummary: ['resourceSummary'],
  typeSummary: ['typeSummary'],
  samples: ['valid', 'expectedError'],
  operations: ['expectedError'],
};

/** Prose, of which not every word can be held against the product. */
const PROSE: ReadonlySet<string> = new Set(['recorded', 'then']);

/** The value with one thing in it wrong, once for each thing that can be. */
function wrong(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value} no`];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [!value];
  if (Array.isArray(value))
    return [[...value, 'no'], ...value.flatMap((item, position) => wrong(item).map((other) => value.with(position, other)))];
  if (!isMap(value)) return ['no'];
  return Object.entries(value).flatMap(([key, inner]) => (PROSE.has(key) ? [] : wrong(inner).map((other) => ({ ...value, [key]: other }))));
}

const files = findVectorFiles(SHARED_VECTORS).files;

function fileWith(group: string): VectorFile {
  const found = files.find(({ content }) => group in content);
  if (found === undefined) throw new Error(`No file has ${group}.`);
  return found;
}

describe('a row that is changed in one thing that it expects does not pass', () => {
  test.each([...GROUPS.values()])('$name', (group) => {
    const file = fileWith(group.name);
    const surroundings = { file: file.content, companion: companionsOf(file, SHARED_VECTORS), desk };
    const rows: unknown = file.content[group.name];
    const passes = (Array.isArray(rows) ? rows : []).flatMap((row: unknown, position) => {
      if (!isMap(row)) return [];
      return (EXPECTATIONS[group.name] ?? []).flatMap((member) =>
        (member in row ? wrong(row[member]) : []).flatMap((other) => {
          const { expected, got } = outcomeOf(group, { ...row, [member]: other }, surroundings);
          return JSON.stringify(expected) === JSON.stringify(got)
            ? [`${group.titleOf(row, position)} ${member} ${JSON.stringify(other)}`]
            : [];
        }),
      );
    });
    expect(EXPECTATIONS[group.name]?.length).toBeGreaterThan(0);
    expect(passes).toEqual([]);
  });
});
