import { expect, test } from 'vitest'
import { look } from '../../../src/main/ways/window/look'
import { newAgent } from '../../../src/main/roster/new-agent'
import { FakeDesktop } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'

const rect = { x: 100, y: 100, width: 400, height: 300 }

test('each agent is shown where its input is now, or with the reason why it is not', async () => {
  const desktop = new FakeDesktop(new HastyClock())
  const window = desktop.openWindow('Agent-1: chat', rect)
  const agents = [
    { ...newAgent('Agent-1'), at: [300, 390] as [number, number], window: '^Agent-1: chat$' },
    { ...newAgent('Agent-2'), at: [300, 390] as [number, number], window: '^Agent-2' },
  ]
  const seen = await look(desktop, agents)
  expect(seen.screens).toEqual([{ rect: { x: 0, y: 0, width: 1280, height: 800 } }])
  expect(seen.windows).toMatchObject([{ title: 'Agent-1: chat', pattern: '^Agent-1: chat$', matches: 1 }])
  expect(seen.agents).toMatchObject([
    { name: 'Agent-1', point: [300, 390], windowId: window.id },
    { name: 'Agent-2', failure: { code: 'window-missing' } },
  ])
})

test('looking touches nothing', async () => {
  const desktop = new FakeDesktop(new HastyClock())
  desktop.openWindow('Agent-1: chat', rect)
  await look(desktop, [])
  expect(desktop.acts).toEqual([])
})
