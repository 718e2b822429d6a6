import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { lookAtX11 } from '../../src/main/desktop/x11/facts'

// What the doctor says of a desk is what is there, not what is announced.

const display = process.env['DISPLAY'] ?? ''
let x: X11Connection

beforeEach(async () => {
  x = await connectX11(display)
})
afterEach(() => x.close())

const atom = async (name: string) => x.ask<number>((done) => x.client.InternAtom(false, name, done))
const isSeen = async () => (await lookAtX11(display)).hasTray
const done = async () => x.ask((answer) => x.client.GetInputFocus(answer))

test('a window manager offers what it tells of its windows, said or not, and nothing else', async () => {
  const supported = await atom('_NET_SUPPORTED')
  const before = await x.ask<{ type: number; data: Buffer }>((answer) =>
    x.client.GetProperty(0, x.root, supported, 0, 0, 10_000, answer),
  )
  const offered = { windowManager: 'Openbox', missing: [], raises: true }
  expect(await lookAtX11(display)).toMatchObject(offered)
  x.client.ChangeProperty(0, x.root, supported, before.type, 32, [])
  try {
    await done()
    // Nor does it tell of an active window as long as none has been one.
    expect((await lookAtX11(display)).missing).not.toContain('_NET_CLIENT_LIST_STACKING')
  } finally {
    x.client.ChangeProperty(0, x.root, supported, before.type, 32, before.data)
    await done()
  }
})

test('a tray of the old style is one as long as somebody shows it', async () => {
  const tray = await atom('_NET_SYSTEM_TRAY_S0')
  const panel = x.client.AllocID()
  x.client.CreateWindow(panel, x.root, 0, 0, 1, 1, 0, 0, 0, 0, {})
  expect(await isSeen()).toBe(false)
  x.client.SetSelectionOwner(panel, tray)
  await done()
  expect(await isSeen()).toBe(true)
  x.client.DestroyWindow(panel)
  await done()
  expect(await isSeen()).toBe(false)
})
