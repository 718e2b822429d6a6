import { Option, type Command } from 'commander'
import type { Agent, ListedAgent, WayName } from '../../contract/agent'
import type { AgentChange } from '../../contract/agent-import'
import type { AgentTest } from '../../contract/agent-test'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { commandWords } from '../command-words'
import { columns, count, oneLine } from '../format'

interface SetOptions {
  readonly at?: string
  readonly window?: string
  readonly profile?: string
  readonly description?: string
  readonly tmux?: string
  readonly inbox?: true
  readonly words?: string
  readonly command?: string
  readonly way?: WayName
  readonly second?: WayName | 'none'
  readonly prefixes?: 'hold' | 'send'
  readonly enable?: true
  readonly disable?: true
}

/** `agents` and what changes them. */
export function addAgentCommands(program: Command, context: Context): void {
  const agents = program
    .command('agents')
    .description('the agents; see also agents set, remove, import and export')
    .addHelpText('after', '\nExample:\n  $ waggle agents')
    .action(async () => {
      show(context, await context.call('agent.list', {}), (result) => agentLines(result.agents))
    })
  addSet(agents, context)
  agents
    .command('remove <name>')
    .description('forget an agent; its waiting messages wait until it is set again or they are cancelled')
    .addHelpText('after', '\nExample:\n  $ waggle agents remove Agent-1')
    .action(async (name: string) => {
      show(context, await context.call('agent.remove', { name }), (result) => [
        `Removed ${name}; ${count(result.agents.length, 'agent')} left.`,
      ])
    })
  addTest(agents, context)
  addPointing(agents, context)
  addFiles(agents, context)
}

function addTest(agents: Command, context: Context): void {
  agents
    .command('test <name>')
    .description("type into the agent's input, take it out again, and say what was seen; sends nothing")
    .addHelpText('after', '\nExample:\n  $ waggle agents test Agent-1')
    .action(async (name: string) => {
      const test = await context.call('agent.test', { name })
      show(context, test, () => testLines(name, test))
      if (!test.ok) context.setExitCode(exitCodes.notDelivered)
    })
}

function testLines(name: string, { ok, steps, failure, says = [] }: AgentTest): string[] {
  const rows = steps.map((one) => [one.step, `${one.ms} ms`, one.ok ? 'ok' : (one.message ?? 'failed')])
  const how = steps.length > 0 ? 'the text was typed, read back and taken out again' : 'it stands ready'
  const verdict = ok
    ? `Messages reach ${name}: ${how}.`
    : `Messages do not reach ${name}. ${failure?.message ?? ''}`
  return [...columns(rows), verdict, ...says]
}

/** What a person at the desk does together with the command. */
function addPointing(agents: Command, context: Context): void {
  agents
    .command('rename <name> <to>')
    .description('give an agent another name; what waits for it follows')
    .addHelpText('after', '\nExample:\n  $ waggle agents rename Agent-1 Reviewer')
    .action(async (name: string, to: string) => {
      show(context, await context.call('agent.rename', { name, to }), () => [`${name} is now ${to}.`])
    })
  agents
    .command('point <name>')
    .description("click into the agent's input on a picture of the screens; Esc changes nothing")
    .addHelpText('after', '\nExample:\n  $ waggle agents point Agent-1')
    .action(async (name: string) => {
      show(context, await context.call('agent.point', { name }), (result) =>
        result.pointed
          ? agentLines(result.agents.filter((agent) => agent.name === name))
          : ['Nothing has changed.'],
      )
    })
  agents
    .command('here [name]')
    .description("take the pointer's present place as the agent's input, without a click")
    .addHelpText('after', '\nExample:\n  $ sleep 3; waggle agents here Agent-1')
    .action(async (name: string | undefined) => {
      const result = await context.call('agent.here', { ...(name !== undefined && { name }) })
      show(context, result, () => agentLines(result.agents.filter((agent) => agent.name === result.name)))
    })
}

