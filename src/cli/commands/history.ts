import { Option, type Command } from 'commander'
import { exporter, exportFormats, type ExportFormat } from '../../contract/export'
import type { Params } from '../../contract/operations'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { table } from './messages'

interface HistoryOptions {
  readonly agent?: string
  readonly from?: string
  readonly search?: string
  readonly since?: string
  readonly until?: string
  readonly limit?: string
  readonly format?: ExportFormat
}

type Filter = Omit<Params<'message.list'>, 'limit' | 'before'>

/** How many messages the table shows where no number is given; an export then has them all. */
const ROWS = 20
const PAGE = 1000

const EXAMPLES = `
Examples:
  $ waggle history --agent Agent-1
  $ waggle history --search "deploy" --limit 100
  $ waggle history --since 2026-11-01 --format csv > november.csv

In CSV an apostrophe stands before cells that a spreadsheet would take for a formula; JSON lines are exact.`

export function addHistoryCommand(program: Command, context: Context): void {
  program
    .command('history')
    .description('messages, newest first')
    .option('--agent <name>', 'only those to this agent')
    .option('--from <name>', 'only those of this sender')
    .option('--search <text>', 'only those with these words')
    .option('--since <time>', 'only those handed in then or later')
    .option('--until <time>', 'only those handed in before then')
    .option('--limit <number>', `how many at most (default ${ROWS}; with --format all)`)
    .addOption(new Option('--format <form>', 'export them instead of a table').choices(exportFormats))
    .addHelpText('after', EXAMPLES)
    .action(async (options: HistoryOptions) => {
      const filter = filterOf(options)
      const limit = options.limit === undefined ? undefined : wholeNumber('--limit', options.limit)
      if (options.format === undefined) {
        const found = await context.call('message.list', { ...filter, limit: limit ?? ROWS })
        show(context, found, ({ messages }) => table(messages, context.now(), 'No such messages.'))
        return
      }
      if (context.json) throw new CliError(exitCodes.usage, 'Give either --json or --format.')
      await exportAll(context, filter, options.format, limit)
    })
}

function filterOf({ agent, from, search, since, until }: HistoryOptions): Filter {
  return {
    ...(agent !== undefined && { to: agent }),
    ...(from !== undefined && { from }),
    ...(search !== undefined && { text: search }),
    ...(since !== undefined && { since: moment('--since', since) }),
    ...(until !== undefined && { until: moment('--until', until) }),
  }
}

async function exportAll(
  context: Context,
  filter: Filter,
  format: ExportFormat,
  limit = Infinity,
): Promise<void> {
  const { head, record } = exporter(format)
  // A record brings its own line break, and `print` adds one.
  const print = (text: string) => context.print(text.slice(0, -1))
  if (head !== '') print(head)
  let left = limit
  let before: string | undefined
  do {
    const page = { ...filter, limit: Math.min(left, PAGE), ...(before !== undefined && { before }) }
    const { messages, next } = await context.call('message.list', page)
    for (const message of messages) print(record(message))
    left -= messages.length
    before = next
  } while (before !== undefined && left > 0)
}

function wholeNumber(option: string, value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && Number.isSafeInteger(number)) return number
  throw new CliError(exitCodes.usage, `${option} takes a whole number, not "${value}".`)
}

/** A day means its first moment, by this machine's own time. */
function moment(option: string, value: string): string {
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value)
  if (!Number.isNaN(time.getTime())) return time.toISOString()
  throw new CliError(
    exitCodes.usage,
    `${option} takes a day or a time such as 2026-11-23 or 2026-11-23T14:30, not "${value}".`,
  )
}
