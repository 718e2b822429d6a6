import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../../src/contract/agent'
import { calibrate, findTarget } from '../../../src/main/ways/window/locate'
import type { DesktopWindow, Rect } from '../../../src/main/desktop/desktop'
import { FakeDesktop } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'

const screens = [{ x: 0, y: 0, width: 1280, height: 800 }]
const home: Rect = { x: 100, y: 50, width: 400, height: 600 }

function window(changes: Partial<DesktopWindow> = {}): DesktopWindow {
  return { id: '7', title: 'Cursor: api', app: 'Cursor', rect: home, minimized: false, ...changes }
}

function agent(changes: Partial<Agent> = {}): Agent {
  return {
    name: 'Agent-1',
    at: [300, 620],
    profile: 'chat',
    enabled: true,
    description: '',
    calibration: {
      at: '2026-01-01T00:00:00.000Z',
      windowId: '7',
      title: 'Cursor: api',
      app: 'Cursor',
      rect: home,
    },
    ...changes,
  }
}

/** An agent without one of its fields. */
function without(field: 'at' | 'calibration', changes: Partial<Agent> = {}): Agent {
  const made = agent(changes)
  delete made[field]
  return made
}

test('a window where it was calibrated has its point where it was', () => {
  expect(findTarget(agent(), [window()], screens)).toMatchObject({ point: { x: 300, y: 620 } })
})

test('a moved window takes its point along', () => {
  const moved = window({ rect: { ...home, x: 300, y: 90 } })
  expect(findTarget(agent(), [moved], screens)).toMatchObject({ point: { x: 500, y: 660 } })
})

test('in a resized window a point at the bottom stays there, and keeps its share of the width', () => {
  const resized = window({ rect: { ...home, width: 800, height: 300 } })
  expect(findTarget(agent(), [resized], screens)).toMatchObject({ point: { x: 500, y: 320 } })
})

test('in a resized window a point near the top keeps its distance from the top', () => {
  const resized = window({ rect: { ...home, height: 300 } })
  expect(findTarget(agent({ at: [300, 70] }), [resized], screens)).toMatchObject({ point: { x: 300, y: 70 } })
})

test('wherever the window is on the screen and however large, the point is in it', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.nat(600),
        y: fc.nat(400),
        width: fc.integer({ min: 100, max: 600 }),
        height: fc.integer({ min: 300, max: 390 }),
      }),
      fc.nat(399),
      fc.integer({ min: 301, max: 590 }),
      (rect, dx, fromBottom) => {
        const at: [number, number] = [home.x + dx, home.y + fromBottom]
        const found = findTarget(agent({ at }), [window({ rect })], screens)
        if ('code' in found) return found.code === 'window-missing' && home.height - fromBottom > rect.height
        const { x, y } = found.point
        return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height
      },
    ),
  )
})

describe('by pattern', () => {
  test('the window is known by its title, whatever its id', () => {
    const found = findTarget(agent({ window: '^Cursor: api$' }), [window({ id: '99' })], screens)
    expect(found).toMatchObject({ window: { id: '99' } })
  })

  test('no match is a missing window, and no other window will do', () => {
    const found = findTarget(agent({ window: '^Cursor: api$' }), [window({ title: 'Cursor: web' })], screens)
    expect(found).toMatchObject({ code: 'window-missing' })
  })

  test.each(['Hello, please rebase. | w', '⠧ rebasing | w', '[ . ] Action Required | w'])(
    'a terminal that lives is found by whatever name its agent gives it: %s',
    (title) => {
      const known = agent({ window: '^run\\.sh$' })
      const calibration = {
        ...known.calibration,
        at: '',
        windowId: '7',
        title: 'run.sh',
        app: 'XTerm',
        rect: home,
      }
      const inTerminal = { ...known, calibration }
      const renamed = window({ title, app: 'XTerm' })
      expect(findTarget(inTerminal, [renamed], screens)).toMatchObject({ window: { id: '7' } })
      for (const other of [
        { ...renamed, id: '8' },
        { ...renamed, app: 'st' },
      ])
        expect(findTarget(inTerminal, [other], screens)).toMatchObject({ code: 'window-missing' })
    },
  )

  test('of several matches the calibrated one is taken, else the one at the point, else none', () => {
    const twin = window({ id: '8', rect: { ...home, x: 600 } })
    const pattern = { window: 'Cursor' }
    expect(findTarget(agent(pattern), [twin, window()], screens)).toMatchObject({ window: { id: '7' } })
    const uncalibrated = without('calibration', pattern)
    expect(findTarget(uncalibrated, [twin, window()], screens)).toMatchObject({ window: { id: '7' } })
    const both = [twin, window({ rect: { ...home, x: 650 } })]
    expect(findTarget(uncalibrated, both, screens)).toMatchObject({ code: 'window-missing' })
    const stacked = [window({ id: '8' }), window()]
    expect(findTarget(uncalibrated, stacked, screens)).toMatchObject({ code: 'window-missing' })
  })

  test('a point beside its window is refused', () => {
    const beside = without('calibration', { window: 'Cursor', at: [10, 10] })
    expect(findTarget(beside, [window()], screens)).toMatchObject({ code: 'window-missing' })
  })
})

