import type { Command } from 'commander'
import type { QueueStatus } from '../../contract/operations'
import { KEPT_ASIDE } from '../../contract/settings-help'
import { show, type Context } from '../context'
import { ago, columns, count } from '../format'
import { table } from './messages'

/** How the queue stands, and stopping and going on. */
export function addQueueCommands(program: Command, context: Context): void {
  program
    .command('status')
    .description('what is being delivered, how many wait, and for what')
    .addHelpText('after', '\nExample:\n  $ waggle status --json')
    .action(async () => {
      const [status, { problems = [] }] = await Promise.all([
        context.call('queue.status', {}),
        context.call('settings.get', {}),
      ])
      for (const problem of problems.filter((one) => one.includes(KEPT_ASIDE)))
        context.complain(`waggle: settings.json: ${problem}`)
      show(context, status, (shown) => statusLines(shown, context.now()))
    })
  program
    .command('queue')
    .description('the messages that wait, in the order in which they will go')
    .addHelpText('after', '\nExample:\n  $ waggle queue')
    .action(() => showQueue(context))
  addSwitch(program, context, 'pause', 'stop deliveries, to all agents or to one; what comes in still queues')
    .option('--now', 'stop the delivery under way, too, and wait until the desktop is let go')
    .addHelpText('after', '  $ waggle pause --now')
  addSwitch(program, context, 'resume', 'let deliveries go on, and what a guard holds')
}

const LONGEST_LIST = 1000

async function showQueue(context: Context): Promise<void> {
  const [running, waiting] = await Promise.all([
    context.call('message.list', { states: ['delivering'] }),
    context.call('message.list', { order: 'delivery', limit: LONGEST_LIST }),
  ])
  const { total = 0 } = waiting.line ?? {}
  const more = total - waiting.messages.length
  const found = { ...waiting, messages: [...running.messages, ...waiting.messages] }
  show(context, found, ({ messages }) => [
    ...table(messages, context.now(), 'Nothing waits.'),
    ...(more > 0 ? [`${more} more wait behind these.`] : []),
  ])
}

function addSwitch(
  program: Command,
  context: Context,
  name: 'pause' | 'resume',
  description: string,
): Command {
  return program
    .command(`${name} [agent]`)
    .description(description)
    .addHelpText('after', `\nExamples:\n  $ waggle ${name}\n  $ waggle ${name} Agent-1`)
    .action(async (agent: string | undefined, options: { now?: boolean }) => {
      const status = await context.call(`queue.${name}`, {
        ...(agent !== undefined && { agent }),
        ...options,
      })
      show(context, status, (status) => statusLines(status, context.now()))
    })
}

/** The queue's state in sentences, then one line per agent with something to say. */
export function statusLines(status: QueueStatus, now: number): string[] {
  const { delivering, holder } = status
  const lines = [status.paused ? `Paused; ${waiting(status)}.` : `Running; ${waiting(status)}.`]
  if (delivering) {
    const { to, from, step, since } = delivering
    lines.push(`Delivering to ${to} from ${from}, step ${step}, since ${ago(since, now)}.`)
  }
  if (holder) {
    const who = holder.pid === undefined ? 'Another program' : `Process ${holder.pid}`
    lines.push(`${who} holds the desktop since ${ago(holder.since, now)}: ${holder.reason}.`)
  }
  for (const { count: held, failure } of status.held ?? [])
    lines.push(`${count(held, 'message')} held: ${failure.message}`)
  const rows = Object.entries(status.perAgent)
    .filter(([, agent]) => agent.depth > 0 || agent.paused || agent.waitingFor)
    .map(([name, agent]) => [
      name,
      `${agent.depth} waiting`,
      [agent.paused ? 'paused' : '', agent.waitingFor ? agent.waitingFor.message : '']
        .filter(Boolean)
        .join('; '),
    ])
  return rows.length === 0 ? lines : [...lines, '', ...columns(rows)]
}

function waiting({ depth }: QueueStatus): string {
  return depth === 0 ? 'nothing waits' : `${count(depth, 'message')} waiting`
}
