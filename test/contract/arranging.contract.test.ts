import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectX11, type AtomName, type X11Connection } from '../../src/main/desktop/x11/connection'
import { openX11Desktop, type X11Desktop } from '../../src/main/desktop/x11/desktop'
import { words } from '../../src/main/desktop/x11/window-facts'

// A real window manager's workspaces and states, for the windows of another program.

let desktop: X11Desktop
let program: X11Connection
let id: number

beforeEach(async () => {
  const display = process.env['DISPLAY'] ?? ''
  desktop = await openX11Desktop(display)
  program = await connectX11(display)
  id = program.client.AllocID()
  program.client.CreateWindow(id, program.root, 50, 50, 200, 100, 0, 0, 0, 0, {})
  program.client.MapWindow(id)
  await expect.poll(async () => await window()).toBeDefined()
})
afterEach(async () => {
  tell(program.root, '_NET_CURRENT_DESKTOP', [0])
  await expect.poll(workspace).toBe(0)
  program.close()
  desktop.close()
})

function tell(window: number, message: AtomName, data: readonly number[]): void {
  const all = [...data, 0, 0, 0, 0].slice(0, 5)
  program.client.SendClientMessage(program.root, window, program.atom(message), 32, all)
}

async function workspace(): Promise<number | undefined> {
  return words((await program.property(program.root, '_NET_CURRENT_DESKTOP')).data)[0]
}

async function window() {
  return (await desktop.arrangement()).windows.find((one) => one.id === String(id))
}

const hidden = async () => (await desktop.windows()).find((one) => one.id === String(id))?.hidden

test('a window on another workspace is shown there, and the empty one is given back with nobody’s focus', async () => {
  tell(program.root, '_NET_CURRENT_DESKTOP', [1])
  await expect.poll(hidden).toBe('elsewhere')
  await expect.poll(async () => (await desktop.arrangement()).nobody).toBeDefined()
  const was = await desktop.arrangement()
  await desktop.raise(String(id))
  await expect.poll(async () => desktop.activeWindow()).toBe(String(id))
  expect(await hidden()).toBeUndefined()
  expect(await desktop.arrange(was)).toBe(true)
  await expect.poll(workspace).toBe(1)
  await expect.poll(async () => desktop.activeWindow()).toBeUndefined()
  await expect.poll(async () => desktop.arrange(was)).toBe(false)
})

test('a window that was rolled up, fullscreen or minimized is so again', async () => {
  for (const state of ['shaded', 'fullscreen', 'minimized'] as const) {
    const change = async (on: boolean) => {
      if (state === 'minimized' && on) tell(id, 'WM_CHANGE_STATE', [3])
      else if (state === 'minimized') await desktop.raise(String(id))
      else {
        const atom = state === 'shaded' ? '_NET_WM_STATE_SHADED' : '_NET_WM_STATE_FULLSCREEN'
        tell(id, '_NET_WM_STATE', [on ? 1 : 0, program.atom(atom), 0, 2])
      }
      await expect.poll(async () => (await window())?.[state], { message: state }).toBe(on)
    }
    await change(true)
    const was = await desktop.arrangement()
    await change(false)
    expect(await desktop.arrange(was)).toBe(true)
    await expect.poll(async () => (await window())?.[state], { message: state }).toBe(true)
    await change(false)
  }
})
