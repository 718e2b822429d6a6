import { expect, test } from 'vitest'
import type { Agent } from '../../../src/contract/agent'
import { createFinder } from '../../../src/main/ways/window/finder'
import { FakeDesktop } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'

const agent: Agent = {
  name: 'Agent-1',
  at: [150, 380],
  window: '^Agent-1',
  profile: 'chat',
  enabled: true,
  description: '',
}

test.each([
  ['a moment ago', 99, agent, 'Agent-1: chat'],
  ['longer ago', 100, agent, 'Agent-1: coding'],
  ['before it was changed', 0, { ...agent }, 'Agent-1: coding'],
])('an input found %s is looked for anew when it must be', async (_, ms, asked, title) => {
  const clock = new HastyClock()
  const desktop = new FakeDesktop(clock)
  const window = desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  const finder = createFinder(desktop, clock)
  await finder.look(agent)
  window.title = 'Agent-1: coding'
  clock.pass(ms)
  expect(await finder.recall(asked)).toMatchObject({ window: { title } })
})

test('a window that was not found is looked for again', async () => {
  const desktop = new FakeDesktop(new HastyClock())
  const finder = createFinder(desktop, new HastyClock())
  expect(await finder.look(agent)).toMatchObject({ code: 'window-missing' })
  desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  expect(await finder.recall(agent)).toMatchObject({ point: { x: 150, y: 380 } })
})

test('on a desktop in trouble nothing is found, though the window stands there', async () => {
  const desktop = new FakeDesktop(new HastyClock())
  desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  const trouble = { code: 'desktop-unavailable', message: 'The screen is locked.' } as const
  Object.assign(desktop, { trouble: async () => trouble })
  const finder = createFinder(desktop, new HastyClock())
  expect(await finder.look(agent)).toEqual(trouble)
})
