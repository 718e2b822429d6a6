import type { Command } from 'commander'
import type { Client } from '../../client/pipe-client'
import type { Context } from '../context'
import { oneLine } from '../format'
import { runCommand } from '../run-command'
import { waitMs } from './send'

interface RunOptions {
  readonly reason?: string
  readonly timeout?: string
}

/** `run`: another program's mouse and keyboard script gets its turn, in line with deliveries. */
export function addRunCommand(program: Command, context: Context): void {
  program
    .command('run')
    .usage('[options] -- <command...>')
    .description('hold the desktop while a command runs, and exit with its code; deliveries wait meanwhile')
    .argument('<command...>', 'the command with its arguments, after --')
    .option('--reason <text>', 'what people are told it is for (else the command)')
    .option('--timeout <seconds>', 'give up if the desktop is not free within so long (exit code 75)')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle run -- python3 fill-in-the-form.py\n\nA command ended by a signal gives 128 and its number; 127: there is no such command.',
    )
    .action(([command = '', ...args]: string[], options: RunOptions) => run(context, command, args, options))
}

const LONGEST_REASON = 200

async function run(
  context: Context,
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  const timeoutMs = waitMs(options.timeout, '--timeout')
  const client = await context.client()
  const { lease } = await client.call('desktop.acquire', {
    reason: reasonOf(options.reason ?? [command, ...args].join(' ')),
    pid: context.pid,
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  const stopWatching = sayWhenLost(client, context)
  try {
    context.setExitCode(await runCommand(command, args))
  } finally {
    stopWatching()
    // When Waggle has gone meanwhile, the lease went with it.
    await client.call('desktop.release', { lease }).catch(() => undefined)
  }
}

/** One line without control characters: an argument may hold anything. */
function reasonOf(words: string): string {
  return oneLine(words.replaceAll(/\p{Cc}/gu, ' '), LONGEST_REASON)
}

/** A command cannot be told to stop clicking, but the person can. */
function sayWhenLost(client: Client, context: Context): () => void {
  let watching = true
  client
    .follow(() => undefined)
    .catch(() => {
      if (watching)
        context.complain('waggle: Waggle has ended; the command goes on without holding the desktop.')
    })
  return () => {
    watching = false
  }
}
