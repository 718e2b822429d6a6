import type { Agent } from '../../../contract/agent'
import { TEXT_PLACE } from '../../../contract/command'
import type { Failure } from '../../../contract/failure'

/** Why this text would be an option of the agent's command instead of its message; undefined when it would not. */
export function optionLike(
  { name, command = [], prefixes }: Pick<Agent, 'name' | 'command' | 'prefixes'>,
  text: string,
): Failure | undefined {
  if (prefixes === 'send' || !text.startsWith('-')) return undefined
  const place = command.findIndex((arg) => arg.startsWith(TEXT_PLACE))
  // What stands behind "--" is never an option.
  if (place < 0 || command.slice(0, place).includes('--')) return undefined
  return {
    code: 'text-held',
    message: `The text begins with "-", which the command of ${name} could take for an option, so it is held. Give it as --option=${TEXT_PLACE}, behind -- or on stdin; or let such texts go with: waggle agents set ${name} --prefixes send.`,
  }
}
