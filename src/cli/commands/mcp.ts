import { Option, type Command } from 'commander'
import { homedir } from 'node:os'
import { version } from '../../../package.json'
import type { Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { clientConfig, clientNames, type ClientName, type Start } from '../mcp-setup/clients'
import { piece, withoutServer, withServer } from '../mcp-setup/config-text'
import { changeFile } from '../mcp-setup/set-up'

interface McpOptions {
  readonly agent?: string
  readonly print?: ClientName
  readonly install?: ClientName
  readonly uninstall?: ClientName
}

/** `mcp`: an MCP server for one agent, and how the agents' programs get to know it. */
export function addMcpCommand(program: Command, context: Context): void {
  program
    .command('mcp')
    .description('serve MCP on stdin and stdout, for one agent: it writes, asks and answers by its tools')
    .option('--agent <name>', 'who the agent is (else the variable WAGGLE_AGENT)')
    .addOption(
      new Option('--print <client>', 'print the piece of configuration, and where it goes').choices(
        clientNames,
      ),
    )
    .addOption(
      new Option('--install <client>', 'put it there, keeping what stands there').choices(clientNames),
    )
    .addOption(new Option('--uninstall <client>', 'take it out again').choices(clientNames))
    .addHelpText(
      'after',
      '\nExamples:\n  $ waggle mcp --print cursor --agent Agent-1\n  $ waggle mcp --install codex --agent Agent-2\n\nIt starts whether Waggle runs or not; its tools work while it does.',
    )
    .action((options: McpOptions) => mcp(context, options))
}

async function mcp(context: Context, options: McpOptions): Promise<void> {
  const { print, install, uninstall } = options
  if ([print, install, uninstall].filter(Boolean).length > 1)
    throw new CliError(exitCodes.usage, 'Give one of --print, --install and --uninstall.')
  const client = print ?? install ?? uninstall
  const agent = options.agent ?? (context.env['WAGGLE_AGENT'] || undefined)
  if (client === undefined) {
    const { serveMcp } = await import('../mcp/serve-mcp')
    return serveMcp({ home: context.home, agent, version })
  }
  const config = clientConfig(client, { ...context, userHome: homedir() })
  const start = ownStart(context, options.agent)
  if (print) {
    context.complain(`For ${config.title}, in ${config.file}:`)
    context.print(piece(config, start).trimEnd())
    return
  }
  const backup = changeFile(config, (text) =>
    install ? withServer(text, config, start) : withoutServer(text, config),
  )
  context.print(`${install ? 'Waggle is in' : 'Waggle is out of'} ${config.file}. ${config.next}`)
  if (backup !== undefined) context.print(`What stood there before is kept as ${backup}.`)
  if (install) context.print(`To take it out again: waggle mcp --uninstall ${client}`)
}

/** How this very command line is started: programs with windows do not have the PATH of a shell. */
function ownStart({ env }: Context, agent: string | undefined): Start {
  const [script = ''] = process.argv.slice(1)
  const wanted = {
    ...(process.versions['electron'] !== undefined && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(env['WAGGLE_HOME'] && { WAGGLE_HOME: env['WAGGLE_HOME'] }),
  }
  return {
    command: process.execPath,
    args: [script, 'mcp', ...(agent === undefined ? [] : ['--agent', agent])],
    ...(Object.keys(wanted).length > 0 && { env: wanted }),
  }
}
