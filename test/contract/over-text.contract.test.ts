import { describe, expect, onTestFinished, test } from 'vitest'
import type { Desktop, Point } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'
import { startAgents } from '../harness/agents'

// Whether an input or something over it would get a click, told by how the pointer is shown.

interface Stage {
  readonly desktop: Desktop
  readonly input: Point
  /** Something with a button lies over the input, or no longer; resolves once that can be seen. */
  cover(isCovered: boolean): Promise<void>
  /** How often that button was pressed. */
  answers(): number
}

const rect = { x: 40, y: 60, width: 320, height: 300 }

describe.each([
  ['the fake', fakeStage],
  ['X11 and nut-js', realStage],
])('a click meant for text: %s', (_, open) => {
  test('is made over an input, and over nothing else', async () => {
    const { desktop, input: point, cover, answers } = await open()
    const [window] = await desktop.windows()
    const place = { x: point.x - 16, y: point.y - 10, width: 32, height: 20 }
    const anywhere = { windowId: window?.id ?? '', point, place }
    expect(await desktop.click(anywhere)).toBeUndefined()
    await expect.poll(async () => desktop.inputLook(point)).toBeDefined()
    const aim = { ...anywhere, looks: [(await desktop.inputLook(point)) ?? ''] }
    await desktop.movePointer({ x: 600, y: 600 })
    expect(await desktop.inputLook(point), 'the pointer is elsewhere').toBeUndefined()
    for (const from of [{ x: 600, y: 600 }, point]) {
      expect(await desktop.click(aim)).toBeUndefined()
      await desktop.movePointer(from)
      await cover(true)
      expect(await desktop.click(aim)).toBe('no-text')
      expect(await desktop.inputLook(point)).toBeUndefined()
      await cover(false)
    }
    expect(await desktop.click(aim)).toBeUndefined()
    expect(answers()).toBe(0)
  })
})

test('a click that waits to see what it would be made on is given up when it is halted, and nothing is pressed', async () => {
  const { desktop, input: point, cover, answers } = await realStage()
  const [window] = await desktop.windows()
  await cover(true)
  const place = { x: point.x - 16, y: point.y - 10, width: 32, height: 20 }
  const click = desktop.click({ windowId: window?.id ?? '', point, place, looks: ['an input'] })
  // It waits for a second at most.
  await expect.poll(async () => desktop.pointer(), { interval: 1 }).toEqual(point)
  await desktop.halt()
  expect(await click).toBe('person-active')
  expect(answers()).toBe(0)
})

async function fakeStage(): Promise<Stage> {
  const desktop = new FakeDesktop(new HastyClock())
  const window = desktop.openWindow('Left: chat', rect)
  return {
    desktop,
    input: { x: 200, y: 330 },
    cover: async (isCovered) => void (window.showsText = !isCovered),
    answers: () => 0,
  }
}

async function realStage(): Promise<Stage> {
  const agents = await startAgents({ agents: [{ name: 'Left', rect }] })
  onTestFinished(async () => agents.stop())
  const desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
  onTestFinished(() => desktop.close())
  const [x, y] = (await agents.window('Left')).input
  const shown = async () => (await desktop.picture({ x: x - 8, y: y - 8, width: 16, height: 16 })).rgba
  return {
    desktop,
    input: { x, y },
    async cover(isCovered) {
      const before = await shown()
      await agents.ask('Left', isCovered, true)
      await expect.poll(shown).not.toEqual(before)
    },
    answers: () => agents.answers().length,
  }
}
