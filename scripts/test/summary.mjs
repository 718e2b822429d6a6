/**
 * What a vitest run has to say about itself, of its JSON report only the parts that count.
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {FileReport[]} testResults one for each file
 *
 * @typedef {object} FileReport
 * @property {string} [name] its path
 * @property {string} status
 * @property {string} [message] why the file could not be run
 * @property {{status: string, fullName?: string, failureMessages?: string[]}[]} assertionResults
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
 * Each test that failed with its file and the beginning of why, for the end of a run: who reads it in CI may have the
 * end of the output alone.
 * @param {VitestReport | undefined} report
 * @returns {string[]}
 */
export function failuresOf(report) {
  if (!report) return ['it left no report']
  const found = report.testResults.flatMap(({ name = '', status, message = '', assertionResults }) => {
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [`${name}: ${beginningOf(message)}`]
    return failed.map(
      ({ fullName = '', failureMessages = [] }) =>
        `${name}: ${fullName}\n${beginningOf(failureMessages.join('\n'))}`,
    )
  })
  return found.length > 0 ? found : ['no test failed, and the run ended badly all the same']
}

/** @param {string} text */
function beginningOf(text) {
  const lines = text.split('\n')
  return lines.slice(0, 40).join('\n')
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
