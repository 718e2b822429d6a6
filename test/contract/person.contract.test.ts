import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { createX11Presence } from '../../src/main/desktop/x11/presence'
import { startAgents, type Agents } from '../harness/agents'
import { xdotool } from '../harness/xdotool'

// The real X server and a person's hand on it, at the very moment of our own acts.

let desktop: Desktop
let other: X11Connection
let agents: Agents
let windowId: string
let point: { x: number; y: number }

beforeEach(async () => {
  const display = process.env['DISPLAY'] ?? ''
  ;[desktop, other, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  const [x, y] = (await agents.window('Left')).input
  point = { x, y }
  windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
  expect(await desktop.click({ windowId, point })).toBeUndefined()
})
afterEach(async () => {
  xdotool('keyup', 'Shift_L')
  desktop.close()
  other.close()
  await agents.stop()
})

test('neither keys nor clicks are made so soon after a person has stirred, and the pointer stays theirs', async () => {
  const from = performance.now()
  const aim = () => ({ windowId, restMs: performance.now() - from })
  expect(await desktop.press(aim(), ['Add'])).toBeUndefined()
  expect(await desktop.click({ ...aim(), point })).toBeUndefined()
  xdotool('key', 'Shift_L')
  expect(await desktop.press(aim(), ['Add'])).toBe('person-active')
  const moved = performance.now()
  xdotool('mousemove', '30', '40')
  const restMs = performance.now() - moved
  expect(await desktop.click({ windowId, point, restMs })).toBe('person-active')
  expect(await desktop.pointer()).toEqual({ x: 30, y: 40 })
  await expect.poll(() => agents.readInput('Left')).toBe('+')
})

test('while a person holds a key that would change ours, none is pressed', async () => {
  xdotool('keydown', 'Shift_L')
  expect(await desktop.press({ windowId }, ['Add'])).toBe('key-held')
  xdotool('keyup', 'Shift_L')
  expect(await desktop.press({ windowId }, ['Add'])).toBeUndefined()
  await expect.poll(() => agents.readInput('Left')).toBe('+')
})

test('a key that a person presses in the middle of an act of ours is known as theirs', async () => {
  const acts = createX11Presence(other)
  await acts.personIdleMs()
  const from = performance.now()
  await acts.own({ keys: [1] }, async () => void xdotool('key', 'Shift'))
  const idleMs = await acts.personIdleMs()
  expect(idleMs).toBeLessThan(performance.now() - from)
})

test('a pointer that an act of ours moves is not taken for a person’s, though it is asked in the middle of it', async () => {
  const acts = createX11Presence(other)
  await acts.own({}, async () => {
    xdotool('mousemove', '30', '40')
    await acts.personIdleMs()
  })
  expect(await acts.personIdleMs()).toBe(Infinity)
})

test('a copy that a person makes after the one of the window stays on the clipboard', async () => {
  const putBack = await desktop.keepClipboard()
  const offer = await desktop.offerText('a message', windowId)
  await desktop.press({ windowId }, ['LeftControl', 'V'], ['LeftControl', 'A'], ['LeftControl', 'C'])
  await expect.poll(() => offer.copied).toBe('a message')
  await createX11Clipboard(other).offerText('a person’s new copy')
  await expect.poll(() => offer.stolen).toBe(true)
  await putBack()
  expect(await desktop.readText()).toBe('a person’s new copy')
})
