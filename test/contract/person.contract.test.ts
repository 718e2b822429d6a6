import { expect, onTestFinished, test } from 'vitest'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { createX11Presence } from '../../src/main/desktop/x11/presence'
import { startAgents } from '../harness/agents'
import { xdotool } from '../harness/xdotool'
import { describePerson, type PersonStage } from './person-contract'

// The real X server and a person's hand on it, at the very moment of our own acts.

const display = process.env['DISPLAY'] ?? ''

describePerson('X11', x11Stage)

async function x11Stage(): Promise<PersonStage> {
  const [desktop, other, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  const [x, y] = (await agents.window('Left')).input
  const windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
  expect(await desktop.click({ windowId, point: { x, y } })).toBeUndefined()
  // This process stands still for xdotool: the end of a grab must have left it before.
  const person = async (...args: readonly (string | number)[]) => {
    await desktop.pointer()
    xdotool(...args)
  }
  return {
    desktop,
    windowId,
    point: { x, y },
    textOf: async () => agents.readInput('Left'),
    hand: {
      tap: async (key) => person('key', key),
      async move() {
        await person('mousemove', 30, 40)
        return { x: 30, y: 40 }
      },
      hold: async (what) =>
        what === 'button' ? person('mousemove', x, y, 'mousedown', 1) : person('keydown', what),
      letGo: async (what) => (what === 'button' ? person('mouseup', 1) : person('keyup', what)),
    },
    copyElsewhere: async (text) => void (await createX11Clipboard(other).offerText(text)),
    async end() {
      desktop.close()
      other.close()
      await agents.stop()
    },
  }
}

async function presence() {
  const x = await connectX11(display)
  onTestFinished(() => x.close())
  return createX11Presence(x)
}

test('a key that a person presses in the middle of an act of ours is known as theirs', async () => {
  const acts = await presence()
  await acts.personIdleMs()
  const from = performance.now()
  await acts.own({ keys: [1] }, async () => void xdotool('key', 'Shift'))
  const idleMs = await acts.personIdleMs()
  expect(idleMs).toBeLessThan(performance.now() - from)
})

test('a pointer that an act of ours moves is not taken for a person’s, though it is asked in the middle of it', async () => {
  const acts = await presence()
  await acts.own({}, async () => {
    xdotool('mousemove', '30', '40')
    await acts.personIdleMs()
  })
  expect(await acts.personIdleMs()).toBe(Infinity)
})
