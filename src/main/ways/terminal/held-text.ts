import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import { bare } from '../../looking/same-text'

/** Agents in terminals take a text that begins so for a command, a shell line or a note of their own. */
const COMMAND = /^\s*[/!#]/

/** Joiners and variants of other characters, by themselves. */
const NEVER_DRAWN = /\p{Default_Ignorable_Code_Point}/gu

/** Why this text is held for this agent; undefined when it may go. */
export function heldText({ name, prefixes }: Agent, text: string): Failure | undefined {
  // An empty prompt would look as if it held it: Enter would be pressed on nothing, and it would never be seen to leave.
  if (bare(text).replaceAll(NEVER_DRAWN, '') === '') {
    const message = `The text shows nothing in a terminal (only spaces, line breaks, rules or the like), so nobody would see it arrive in ${name}. It is held; cancel the message.`
    return { code: 'text-held', message }
  }
  if (prefixes === 'send' || !COMMAND.test(text)) return undefined
  return {
    code: 'text-held',
    message: `The text begins with "${text.trim().slice(0, 1)}", which ${name} would take for a command, so it is held. Let such texts go with: waggle agents set ${name} --prefixes send, or cancel the message.`,
  }
}
