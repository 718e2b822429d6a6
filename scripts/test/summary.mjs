/**
 * What a vitest run has to say about itself, of its JSON report only the parts that count.
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{status: string, assertionResults: {status: string}[]}[]} testResults one for each file
 *
 * @typedef {{passed: number, failed: number}} Count
 */

/**
 * Counts one vitest run. A file that could not even be loaded counts as a failure, and so does a run that ended badly
 * although no test failed (an unhandled rejection, a crash, no report at all).
 * @param {VitestReport | undefined} report
 * @param {number} exitCode
 * @returns {Count}
 */
export function countTests(report, exitCode) {
  if (!report) return { passed: 0, failed: 1 }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/**
 * Counts a check that either passes or fails as a whole.
 * @param {number} exitCode
 * @returns {Count}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function total(counts) {
  return counts.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    {
      passed: 0,
      failed: 0,
    },
  )
}

/**
 * The one line that a run ends with.
 * @param {Count} count
 */
export function summaryLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}
