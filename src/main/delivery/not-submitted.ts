import type { FailureCode } from '../../contract/failure'

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

export function notTaken(agent: string): NotSubmitted {
  return new NotSubmitted(
    'text-mismatch',
    `The window of ${agent} did not take the paste: is its input where the point is?`,
  )
}

export function unreadable(agent: string): NotSubmitted {
  return new NotSubmitted('text-mismatch', `The text in the input of ${agent} could not be read back.`)
}

export function mismatch(agent: string, got: string, wanted: string): NotSubmitted {
  const sizes = `${got.length} characters were read back, ${wanted.length} were sent`
  return new NotSubmitted(
    'text-mismatch',
    `The input of ${agent} shows another text than the message (${sizes}).`,
  )
}
