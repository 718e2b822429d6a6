import { afterEach, describe, expect, test } from 'vitest'
import { contains } from '../../src/contract/rects'
import type { Desktop, Rect } from '../../src/main/desktop/desktop'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'

// What lies over a window without being one to the window manager: notifications, menus, lockers.

interface Stage {
  readonly desktop: Desktop
  /** A window of another program that a window manager manages, and one that it does not. */
  openWindow(rect: Rect): Promise<string>
  popUp(rect: Rect): Promise<() => Promise<void>>
  end(): void
}

const rect = { x: 60, y: 80, width: 300, height: 200 }

describe.each([
  ['the fake', fakeStage],
  ['X11', realStage],
])('what lies over windows: %s', (_, open) => {
  let stage: Stage
  afterEach(() => stage.end())

  test('is listed while it is there, and is no window', async () => {
    stage = await open()
    const { desktop } = stage
    const id = await stage.openWindow(rect)
    const shown = async () => (await desktop.windows()).find((window) => window.id === id)?.rect
    await expect.poll(shown).toBeDefined()
    // A window manager places it where it likes.
    const { x, y } = (await shown()) ?? rect
    const popup = { x: x + 40, y: y + 40, width: 120, height: 40 }
    const below = { x: x + 90, y: y + 60 }
    await expect.poll(() => desktop.windowAt(below)).toBe(id)
    const before = await desktop.overlays()
    expect(
      before.filter((one) => contains(one, below)),
      'a window’s frame is none',
    ).toEqual([])
    const close = await stage.popUp(popup)
    expect(await desktop.overlays()).toEqual([popup, ...before])
    expect(await desktop.windowAt(below)).toBeUndefined()
    expect(await desktop.click({ windowId: id, point: below })).toBe('covered')
    expect((await desktop.windows()).map((window) => window.id)).toContain(id)
    await close()
    expect(await desktop.overlays()).toEqual(before)
    expect(await desktop.windowAt(below)).toBe(id)
  })
})

async function fakeStage(): Promise<Stage> {
  const desktop = new FakeDesktop(new HastyClock())
  return {
    desktop,
    openWindow: async (at) => desktop.openWindow('Left: chat', at).id,
    async popUp(at) {
      desktop.unmanaged.unshift(at)
      return async () => void desktop.unmanaged.shift()
    },
    end: () => desktop.close(),
  }
}

async function realStage(): Promise<Stage> {
  const display = process.env['DISPLAY'] ?? ''
  const [desktop, program] = await Promise.all([openX11Desktop(display), connectX11(display)])
  const open = async (at: Rect, overrideRedirect: boolean) => {
    const id = program.client.AllocID()
    const { client, root } = program
    client.CreateWindow(id, root, at.x, at.y, at.width, at.height, 0, 0, 0, 0, { overrideRedirect })
    client.MapWindow(id)
    await settled()
    return id
  }
  const settled = async () => program.property(program.root, '_NET_WM_NAME')
  return {
    desktop,
    openWindow: async (at) => String(await open(at, false)),
    async popUp(at) {
      const id = await open(at, true)
      return async () => {
        program.client.DestroyWindow(id)
        await settled()
      }
    },
    end() {
      desktop.close()
      program.close()
    },
  }
}
