import { expect, onTestFinished, test } from 'vitest'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'
import { startAgents } from '../harness/agents'
import { describeOverText, type OverTextStage } from './over-text-contract'

const rect = { x: 40, y: 60, width: 320, height: 300 }

describeOverText('the fake', fakeStage)
describeOverText('X11 and nut-js', realStage)

test('a click that waits to see what it would be made on is given up when it is halted, and nothing is pressed', async () => {
  const { desktop, windowId, input: point, cover, answers, end } = await realStage()
  onTestFinished(end)
  await cover(true)
  const place = { x: point.x - 16, y: point.y - 10, width: 32, height: 20 }
  const click = desktop.click({ windowId, point, place, looks: ['an input'] })
  await expect.poll(async () => desktop.pointer()).toEqual(point)
  await desktop.halt()
  expect(await click).toBe('person-active')
  expect(await answers()).toBe(0)
})

async function fakeStage(): Promise<OverTextStage> {
  const desktop = new FakeDesktop(new HastyClock())
  const window = desktop.openWindow('Left: chat', rect)
  return {
    desktop,
    windowId: window.id,
    input: { x: 200, y: 330 },
    cover: async (isCovered) => void (window.showsText = !isCovered),
    answers: async () => 0,
    end: async () => desktop.close(),
  }
}

async function realStage(): Promise<OverTextStage> {
  const agents = await startAgents({ agents: [{ name: 'Left', rect }] })
  const desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
  const [x, y] = (await agents.window('Left')).input
  const shown = async () => (await desktop.picture({ x: x - 8, y: y - 8, width: 16, height: 16 })).rgba
  return {
    desktop,
    windowId: (await desktop.windows())[0]?.id ?? '',
    input: { x, y },
    async cover(isCovered) {
      const before = await shown()
      await agents.ask('Left', isCovered, true)
      await expect.poll(shown).not.toEqual(before)
    },
    answers: async () => agents.answers().length,
    async end() {
      desktop.close()
      await agents.stop()
    },
  }
}
