import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { homeForThisTest } from '../harness/desk'
import type { PipeClient } from '../harness/pipe-client'
import { cleanUp } from '../process/programs'
import {
  AgentLog,
  agentCommand,
  buildWays,
  cli,
  endAll,
  personTerminal,
  tmux,
  tmuxEnv,
  until,
} from '../process/terminals'
import { Killer } from './killer'

// The same for agents in terminals: what the agent's program has read as prompts is the truth.

beforeAll(buildWays)
afterEach(endAll)
afterAll(cleanUp)

const name = 'Agent-1'
/** Takes all out of the prompt. */
const DELETE = '\u007f'
const nothing = (): Promise<void> => Promise.resolve()

// By tmux every message whose prompt nobody saw any more is waited for a minute: `npm run soak -- --points`.
test.each(process.env['SOAK'] === '1' ? (['terminal', 'tmux'] as const) : (['terminal'] as const))(
  'killed at each kind of step of a delivery by the way “%s”: nothing is lost, typed twice or said falsely',
  async (way) => {
    const home = homeForThisTest()
    const log = new AgentLog()
    const command = agentCommand(log, 'claude')
    const inPane = async () =>
      tmux('new-session', '-d', '-P', '-F', '#{pane_id}', '-x', '100', '-y', '30', ...command)
    const pane = way === 'tmux' ? await inPane() : undefined
    const pty =
      way === 'terminal'
        ? personTerminal([process.execPath, cli, 'wrap', name, '--', ...command], { WAGGLE_HOME: home })
        : undefined
    await log.started()
    const introduce = async (pipe: PipeClient): Promise<void> => {
      if (pane !== undefined) await pipe.call('agent.set', { name, tmux: pane })
      // A wrapped agent finds the next Waggle by itself.
      else
        await until(async () => (await pipe.call('agent.list', {})).agents.some((one) => one.name === name))
    }
    const clear = async (): Promise<void> => {
      if (pane === undefined) pty?.write(DELETE)
      else await tmux('send-keys', '-t', pane, '-l', DELETE)
    }
    const arrived = () => log.prompts()
    const env = { TMUX: '', TMUX_TMPDIR: tmuxEnv.TMUX_TMPDIR }
    const killer = new Killer(home, { name, arrived, clear, check: nothing, introduce }, env)
    const points = await killer.points()
    await killer.killAtEach(points.filter((point) => !point.startsWith('start:')))
    expect(await killer.faults()).toEqual([])
  },
  600_000,
)
