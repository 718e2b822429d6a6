import type { Command } from 'commander'
import type { Message } from '../../contract/message'
import { show, type Context } from '../context'
import { ago } from '../format'
import { waitMs } from './send'

interface InboxOptions {
  readonly follow?: true
  readonly max?: string
  readonly wait?: string
}

/** How long one question waits for a message; then it is asked again. */
const FOLLOW_MS = 60_000

/** `inbox`: takes the messages of an agent that has no window. */
export function addInboxCommand(program: Command, context: Context): void {
  program
    .command('inbox <agent>')
    .description('take the messages in the inbox of an agent without a window; each is handed out once')
    .option('--follow', 'go on and take each as it comes, until interrupted')
    .option('--max <number>', 'take so many at most', '20')
    .option('--wait <seconds>', 'wait so long for one when there is none', '0')
    .addHelpText(
      'after',
      '\nExamples:\n  $ waggle inbox Agent-1\n  $ waggle inbox Agent-1 --follow --json | while read -r message; do …; done\n\nAn agent has an inbox once it is set: waggle agents set Agent-1 --inbox',
    )
    .action((agent: string, options: InboxOptions) => takeAll(context, agent, options))
}

async function takeAll(context: Context, agent: string, { follow, max, wait }: InboxOptions): Promise<void> {
  const take = async (waitMs: number) => context.call('message.take', { agent, max: Number(max), waitMs })
  if (!follow) {
    const taken = await take(waitMs(wait) ?? 0)
    return show(context, taken, ({ messages }) =>
      messages.length === 0
        ? ['Nothing in the inbox.']
        : messages.flatMap((one) => lines(one, context.now())),
    )
  }
  for (;;) {
    const { messages } = await take(FOLLOW_MS)
    for (const message of messages) {
      if (context.json) context.print(JSON.stringify(message))
      else for (const line of lines(message, context.now())) context.print(line)
    }
  }
}

function lines({ id, from, createdAt, text }: Message, now: number): string[] {
  return [
    `from ${from}, ${ago(createdAt, now)}  ${id}`,
    ...text.split('\n').map((line) => `  ${line}`.trimEnd()),
  ]
}