describe('by calibration alone', () => {
  test('the very window is followed though its title changed', () => {
    const busy = window({ title: '● Cursor: api', rect: { ...home, x: 200 } })
    expect(findTarget(agent(), [busy], screens)).toMatchObject({ point: { x: 400, y: 620 } })
  })

  test('a window opened again counts only with the same title and program', () => {
    const again = window({ id: '12' })
    expect(findTarget(agent(), [again], screens)).toMatchObject({ window: { id: '12' } })
    for (const other of [
      { ...again, title: 'Cursor: web' },
      { ...again, app: 'Code' },
    ]) {
      expect(findTarget(agent(), [other], screens)).toMatchObject({ code: 'window-missing' })
    }
  })

  test('a minimized window does not stand at the point, whatever its rectangle says', () => {
    const minimized = window({ id: '11', title: 'Cursor: web', minimized: true })
    const again = window({ id: '12' })
    expect(findTarget(agent(), [minimized, again], screens)).toMatchObject({ window: { id: '12' } })
  })

  test('an id used again by another program is not the window', () => {
    const other = window({ app: 'xterm', title: 'root@desk' })
    expect(findTarget(agent(), [other], screens)).toMatchObject({ code: 'window-missing' })
  })

  test('an agent that was set with no window there waits to be calibrated', () => {
    expect(findTarget(without('calibration'), [window()], screens)).toMatchObject({ code: 'not-calibrated' })
    expect(findTarget(without('at'), [window()], screens)).toMatchObject({ code: 'not-calibrated' })
  })
})

test('a point off every screen is refused though its window is there', () => {
  const off = window({ rect: { ...home, y: 500 } })
  expect(findTarget(agent(), [off], screens)).toMatchObject({ code: 'window-missing' })
})

describe('calibrating', () => {
  const now = new Date('2026-01-01T00:00:00Z')

  test('remembers the frontmost window at the point', async () => {
    const desktop = new FakeDesktop(new HastyClock())
    desktop.openWindow('behind', home)
    const front = desktop.openWindow('in front', { ...home, x: 120 })
    expect(await calibrate(desktop, [300, 620], undefined, now)).toMatchObject({ windowId: front.id })
  })

  test('with a pattern, remembers the window that matches, though another stands before it', async () => {
    const desktop = new FakeDesktop(new HastyClock())
    const mine = desktop.openWindow('Agent-1: chat', home)
    desktop.openWindow('in front', home)
    expect(await calibrate(desktop, [300, 620], '^Agent-1', now)).toMatchObject({ windowId: mine.id })
  })

  test('finds nothing where no window stands, or only a minimized one', async () => {
    const desktop = new FakeDesktop(new HastyClock())
    desktop.openWindow('minimized', home, { minimized: true })
    expect(await calibrate(desktop, [300, 620], undefined, now)).toBeUndefined()
  })
})