const SET_EXAMPLES =
  '\nExamples:\n  $ waggle agents set Agent-1 --at 150,190 --window "Agent-1"\n  $ waggle agents set Agent-1 --tmux %3\n  $ waggle agents set Agent-1 --command "codex queue --thread {thread} --message {text}"\n  $ waggle agents set Agent-2 --inbox\n  $ waggle agents set Agent-1 --disable'

function addSet(agents: Command, context: Context): void {
  agents
    .command('set <name>')
    .description('add an agent or change one; what is not given stays as it is')
    .option('--at <x,y>', 'its input, in physical screen pixels')
    .option('--window <regex>', "a regular expression for its window's title")
    .option('--profile <profile>', 'what kind of window it is, such as chat or terminal')
    .option('--description <text>', 'what it is for')
    .option('--tmux <pane>', 'the pane of tmux that it runs in: %3, or session:window.pane')
    .option('--inbox', 'it has no window and takes its messages itself: by waggle inbox, or by MCP')
    .option('--words <words>', 'around its messages: signed, answerable, a template with {text}, or none')
    .option(
      '--command <command>',
      'a command that takes its messages, run without a shell: the text in place of {text}, else on stdin; exit code 0 = accepted',
    )
    .addOption(new Option('--way <way>', 'how messages reach it').choices(wayNames))
    .addOption(
      new Option('--second <way>', 'how they reach it while that is not possible').choices([
        ...wayNames,
        'none',
      ]),
    )
    .addOption(
      new Option('--prefixes <what>', 'in a terminal, texts that begin with /, ! or #').choices(prefixes),
    )
    .option('--enable', 'deliver to it again')
    .option('--disable', 'leave it out of broadcasts and let its messages wait')
    .addHelpText('after', SET_EXAMPLES)
    .action(async (name: string, options: SetOptions) => {
      const { window, profile, description, tmux, command } = options
      const result = await context.call('agent.set', {
        name,
        ...(options.at !== undefined && { at: point(options.at) }),
        ...(window !== undefined && { window }),
        ...(profile !== undefined && { profile }),
        ...(description !== undefined && { description }),
        ...(tmux !== undefined && { tmux }),
        ...(options.words !== undefined && { words: options.words === 'none' ? null : options.words }),
        ...(command !== undefined && { command: commandWords(command) }),
        ...(options.way !== undefined && { way: options.way }),
        ...(options.inbox && { way: 'inbox' as const }),
        ...(options.second !== undefined && { second: options.second === 'none' ? null : options.second }),
        ...(options.prefixes !== undefined && { prefixes: options.prefixes }),
        ...enabled(options),
      })
      show(context, result, ({ agents }) => agentLines(agents.filter((agent) => agent.name === name)))
    })
}

function enabled({ enable, disable }: SetOptions): { enabled?: boolean } {
  if (enable && disable)
    throw new CliError(exitCodes.usage, '--enable and --disable at once: give one of them.')
  if (enable) return { enabled: true }
  return disable ? { enabled: false } : {}
}

interface ImportOptions {
  readonly preview?: boolean
  readonly undo?: true
}

function addFiles(agents: Command, context: Context): void {
  agents
    .command('import [file]')
    .description("read agents from a coordinates file: an export, or the older swarm's; - reads stdin")
    .addHelpText(
      'after',
      '\nExamples:\n  $ waggle agents import cursor_agent_coords.json\n  $ waggle agents import --undo',
    )
    .option('--preview', 'say what would change, and change nothing')
    .option('--undo', 'put the agents back as they were before the last import')
    .action(async (file: string | undefined, { preview = false, undo }: ImportOptions) => {
      const content = await contentOf(context, file, undo)
      const result = await context.call('agent.import', {
        preview,
        ...(content === undefined ? { undo: true } : { content }),
      })
      context.complain(undo ? `waggle: ${result.form}` : `waggle: read as ${result.form}`)
      for (const line of ignoredLines(result.changes)) context.complain(line)
      if (!preview && !undo && result.changes.some(({ change }) => change === 'new' || change === 'changed'))
        context.complain('waggle: to undo this: waggle agents import --undo')
      show(context, result, ({ agents, changes }) => (preview ? changes.map(changeLine) : agentLines(agents)))
    })
  addExport(agents, context)
}

