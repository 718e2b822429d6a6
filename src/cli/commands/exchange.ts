import type { Command } from 'commander'
import { randomUUID } from 'node:crypto'
import type { Message } from '../../contract/message'
import { withDepths } from '../../contract/thread'
import { show, type Context } from '../context'
import { exitCodes } from '../exit-codes'
import { ago, outcomeLine } from '../format'
import { addTextOptions, textParams, type TextOptions } from '../text-options'
import { waitForReply } from '../wait-for-reply'
import { recipientsOf, waitFor, waitMs } from './send'

interface AskOptions extends TextOptions {
  readonly agent?: string[]
  readonly everyone?: true
  readonly timeout: string
}

interface ReplyOptions extends TextOptions {
  readonly wait?: true | string
  readonly waitReply?: true | string
}

/** Answers and questions: `reply`, `ask`, `thread`. */
export function addExchangeCommands(program: Command, context: Context): void {
  const reply = program
    .command('reply <id>')
    .description('answer whoever sent a message; an answer to a script is kept for it')
  addTextOptions(reply, 'whom the message was for')
    .option('--wait [seconds]', 'wait until it is delivered or has failed')
    .option('--wait-reply [seconds]', 'wait for the answer to it and print that')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle reply 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11 --message "On 8080"',
    )
    .action((id: string, options: ReplyOptions) => replyTo(context, id, options))
  const ask = program
    .command('ask')
    .description('send a question and print the answers as they come, then who has not answered')
    .option('-a, --agent <name...>', 'whom to ask: one, or several')
    .option('--everyone', 'ask every enabled agent but the sender')
  addTextOptions(ask)
    .option('--timeout <seconds>', 'for how long answers are waited for', '300')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle ask --agent Agent-1 --agent Agent-2 --message "Are your tests green?" --timeout 300\n\nExit code 0 if all have answered, 1 if not.',
    )
    .action((options: AskOptions) => askAll(context, options))
  program
    .command('thread <id>')
    .description('the whole exchange that a message belongs to, oldest first')
    .addHelpText('after', '\nExample:\n  $ waggle thread 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11')
    .action(async (id: string) => {
      show(context, await context.call('message.thread', { id }), ({ messages }) =>
        threadLines(messages, context.now()),
      )
    })
}

async function replyTo(context: Context, id: string, options: ReplyOptions): Promise<void> {
  const [timeoutMs, replyMs] = [waitMs(options.wait), waitMs(options.waitReply, '--wait-reply')]
  const message = await context.call('message.reply', { id, ...(await textParams(context, options)) })
  if (!options.wait && !options.waitReply) return show(context, message, () => [outcomeLine(message)])
  if (!context.json) context.print(outcomeLine(message))
  const ended = options.waitReply
    ? await waitForReply(context, message, replyMs, options.wait !== undefined)
    : await waitFor(context, message, timeoutMs, !context.json)
  if (context.json) context.print(JSON.stringify(ended))
}

async function askAll(context: Context, options: AskOptions): Promise<void> {
  const timeoutMs = waitMs(options.timeout, '--timeout')
  const to = recipientsOf({ ...options, ...(options.everyone && { broadcast: true }) })
  const params = await textParams(context, options)
  const client = await context.client()
  const printed = new Set<string>()
  const print = (agent: string, message: Message) => {
    if (printed.has(message.id)) return
    printed.add(message.id)
    context.print(context.json ? JSON.stringify({ agent, message }) : `${agent}: ${message.text}`)
  }
  const gone = client.follow((event) => {
    if (event.type === 'answer') print(event.agent, event.message)
  })
  const { answers, missing } = await Promise.race([
    context.call('message.ask', {
      to,
      ...params,
      key: params.key ?? randomUUID(),
      ...(timeoutMs !== undefined && { timeoutMs }),
    }),
    gone,
  ])
  // The last ones may come with the result.
  for (const { agent, message } of answers) if (message) print(agent, message)
  if (context.json) context.print(JSON.stringify({ missing }))
  else if (missing.length > 0) context.print(`No answer from ${missing.join(', ')}.`)
  if (missing.length > 0) context.setExitCode(exitCodes.notDelivered)
}

/** Each message under the one it answers. */
export function threadLines(messages: readonly Message[], now: number): string[] {
  return withDepths(messages).flatMap(({ message, depth }) => {
    const indent = '  '.repeat(Math.min(depth, 20))
    const { from, to, state, inbox, createdAt, id, text } = message
    const stands = inbox ? 'in the inbox' : state
    const head = `${from} → ${to}, ${ago(createdAt, now)}, ${stands}  ${id}`
    return [head, ...text.split('\n').map((line) => `  ${line}`)].map((line) => `${indent}${line}`.trimEnd())
  })
}
