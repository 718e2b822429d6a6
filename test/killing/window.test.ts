import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { startAgents, type Agents } from '../harness/agents'
import { homeForThisTest } from '../harness/desk'
import { pressed } from '../harness/pressed'
import { haveEnded } from '../soak/windows'
import { Killer, type Target } from './killer'

// The real app delivers into a real window and is killed at every kind of change that it makes outside itself. What the
// window has submitted is the truth.

const options = { agents: [{ name: 'Agent-1' }], accessibility: true }

let agents: Agents
/** What windows that have ended had submitted. */
let before: string[]
let x: X11Connection

beforeEach(async () => {
  before = []
  agents = await startAgents(options)
  onTestFinished(async () => agents.stop())
  x = await connectX11(process.env['DISPLAY'] ?? '')
})
afterEach(() => x.close())

const submitted = () => [...before, ...agents.submissions().map(({ text }) => text)]

/** The windows' Electron now and then ends by itself when Waggle is killed; a person starts it again. */
async function inWindows<T>(use: (agents: Agents) => Promise<T>): Promise<T> {
  try {
    return await use(agents)
  } catch (error) {
    if (!haveEnded(error)) throw error
    before = submitted()
    await agents.stop()
    agents = await startAgents(options)
    return use(agents)
  }
}

function target(): Target {
  return {
    name: 'Agent-1',
    arrived: submitted,
    clear: async () => inWindows(async (one) => one.setDraft('Agent-1', '')),
    async introduce(pipe) {
      const { input } = await inWindows(async (one) => one.window('Agent-1'))
      await pipe.call('agent.set', { name: 'Agent-1', at: input, window: '^Agent-1: chat$' })
    },
    // What was down when the app was killed is so no more.
    check: async () => expect.poll(async () => pressed(x)).toEqual({ keys: [], buttons: false }),
  }
}

test('killed at each kind of step of a delivery: nothing is lost, typed twice or said falsely', async () => {
  const killer = new Killer(homeForThisTest(), target())
  const points = await killer.points()
  await killer.killAtEach(points)
  expect(await killer.faults()).toEqual([])
  // Nothing is in doubt as long as nothing was to be pasted.
  const paste = points.findIndex((point) => point.includes('INTO pastes'))
  const tooEarly = points.slice(0, paste + 1).filter((point) => !point.includes('messages_text'))
  expect(killer.doubts().filter((point) => tooEarly.includes(point))).toEqual([])
}, 600_000)
