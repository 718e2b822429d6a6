import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'

/** Agents in terminals take a text that begins so for a command, a shell line or a note of their own. */
const COMMAND = /^\s*[/!#]/

/** Why this text is held for this agent; undefined when it may go. */
export function heldPrefix({ name, prefixes }: Agent, text: string): Failure | undefined {
  if (prefixes === 'send' || !COMMAND.test(text)) return undefined
  return {
    code: 'text-held',
    message: `The text begins with "${text.trim().slice(0, 1)}", which ${name} would take for a command, so it is held. Let such texts go with: waggle agents set ${name} --prefixes send, or cancel the message.`,
  }
}
