import { Command } from 'commander'
import { addAgentCommands } from './commands/agents'
import { addExchangeCommands } from './commands/exchange'
import { addInboxCommand } from './commands/inbox'
import { addHistoryCommand } from './commands/history'
import { addDoctorCommand } from './commands/doctor'
import { addMcpCommand } from './commands/mcp'
import { addMessageCommands } from './commands/messages'
import { addOnboardCommand } from './commands/onboard'
import { addQueueCommands } from './commands/queue'
import { addRunCommand } from './commands/run'
import { addSendCommands } from './commands/send'
import { addStartCommand } from './commands/start'
import { addWatchCommand } from './commands/watch'
import { addWrapCommand } from './commands/wrap'
import type { Context } from './context'

const EXIT_CODES = `
Exit codes: 0 done; 1 the message ended in another state than delivered (with --wait); 2 wrong usage, bad input or an
unknown agent; 69 Waggle is not running; 75 try later (queue full, a guard, or the wait timed out).

Example:
  $ waggle send --agent Agent-1 --message "Please run the tests" --wait`

/** The command line: every command, its options and its help. It throws `CommanderError` instead of exiting. */
export function createProgram(context: Context, version: string): Command {
  const program = new Command('waggle')
    .description('Hands messages to Waggle, which delivers them into the windows of AI agents.')
    .version(version, '--version', 'print the version')
    .option('--json', "print the operation's result on one line")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.complain(text.trimEnd()),
    })
    .showHelpAfterError('"waggle --help" lists the commands, "waggle send --help" explains one.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
  addSendCommands(program, context)
  addExchangeCommands(program, context)
  addInboxCommand(program, context)
  addOnboardCommand(program, context)
  addQueueCommands(program, context)
  addHistoryCommand(program, context)
  addMessageCommands(program, context)
  addWatchCommand(program, context)
  addAgentCommands(program, context)
  addRunCommand(program, context)
  addWrapCommand(program, context)
  addMcpCommand(program, context)
  addStartCommand(program)
  addDoctorCommand(program, context)
  return program
}
