import { assertNever, type FailureCode } from '../../../contract/failure'
import type { Miss } from '../../desktop/desktop'
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

/** A text that was taken reached the input, even where it leaves nothing to copy, as a line break alone does. */
export function unreadable(agent: string, isTaken: boolean): NotSubmitted {
  const sentence = `The text in the input of ${agent} could not be read back.`
  return isTaken ? new NotSubmitted('text-mismatch', sentence) : new Unreached(sentence)
}

/** What was copied instead of the text; where nobody took that and nothing of it is in there, it was not the input's. */
export function mismatch(agent: string, got: string, wanted: string, isTaken: boolean): NotSubmitted {
  if (!isTaken && !hasPartOf(got, wanted)) return notTaken(agent)
  const sizes = `${got.length} characters were read back, ${wanted.length} were sent`
  return new NotSubmitted(
    'text-mismatch',
    `The input of ${agent} shows another text than the message (${sizes}).`,
  )
}

/** What an act that was left undone means for the message. */
export function missed(miss: Miss, agent: string, title: string): NotSubmitted {
  switch (miss) {
    case 'moved':
      return new NotSubmitted('window-missing', `The window of ${agent} is being moved.`)
    case 'covered':
      return new NotSubmitted(
        'focus-lost',
        `Another window covers the input of ${agent}: answer it, or move it away.`,
      )
    case 'no-text':
      return new NotSubmitted(
        'focus-lost',
        `Something lies over the input of ${agent}, and was not clicked: answer it, or set the agent's point anew.`,
      )
    case 'focus-elsewhere':
      return new NotSubmitted(
        'focus-lost',
        `Another window took the focus from "${title}" during the delivery.`,
      )
    case 'pointer-moved':
    case 'person-active':
      return new NotSubmitted('user-active', 'You were using mouse or keyboard during the delivery.')
    default:
      return assertNever(miss)
  }
}
