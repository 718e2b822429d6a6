import { InvalidArgumentError, type Command } from 'commander'
import type { Message } from '../../contract/message'
import type { Params } from '../../contract/operations'
import { errorCodes } from '../../contract/errors'
import { Refusal } from '../client'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { outcomeLine } from '../format'

interface SendOptions {
  readonly agent?: string[]
  readonly message: string
  readonly from?: string
  readonly priority?: Params<'message.send'>['priority']
  readonly key?: string
  readonly expires?: string
  readonly submit: boolean
  readonly wait?: true | string
}

/** `send` and `broadcast`: queue a message, and with `--wait` tell how it ended. */
export function addSendCommands(program: Command, context: Context): void {
  const send = program
    .command('send')
    .description('queue a message for an agent; prints "queued ID AGENT" once it is safe on disk')
    .requiredOption('--agent <name...>', 'the agent, or several')
  options(send).action((options: SendOptions) => {
    const agents = options.agent ?? []
    return queue(context, options, agents.join() === '*' ? '*' : agents)
  })
  send.addHelpText(
    'after',
    `
Examples:
  $ waggle send --agent Agent-1 --message "Please run the tests"
  $ waggle send --agent Agent-1 --message "Ready?" --priority urgent --wait=30
  $ git diff | waggle send --agent Reviewer --message -`,
  )

  const broadcast = program
    .command('broadcast')
    .description('queue a message for every enabled agent but the sender')
  options(broadcast).action((options: SendOptions) => queue(context, options, '*'))
  broadcast.addHelpText(
    'after',
    `
Example:
  $ waggle broadcast --message "Stand-up in five minutes" --from Agent-4`,
  )
}

function options(command: Command): Command {
  return command
    .requiredOption('--message <text>', 'the text; - reads it from stdin', once)
    .option('--from <name>', 'the sender (else the variable WAGGLE_AGENT, else "script")', once)
    .option('--priority <priority>', 'urgent, normal or low', once)
    .option('--key <key>', 'the same key within 24 h queues nothing twice', once)
    .option('--expires <time>', 'do not deliver after this time, such as 2030-01-31T12:00:00Z', once)
    .option('--no-submit', 'paste the text and leave it unsent')
    .option('--wait [seconds]', 'wait until it is delivered or has failed')
}

/** Of two, one would be dropped without a word. */
function once(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('It is given twice, and takes one value.')
  return value
}

async function queue(context: Context, options: SendOptions, to: string | string[]): Promise<void> {
  const timeoutMs = waitMs(options.wait)
  const from = options.from ?? (context.env['WAGGLE_AGENT'] || undefined)
  const { messages } = await context.call('message.send', {
    to,
    text: options.message === '-' ? await textFromStdin(context) : options.message,
    submit: options.submit,
    ...(from !== undefined && { from }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.key !== undefined && { key: options.key }),
    ...(options.expires !== undefined && { expiresAt: options.expires }),
  })
  if (!options.wait) return show(context, { messages }, () => messages.map(outcomeLine))
  if (!context.json) messages.forEach((message) => context.print(outcomeLine(message)))
  const ended = await Promise.all(
    messages.map((message) => waitFor(context, message, timeoutMs, !context.json)),
  )
  if (context.json) context.print(JSON.stringify({ messages: ended }))
}

/** Waits for the end of a message and sets the exit code by it; out of time, complains and returns it as it was. */
export async function waitFor(
  context: Context,
  message: Pick<Message, 'id'>,
  timeoutMs: number | undefined,
  print: boolean,
): Promise<Message | Pick<Message, 'id'>> {
  try {
    const ended = await context.call('message.wait', {
      id: message.id,
      ...(timeoutMs !== undefined && { timeoutMs }),
    })
    if (print) context.print(outcomeLine(ended))
    if (ended.state !== 'delivered') context.setExitCode(exitCodes.notDelivered)
    return ended
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== errorCodes.timedOut) throw error
    const { id } = message
    context.complain(
      `${id} has not ended yet. "waggle wait ${id}" waits on, "waggle cancel ${id}" takes it back.`,
    )
    context.setExitCode(exitCodes.tryLater)
    return message
  }
}

/** The seconds of `--wait[=SECONDS]` (or of that option) in milliseconds; undefined waits for as long as it takes. */
export function waitMs(wait: true | string | undefined, option = '--wait'): number | undefined {
  if (wait === undefined || wait === true) return undefined
  const seconds = Number(wait)
  if (wait.trim() !== '' && seconds >= 0 && seconds <= 86_400) return Math.round(seconds * 1000)
  throw new CliError(exitCodes.usage, `${option} takes seconds from 0 to 86400, not "${wait}".`)
}

/** What a shell pipes in, as one would have typed it: Unix line ends, and not the last one, which `echo` adds. */
async function textFromStdin(context: Context): Promise<string> {
  const text = await context.readStdin()
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '')
}
