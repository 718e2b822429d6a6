import { expect, test } from 'vitest'
import { CliError, exitCodeFor } from '../../src/cli/exit-codes'
import { NotRunning, Refusal } from '../../src/client/errors'
import { errorCodes, type ErrorName } from '../../src/contract/errors'

const expected: Record<ErrorName, number> = {
  parse: 2,
  invalidRequest: 2,
  unknownMethod: 2,
  invalidParams: 2,
  internal: 1,
  unknownAgent: 2,
  queueFull: 75,
  notFound: 2,
  wrongState: 2,
  timedOut: 75,
  desktopUnavailable: 75,
  refused: 75,
  tooLarge: 2,
  shuttingDown: 69,
  storage: 75,
}

test.each(Object.entries(expected))('the error %s is exit code %i', (name, exitCode) => {
  const code = new Map<string, number>(Object.entries(errorCodes)).get(name) ?? 0
  expect(exitCodeFor(new Refusal(code, 'no'))).toBe(exitCode)
})

test('no Waggle is exit code 69, a complaint has its own, and anything else is a fault', () => {
  expect(exitCodeFor(new NotRunning('none'))).toBe(69)
  expect(exitCodeFor(new CliError(2, 'bad usage'))).toBe(2)
  expect(exitCodeFor(new Error('a fault'))).toBe(1)
})
