import { assertNever, type FailureCode } from '../../../contract/failure'
import type { Miss } from '../../desktop/desktop'
import { isUnsafe, keysFailure } from '../../desktop/unsafe-keys'
import type { Look, TextLook } from '../../looking/look'
import { excerpt } from '../../looking/spelling'

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

/** A copy told nothing, or told it too late. */
export class Unread extends NotSubmitted {
  constructor(sentence: string) {
    super('text-mismatch', sentence)
  }
}

/**
 * A busy program made the copy of an earlier look only now, and then pasted that: what stood in its input stands there
 * twice.
 */
export class PastedItsOwn extends Unread {
  constructor(
    agent: string,
    readonly copied: string,
  ) {
    super(busyWith(agent))
  }
}

export function tooBusy(agent: string): Unread {
  return new Unread(busyWith(agent))
}

function busyWith(agent: string): string {
  return `${agent} was too busy to tell in time what stands in its input.`
}

export function halted(): NotSubmitted {
  return new NotSubmitted('internal', 'The delivery was stopped before it was submitted.')
}

export function notTaken(agent: string): Unreached {
  return new Unreached(
    `The input of ${agent} does not take the text: answer what stands before it, or set its point anew.`,
  )
}

const HIDDEN = {
  minimized: 'is minimized',
  shaded: 'is rolled up to its title',
  elsewhere: 'is on another workspace',
}

/** A window that was asked for and is not shown: nothing lies over it that could be answered. */
export function notShown(hidden: keyof typeof HIDDEN, agent: string): NotSubmitted {
  return new NotSubmitted(
    'focus-lost',
    `The window of ${agent} ${HIDDEN[hidden]}, and the window manager does not show it: show it yourself.`,
  )
}

export function focusNotTaken(agent: string, title: string): NotSubmitted {
  return new NotSubmitted(
    'focus-lost',
    `"${title}" did not take the focus after a click on ${agent}'s input.`,
  )
}

/** A copy that told nothing, where the text was to be seen. */
export function unreadable(agent: string): Unread {
  return new Unread(`The text in the input of ${agent} could not be read.`)
}

/** The submit key was pressed, and exactly the message still stands in the input: the agent does not take Enter now. */
export class StillThere extends NotSubmitted {
  constructor(agent: string) {
    super(
      'agent-busy',
      `${agent} does not take messages right now: the text stands in its input, and goes once it does.`,
    )
  }
}

/** The program has made something else of the text. */
export function madeOtherwise(agent: string, shown: string): NotSubmitted {
  const what = shown === '' ? 'nothing of it (an attachment?)' : `“${excerpt(shown)}”`
  return new NotSubmitted(
    'not-accepted',
    `${agent} made something else of the text: its input shows ${what}.`,
  )
}

/** Pressed again, the submit key would make one more. */
export function madeNewLine(agent: string): NotSubmitted {
  return new NotSubmitted(
    'not-accepted',
    `The submit key makes a new line in the input of ${agent} and sends nothing: choose a profile with another key (“editor” has Ctrl+Enter), then retry this message.`,
  )
}

const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u

/** The empty input looks as if it held such a text, before the submit key and after it. Undefined for any other text. */
export function blankText(agent: string, text: string): NotSubmitted | undefined {
  if (!BLANK.test(text)) return undefined
  const message = `The text shows nothing (only spaces, line breaks or the like), so nobody would see it arrive in ${agent}. It is held; cancel the message.`
  return new NotSubmitted('text-held', message)
}

/** What an act that was left undone means for the message. */
export function missed(miss: Miss, agent: string, title: string): NotSubmitted {
  if (isUnsafe(miss)) {
    const { code, message } = keysFailure(miss)
    return new NotSubmitted(code, message)
  }
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

/** The input's content; rejects with what to do where there is none to be seen. */
export function textOf(look: Look, agent: string): TextLook {
  if (look.kind === 'text') return look
  throw notInFocus(look, agent)
}

export function notInFocus(look: Exclude<Look, TextLook>, agent: string): NotSubmitted {
  switch (look.kind) {
    case 'elsewhere': {
      const what = look.name === '' ? look.role : `${look.role} “${excerpt(look.name)}”`
      if (look.isQuestion)
        return new NotSubmitted('agent-asks', `${agent} asks something (${what}): answer it in its window.`)
      return new NotSubmitted(
        'focus-lost',
        `The focus is on another part of the window of ${agent} (${what}): answer what stands there, or set the agent's point anew.`,
      )
    }
    case 'disabled':
      return new NotSubmitted('agent-busy', `The input of ${agent} takes nothing right now.`)
    case 'unreadable':
      return new NotSubmitted('unreadable', `The input of ${agent} cannot be read. ${look.cure}`)
    default:
      return assertNever(look)
  }
}
