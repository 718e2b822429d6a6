import type { Command } from 'commander'
import type { Attempt, Message, MessageDetail } from '../../contract/message'
import type { Params } from '../../contract/operations'
import { show, type Context } from '../context'
import { ago, columns, oneLine, outcome, outcomeLine } from '../format'
import { waitFor, waitMs } from './send'

/** What is known of messages, and what can be done with one. */
export function addMessageCommands(program: Command, context: Context): void {
  program
    .command('show <id>')
    .description('one message with all its attempts')
    .addHelpText('after', '\nExample:\n  $ waggle show 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11')
    .action(async (id: string) => {
      show(context, await context.call('message.get', { id }), (message) => details(message, context.now()))
    })
  addWait(program, context)
  addChange(program, context, 'cancel', 'take a waiting message out of the queue')
  addChange(program, context, 'retry', 'queue a failed, in-doubt, cancelled or expired message again')
  program
    .command('resolve <id> <outcome>')
    .description('settle a message in doubt: you looked, and it was "delivered" or "failed"')
    .addHelpText('after', '\nExample:\n  $ waggle resolve 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11 delivered')
    .action(async (id: string, as: Params<'message.resolve'>['as']) => {
      show(context, await context.call('message.resolve', { id, as }), (message) => [outcomeLine(message)])
    })
}

function addWait(program: Command, context: Context): void {
  program
    .command('wait <id>')
    .description('wait until a message is delivered or has failed')
    .option('--timeout <seconds>', 'give up after so long (exit code 75)')
    .addHelpText('after', '\nExample:\n  $ waggle wait 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11 --timeout 60')
    .action(async (id: string, options: { timeout?: string }) => {
      const ended = await waitFor(context, { id }, waitMs(options.timeout, '--timeout'), !context.json)
      if (context.json && 'state' in ended) context.print(JSON.stringify(ended))
    })
}

function addChange(program: Command, context: Context, name: 'cancel' | 'retry', description: string): void {
  program
    .command(`${name} <id>`)
    .description(description)
    .addHelpText('after', `\nExample:\n  $ waggle ${name} 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11`)
    .action(async (id: string) => {
      show(context, await context.call(`message.${name}`, { id }), (message) => [outcomeLine(message)])
    })
}

/** Messages as a table, one a line; `empty` is said when there are none. */
export function table(messages: readonly Message[], now: number, empty: string): string[] {
  if (messages.length === 0) return [empty]
  const rows = messages.map((message) => [
    message.state,
    message.id,
    message.to,
    message.from,
    ago(message.createdAt, now),
    [oneLine(message.text), reason(message)].filter((part) => part !== '').join('  — '),
  ])
  return columns([['state', 'id', 'agent', 'from', 'when', 'text'], ...rows])
}

function reason(message: Message): string {
  return message.state === 'delivered' ? '' : outcome(message)
}

function details(message: MessageDetail, now: number): string[] {
  const facts = [
    ['id', message.id],
    ['state', message.inbox ? `${message.state}, in the inbox until ${message.to} takes it` : message.state],
    ['agent', message.to],
    ['from', message.from],
    ['priority', message.priority],
    ...(message.replyTo === undefined ? [] : [['answers', message.replyTo]]),
    ['sent', `${message.createdAt} (${ago(message.createdAt, now)})`],
    ...(message.expiresAt === undefined ? [] : [['expires', message.expiresAt]]),
    ...(message.finishedAt === undefined
      ? []
      : [['ended', `${message.finishedAt} (${ago(message.finishedAt, now)})`]]),
    ...(message.proof === null ? [] : [['proof', message.proof]]),
    ...(message.note === undefined ? [] : [['note', message.note]]),
    ...(message.failure === undefined
      ? []
      : [['reason', `${message.failure.code}: ${message.failure.message}`]]),
    ...(message.failure?.left ? [['left', "some of its text may still stand in the agent's input"]] : []),
  ]
  const attempts = message.attempts.flatMap((attempt, index) => attemptLines(attempt, index + 1))
  return [
    ...columns(facts),
    '',
    ...indented(message.text),
    '',
    ...(message.sentText === undefined ? [] : ['typed as:', ...indented(message.sentText), '']),
    ...attempts,
  ]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`.trimEnd())
}

function attemptLines({ start, outcome, timings, output }: Attempt, number: number): string[] {
  const how = typeof outcome === 'string' ? outcome : `${outcome.code}: ${outcome.message}`
  const took = timings ? ` in ${Math.round(timings.deliveryMs)} ms` : ''
  const steps = timings?.steps.map(({ step, ms }) => `${step} ${Math.round(ms)}`).join(', ') ?? ''
  return [
    `attempt ${number}, ${start}: ${how}${took}`,
    ...(steps === '' ? [] : [`  ms a step: ${steps}`]),
    ...(output === undefined
      ? []
      : ['  its command said:', ...output.split('\n').map((line) => `    ${line}`)]),
  ]
}
