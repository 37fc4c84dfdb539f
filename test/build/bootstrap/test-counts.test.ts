import { expect, test } from 'vitest';
import { countTests, summaryLine, sumOf } from '../../../build/bootstrap/test-counts.mjs';

const report = (parts: object) =>
  JSON.stringify({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...parts });

test('passed, failed and skipped tests are counted', () => {
  expect(countTests(report({ numPassedTests: 5, numPendingTests: 2 }), 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  expect(countTests(report({ numPassedTests: 5, numFailedTests: 1 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a file that cannot be loaded is a failure of its own', () => {
  const broken = { status: 'failed', assertionResults: [] };
  const withFailure = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(countTests(report({ numFailedTests: 1, testResults: [broken, withFailure] }), 1).failed).toBe(2);
});

test('an error outside of any test is a failure', () => {
  expect(countTests(report({ numPassedTests: 5 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a run that ended without a report is a failure', () => {
  expect(countTests(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countTests(null, 137).failed).toBe(1);
});

test('the last line says passed and failed, and skipped when something was', () => {
  const sum = sumOf([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 4, failed: 2, skipped: 0 },
  ]);
  expect(summaryLine(sum)).toBe('5 passed, 2 failed');
  expect(summaryLine({ ...sum, skipped: 3 })).toBe('5 passed, 2 failed, 3 skipped');
});
