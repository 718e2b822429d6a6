import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { startAgents, type Agents } from '../harness/agents'
import { forThisTest, homeForThisTest } from '../harness/desk'
import { pressed } from '../harness/pressed'
import { Killer, type Target } from './killer'

// The real app delivers into a real window and is killed at every kind of change that it makes outside itself. What the
// window has submitted is the truth.

let agents: Agents
let x: X11Connection

beforeEach(async () => {
  agents = await forThisTest(
    startAgents({ agents: [{ name: 'Agent-1' }], accessibility: true }),
    async (one) => one.stop(),
  )
  x = await connectX11(process.env['DISPLAY'] ?? '')
})
afterEach(() => x.close())

function target(): Target {
  return {
    name: 'Agent-1',
    arrived: () => agents.submissions().map(({ text }) => text),
    clear: async () => agents.setDraft('Agent-1', ''),
    async introduce(pipe) {
      const { input } = await agents.window('Agent-1')
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
