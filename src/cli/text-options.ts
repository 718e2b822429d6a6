import { InvalidArgumentError, type Command } from 'commander'
import { priorities } from '../contract/message-names'
import type { Priority } from '../contract/message'
import type { Context } from './context'

/** What every command takes that sends a text. */
export interface TextOptions {
  readonly message: string
  readonly from?: string
  readonly sender?: string
  readonly priority?: Priority
  readonly key?: string
  readonly expires?: string
  readonly submit?: boolean
  readonly bare?: true
}

export function addTextOptions(command: Command, elseFrom = '"script"'): Command {
  return command
    .requiredOption('-m, --message <text>', 'the text; - reads it from stdin', once)
    .option('--from <name>', `the sender (else the variable WAGGLE_AGENT, else ${elseFrom})`, once)
    .option('-s, --sender <name>', 'the same as --from', once)
    .option('--priority <priority>', 'urgent, normal or low', priority)
    .option('--key <key>', 'the same key within 24 h queues nothing twice', once)
    .option('--expires <time>', 'do not deliver after this time, such as 2030-01-31T12:00:00Z', once)
    .option('--bare', "the text alone, without the words around the agent's messages")
}

/** The params that these options stand for. */
export async function textParams(context: Context, options: TextOptions) {
  const from = senderOf(context, options)
  return {
    text: options.message === '-' ? await textFromStdin(context) : options.message,
    ...(options.submit === false && { submit: false }),
    ...(from !== undefined && { from }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.key !== undefined && { key: options.key }),
    ...(options.expires !== undefined && { expiresAt: options.expires }),
    ...(options.bare && { bare: true }),
  }
}

/** Who sends: as the command says, else the agent in whose shell it runs. */
export function senderOf(context: Context, { from, sender }: Pick<TextOptions, 'from' | 'sender'>) {
  return from ?? sender ?? (context.env['WAGGLE_AGENT'] || undefined)
}

/** Of two, one would be dropped without a word. */
function once(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('It is given twice, and takes one value.')
  return value
}

/** Older tools call the normal one "regular". */
function priority(value: string, before: string | undefined): Priority {
  once(value, before)
  const found = priorities.find((one) => one === (value === 'regular' ? 'normal' : value))
  if (!found) throw new InvalidArgumentError(`It is one of ${priorities.join(', ')}.`)
  return found
}

/** What a shell pipes in, as one would have typed it: Unix line ends, and not the last one, which `echo` adds. */
async function textFromStdin(context: Context): Promise<string> {
  const text = await context.readStdin()
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '')
}
