import type { PointerState } from 'x11'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { openOwnPresses } from '../../src/main/desktop/x11/own-presses'
import { pressed } from '../harness/pressed'
import { xdotool } from '../harness/xdotool'

// Keys and buttons that a Waggle has pressed which then ended, however: the next one lets go of them.

const display = process.env['DISPLAY'] ?? ''
const [KEY_PRESS, BUTTON_PRESS, CONTROL, SHIFT] = [2, 4, 37, 50] as const

let other: X11Connection

beforeEach(async () => {
  other = await connectX11(display)
})
afterEach(() => other.close())

const down = async () => pressed(other)

/** Presses as a delivery does, and ends before it has let go. */
async function endWith(press: 'key' | 'button'): Promise<void> {
  const x = await connectX11(display)
  const presses = await openOwnPresses(x, display)
  const code = press === 'key' ? CONTROL : 1
  presses.note([{ kind: press, code }])
  x.extensions.xtest.FakeInput(press === 'key' ? KEY_PRESS : BUTTON_PRESS, code, 0, x.root, 0, 0)
  await x.ask<PointerState>((done) => x.client.QueryPointer(x.root, done))
  x.close()
}

test.each(['key', 'button'] as const)('a %s that was down comes up at the next start', async (press) => {
  await endWith(press)
  expect(await down()).toEqual(
    press === 'key' ? { keys: [CONTROL], buttons: false } : { keys: [], buttons: true },
  )
  const next = await openX11Desktop(display)
  expect(await down()).toEqual({ keys: [], buttons: false })
  next.close()
})

test('what somebody else holds down stays down', async () => {
  xdotool('keydown', 'shift')
  await endWith('key')
  const next = await openX11Desktop(display)
  expect(await down()).toEqual({ keys: [SHIFT], buttons: false })
  xdotool('keyup', 'shift')
  next.close()
})

test('what was let go of is not let go of again', async () => {
  const x = await connectX11(display)
  const presses = await openOwnPresses(x, display)
  presses.note([{ kind: 'key', code: SHIFT }])
  presses.forget()
  await x.ask<PointerState>((done) => x.client.QueryPointer(x.root, done))
  x.close()
  xdotool('keydown', 'shift')
  const next = await openX11Desktop(display)
  expect((await down()).keys).toEqual([SHIFT])
  xdotool('keyup', 'shift')
  next.close()
})
