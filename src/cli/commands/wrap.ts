import type { Command } from 'commander'
import { Refusal } from '../../client/errors'
import type { Context } from '../context'
import { runCommand } from '../run-command'

/** `wrap`: an agent in this terminal, as if Waggle were not there, that gets its messages typed into its prompt. */
export function addWrapCommand(program: Command, context: Context): void {
  program
    .command('wrap')
    .usage('<name> -- <command...>')
    .description('run an agent in this terminal and let Waggle hand it its messages; exits with its code')
    .argument('<name>', "the agent's name")
    .argument('<command...>', 'the command that starts it, after --')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle wrap Agent-1 -- claude\n\nIt works without a desktop, over ssh and in tmux. While no Waggle runs it is the plain program, and joins once one does.',
    )
    .action((name: string, command: string[]) => wrapCommand(context, name, command))
}

async function wrapCommand(context: Context, name: string, command: string[]): Promise<void> {
  try {
    const { wrap } = await import('../wrap/wrap')
    const { home, env, pid } = context
    const { exitCode, refusal } = await wrap({ home, env, pid, name, command })
    if (refusal !== undefined) context.complain(`waggle: ${name} got no messages. ${refusal}`)
    context.setExitCode(exitCode)
  } catch (error) {
    if (error instanceof Refusal) throw error
    const why = error instanceof Error ? error.message : String(error)
    context.complain(`waggle: ${name} runs without Waggle and gets no messages: ${why}`)
    context.setExitCode(await runCommand(command[0] ?? '', command.slice(1)))
  }
}
