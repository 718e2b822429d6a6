import { expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit-codes'
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
  expect(exitCodeOf(new Map<string, number>(Object.entries(errorCodes)).get(name) ?? 0)).toBe(exitCode)
})
