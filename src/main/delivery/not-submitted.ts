import type { FailureCode } from '../../contract/failure'
import { hasPartOf } from './read-text'

/** A delivery that ended before anything was submitted. */
export class NotSubmitted extends Error {
  override readonly name = 'NotSubmitted'

  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message)
  }
}

/**
 * The window has the focus and its input does not: its point is beside it, or, where it has taken messages before, a
 * question of the page itself stands before it.
 */
export class Unreached extends NotSubmitted {
  constructor(message: string) {
    super('text-mismatch', message)
  }
}

export function notTaken(agent: string): Unreached {
  return new Unreached(
    `The input of ${agent} does not take the text: answer what stands before it, or set its point anew.`,
  )
}

export function unreadable(agent: string): Unreached {
  return new Unreached(`The text in the input of ${agent} could not be read back.`)
}

/** What was copied instead of the text; where nothing of it is in there, that was not the input's. */
export function mismatch(agent: string, got: string, wanted: string): NotSubmitted {
  if (!hasPartOf(got, wanted)) return notTaken(agent)
  const sizes = `${got.length} characters were read back, ${wanted.length} were sent`
  return new NotSubmitted(
    'text-mismatch',
    `The input of ${agent} shows another text than the message (${sizes}).`,
  )
}
