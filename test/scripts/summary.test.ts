import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../scripts/test/suites.mjs'
import { countCheck, countTests, failuresOf, summaryLine, total } from '../../scripts/test/summary.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})

describe('the summary of a test run', () => {
  it('counts what passed and what failed', () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [file('failed', 'passed', 'passed', 'failed')],
    }
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1 })
  })

  it('counts a file that cannot be loaded as a failure, besides those of other files', () => {
    const testResults = [file('failed', 'passed', 'failed'), file('failed')]
    expect(countTests({ numPassedTests: 1, numFailedTests: 1, testResults }, 1)).toEqual({
      passed: 1,
      failed: 2,
    })
  })

  it('never calls a run good that ended badly, though every test passed', () => {
    expect(countTests({ numPassedTests: 3, numFailedTests: 0, testResults: [] }, 1)).toEqual({
      passed: 3,
      failed: 1,
    })
  })

  it('counts a run without a report as a failure', () => {
    expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  })

  it('names each test that failed, and each file that could not be run, with the reason', () => {
    const testResults = [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'is right' },
          { status: 'failed', fullName: 'is wrong', failureMessages: ['expected 1 to be 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ]
    expect(failuresOf({ numPassedTests: 1, numFailedTests: 1, testResults })).toEqual([
      'a.test.ts: is wrong\nexpected 1 to be 2',
      'b.test.ts: no such module',
    ])
    expect(failuresOf(undefined)).toHaveLength(1)
  })

  it('adds up checks and tests into one line', () => {
    const sum = total([countCheck(0), countCheck(2), { passed: 40, failed: 0 }])
    expect(summaryLine(sum)).toBe('41 passed, 1 failed')
  })
})

describe('the choice of suites', () => {
  it('runs everything but the packaging when nothing is named', () => {
    const names = stepsOf([]).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['lint', 'unit', 'contract', 'process', 'e2e']))
    expect(names).not.toContain('package')
  })

  it('packages before it tests the package', () => {
    expect(stepsOf(['package']).map(({ kind }) => kind)).toEqual(['check', 'tests'])
  })

  it('refuses a name that is none, and says which there are', () => {
    expect(() => stepsOf(['unti'])).toThrow(/unti.*unit/)
  })
})
