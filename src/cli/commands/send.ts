import type { Command } from 'commander'
import type { Message } from '../../contract/message'
import { errorCodes } from '../../contract/errors'
import { Refusal } from '../../client/errors'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { outcomeLine } from '../format'
import { addTextOptions, textParams, type TextOptions } from '../text-options'
import { waitForReply } from '../wait-for-reply'

interface SendOptions extends TextOptions {
  readonly agent?: string[]
  readonly broadcast?: true
  readonly wait?: true | string
  readonly waitReply?: true | string
}

/** `send` and `broadcast`: queue a message, and with `--wait` tell how it ended. */
export function addSendCommands(program: Command, context: Context): void {
  const send = program
    .command('send')
    .description('queue a message for an agent; prints "queued ID AGENT" once it is safe on disk')
    .option('-a, --agent <name...>', 'the agent, or several')
    .option('-b, --broadcast', 'to every enabled agent but the sender')
  options(send).action((options: SendOptions) => queue(context, options, recipientsOf(options)))
  send.addHelpText(
    'after',
    `
Examples:
  $ waggle send --agent Agent-1 --message "Please run the tests"
  $ waggle send --agent Agent-1 --message "Ready?" --priority urgent --wait=30
  $ waggle send --agent Agent-1 --message "Which port?" --wait-reply=300
  $ git diff | waggle send --agent Reviewer --message -

Spellings of older tools are understood: -a, -m, -s, -b, --sender, --priority regular.`,
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
  return addTextOptions(command)
    .option('--no-submit', 'paste the text and leave it unsent')
    .option('--wait [seconds]', 'wait until it is delivered or has failed')
    .option('--wait-reply [seconds]', 'wait for the answer and print it')
}

/** Whom a command's `--agent`, or `-b`, names. Throws `CliError` usage where that is nobody, or both. */
export function recipientsOf({ agent = [], broadcast }: Pick<SendOptions, 'agent' | 'broadcast'>) {
  if (broadcast && agent.length > 0)
    throw new CliError(exitCodes.usage, 'It is for everyone or for some: give one of the two.')
  if (broadcast || agent.join() === '*') return '*'
  if (agent.length > 0) return agent
  throw new CliError(exitCodes.usage, 'Whom is it for? Give --agent NAME.')
}

async function queue(context: Context, options: SendOptions, to: string | string[]): Promise<void> {
  const timeoutMs = waitMs(options.wait)
  const replyMs = waitMs(options.waitReply, '--wait-reply')
  const { messages } = await context.call('message.send', { to, ...(await textParams(context, options)) })
  for (const { to, repeats } of messages)
    if (repeats !== undefined)
      context.complain(
        `waggle: the same text went to ${to} less than a minute ago (${repeats}); this one goes, too.`,
      )
  if (!options.wait && !options.waitReply) return show(context, { messages }, () => messages.map(outcomeLine))
  if (!context.json) messages.forEach((message) => context.print(outcomeLine(message)))
  const wait = async (message: Message) =>
    options.waitReply
      ? waitForReply(context, message, replyMs, options.wait !== undefined)
      : waitFor(context, message, timeoutMs, !context.json)
  const ended = await Promise.all(messages.map(wait))
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