/** Undefined for an undo, which has no file. */
async function contentOf(
  context: Context,
  file: string | undefined,
  undo: true | undefined,
): Promise<string | undefined> {
  if (file !== undefined && undo)
    throw new CliError(exitCodes.usage, '--undo takes no file: it puts back what the last import changed.')
  if (undo) return undefined
  if (file === undefined)
    throw new CliError(exitCodes.usage, 'agents import takes a file (- is stdin), or --undo.')
  return file === '-' ? context.readStdin() : context.readFile(file)
}

function addExport(agents: Command, context: Context): void {
  agents
    .command('export')
    .description('print all agents in the form that agents import reads')
    .addHelpText('after', '\nExample:\n  $ waggle agents export > agents.json')
    .action(async () => {
      show(context, await context.call('agent.export', {}), (result) => [
        JSON.stringify(result, undefined, 2),
      ])
    })
}

function ignoredLines(changes: readonly AgentChange[]): string[] {
  return changes.flatMap(({ name, ignored }) =>
    ignored ? [`waggle: ${name}: not known and left out: ${ignored.join(', ')}`] : [],
  )
}

/** Every field that would be another, as it is and as it would be. */
function changeLine({ name, change, before, after, problems }: AgentChange): string {
  const fields = new Map(Object.entries(before ?? {}))
  const different = Object.entries(after ?? {}).filter(
    ([field, value]) => field !== 'name' && JSON.stringify(value) !== JSON.stringify(fields.get(field)),
  )
  const gone = [...fields.keys()].filter((field) => after && !Object.hasOwn(after, field))
  const words = [
    ...different.map(([field, value]) => `${field} ${JSON.stringify(value)}`),
    ...gone.map((field) => `${field} no more`),
    ...(problems ?? []),
  ]
  return [change.padEnd(8), name, words.join('; ')].filter(Boolean).join('  ')
}

function point(text: string): [number, number] {
  const [, x, y] = /^\s*(-?\d+)\s*,\s*(-?\d+)\s*$/.exec(text) ?? []
  if (x !== undefined && y !== undefined) return [Number(x), Number(y)]
  throw new CliError(
    exitCodes.usage,
    `--at takes two whole numbers of pixels, such as 150,190, not "${text}".`,
  )
}

const wayNames: readonly WayName[] = ['window', 'terminal', 'tmux', 'command', 'inbox']
const prefixes = ['hold', 'send'] as const

/** Where its messages go. */
function placeOf(agent: Agent): string {
  const { way = 'window', second } = agent
  return second ? `${placeBy(way, agent)}, else ${placeBy(second, agent)}` : placeBy(way, agent)
}

function placeBy(way: WayName, { tmux, program, command = [], window, calibration }: Agent): string {
  if (way === 'command') return oneLine(`command ${command.join(' ')}`, 50)
  if (way === 'tmux') return `tmux ${tmux ?? '?'} (${program ?? '?'})`
  if (way === 'terminal') return `terminal (${program ?? '?'})`
  if (way === 'inbox') return 'inbox'
  return window ?? calibration?.title ?? '-'
}

function agentLines(agents: readonly (Agent | ListedAgent)[]): string[] {
  if (agents.length === 0) return ['No agents yet. Add one: waggle agents set Agent-1 --at 150,190']
  const rows = agents.map((agent) => [
    agent.name,
    agent.enabled ? ('stands' in agent ? agent.stands : 'enabled') : 'disabled',
    agent.at ? agent.at.join(',') : '-',
    placeOf(agent),
    agent.profile,
    'lookedAtBy' in agent ? agent.lookedAtBy : '-',
    oneLine(agent.description),
  ])
  return columns([['agent', 'stands', 'at', 'window', 'profile', 'read by', 'description'], ...rows])
}
