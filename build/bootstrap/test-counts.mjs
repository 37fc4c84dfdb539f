/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Sums up Vitest's JSON report. A file that cannot be loaded and an error outside of any test have no test to be counted as, and
 * must not be lost: each is one failure.
 * @param {string | null} report null when Vitest ended without writing one
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countTests(report, exitCode) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: FileResult[] }} */
  const result = report === null ? { ...nothing, testResults: [] } : JSON.parse(report);
  const brokenFiles = result.testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  });
  const counts = {
    passed: result.numPassedTests,
    failed: result.numFailedTests + brokenFiles.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {readonly Counts[]} all */
export function sumOf(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({ passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The line that `npm test` ends with.
 * @param {Counts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult */

const nothing = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
