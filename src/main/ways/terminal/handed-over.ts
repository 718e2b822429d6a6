import type { Failure } from '../../../contract/failure'
import type { Standing } from '../../../contract/wrap-operations'
import { troubleOf } from '../../looking/standing'
import type { TerminalLook } from './typed-terminal'

/** How handing a message over in a terminal ended. */
export type HandedOver =
  | { readonly state: 'delivered' }
  | { readonly state: 'not-submitted' | 'in-doubt'; readonly failure: Failure }

export function notSubmitted(failure: Failure): HandedOver {
  return { state: 'not-submitted', failure }
}

export function stopped(name: string): HandedOver {
  return notSubmitted({ code: 'internal', message: `The delivery to ${name} was stopped.` })
}

/** Enter may have been pressed on it, or somebody else sent it: nobody but a person can know. */
export function inDoubt(name: string, what: string): HandedOver {
  const message = `The message for ${name} ${what}. Look whether it arrived, then resolve or retry it.`
  return { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message } }
}

/** It was pasted and is not submitted; the next attempt goes on from there. */
export function leftThere(name: string, what: string): HandedOver {
  return notSubmitted(whyLeft(name, what))
}

export function whyLeft(name: string, what: string): Failure {
  return {
    code: 'earlier-paste',
    left: true,
    message: `The message was pasted into ${name} and ${what}. It is not pasted again and goes on once exactly it stands in the prompt.`,
  }
}

/** It was sent, and stands there all the same. */
export function enterNotTaken(name: string): Failure {
  const message = `${name} does not take Enter now. The message stands in its prompt and goes on once it does.`
  return { code: 'agent-busy', left: true, message }
}

/** Pressed again, it would make one more. */
export function madeNewLines(name: string): HandedOver {
  const message = `Enter makes new lines in the prompt of ${name} and sends nothing. Send the message there by its own key, or set the agent to send by Enter, then resolve or retry it.`
  return { state: 'in-doubt', failure: { code: 'not-accepted', left: true, message } }
}

/** Why nothing may be typed into a terminal now; undefined when something may. */
export function troubleNow(
  look: TerminalLook & { readonly standing: Standing },
  name: string,
): Failure | undefined {
  return occupation(look, name) ?? troubleOf(look.standing, name)
}

/** Why a terminal takes no typing although its agent stands ready. */
function occupation({ occupied }: TerminalLook, name: string): Failure | undefined {
  if (occupied === 'person')
    return { code: 'user-active', message: `Someone types in the terminal of ${name}.` }
  if (occupied === 'copy mode') {
    const message = `The pane of ${name} is scrolled back (copy mode). Leave it (q), and its messages go.`
    return { code: 'agent-busy', message }
  }
  return undefined
}
