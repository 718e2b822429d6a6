import { resolve } from 'node:path'
import { realInputs } from '../harness/hostile'
import type { PipeClient } from '../harness/pipe-client'
import { AgentLog, agentCommand, cli, personTerminal, tmux, until } from '../process/terminals'
import type { Windows } from './windows'

/** An agent of the soak: what its own program has taken is the truth, and its person can look and take out what stands there. */
export interface Place {
  readonly name: string
  /** Makes it known to a Waggle that has just started. */
  introduce(pipe: PipeClient): Promise<void>
  /** All that was submitted, in order. */
  arrived(): readonly string[]
  clear(): Promise<void>
}

/** Takes all out of a stand-in's prompt. */
const DELETE = '\u007f'
/** A prompt makes four spaces of a tab; in what the soak sends these are in no other place. */
const withTabs = (text: string) => text.replaceAll('    ', '\t')
// What the soak sends begins with a "#", which agents in terminals may read as a command.
const prefixes = 'send'

/** The editors that agents have, in windows. */
export function windowPlaces(windows: Windows): Place[] {
  return realInputs.map(({ name }) => ({
    name,
    async introduce(pipe) {
      const { input } = await windows.inputs.window(name)
      await pipe.call('agent.set', { name, at: input, window: `^${name}: chat\\b` })
    },
    arrived: () => windows.submissions().flatMap((one) => (one.agent === name ? one.text : [])),
    clear: async () => windows.inputs.setDraft(name, ''),
  }))
}

/** One in a terminal of its own, one in tmux, one with a command: end them with `endAll`. */
export async function otherPlaces(home: string): Promise<Place[]> {
  const [wrapped, inTmux] = [new AgentLog(), new AgentLog()]
  const wrap = [process.execPath, cli, 'wrap', 'wrapped', '--', ...agentCommand(wrapped, 'claude')]
  const pty = personTerminal(wrap, { WAGGLE_HOME: home })
  const command = agentCommand(inTmux, 'codex')
  const pane = await tmux(...'new-session -d -P -F #{pane_id} -x 100 -y 30'.split(' '), ...command)
  await Promise.all([wrapped.started(), inTmux.started()])
  const taken = new AgentLog()
  return [
    {
      name: 'wrapped',
      async introduce(pipe) {
        // It finds the next Waggle by itself.
        const isKnown = async () =>
          (await pipe.call('agent.list', {})).agents.some(({ name }) => name === 'wrapped')
        await until(isKnown)
        await pipe.call('agent.set', { name: 'wrapped', prefixes })
      },
      arrived: () => wrapped.prompts().map(withTabs),
      clear: async () => pty.write(DELETE),
    },
    {
      name: 'in-tmux',
      introduce: async (pipe) =>
        void (await pipe.call('agent.set', { name: 'in-tmux', tmux: pane, prefixes })),
      arrived: () => inTmux.prompts().map(withTabs),
      clear: async () => void (await tmux('send-keys', '-t', pane, '-l', DELETE)),
    },
    {
      name: 'by-command',
      async introduce(pipe) {
        const program = [process.execPath, resolve('test/soak/take.mjs'), taken.path]
        await pipe.call('agent.set', { name: 'by-command', command: program })
      },
      arrived: () => taken.prompts(),
      clear: () => Promise.resolve(),
    },
  ]
}
