import { beforeEach, expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// A person at the desk, by another process's mouse and keyboard.

let desk: AgentsDesk<RunningApp>

beforeEach(async () => {
  desk = await openAgentsDesk(startApp, {
    agents: [{ name: 'Agent-1' }, { name: 'Mine' }],
    args: ['--hidden'],
  })
  await calibrate(desk, 'Agent-1')
})

const whatItWaitsFor = async (id: string) => (await desk.pipe.call('message.get', { id })).failure?.code

test.each([
  ['types', () => xdotool('key', 'x')],
  ['moves the mouse', () => xdotool('mousemove_relative', '--', '3', '2')],
])('nothing is delivered while a person %s, and all of it soon after', async (_, act) => {
  const [x, y] = (await desk.agents.window('Mine')).input
  xdotool('mousemove', String(x), String(y), 'click', '1')
  const { messages } = await desk.pipe.call('message.send', {
    to: 'Agent-1',
    text: 'excuse me',
    from: 'test',
  })
  const id = messages[0]?.id ?? ''
  const end = performance.now() + 4000
  while (performance.now() < end) {
    act()
    expect((await desk.pipe.call('message.get', { id })).state).toBe('queued')
  }
  expect(await whatItWaitsFor(id)).toBe('user-active')
  expect((await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor?.message).toMatch(
    /You are using the desktop/,
  )
  const stopped = performance.now()
  const sent = await desk.pipe
    .call('message.wait', { id, timeoutMs: 8000 })
    .catch(async () => desk.pipe.call('message.get', { id }))
  expect(sent).toMatchObject({ state: 'delivered' })
  expect(performance.now() - stopped).toBeGreaterThan(1900)
  expect(desk.agents.submissions()).toMatchObject([{ agent: 'Agent-1', text: 'excuse me' }])
  expect(await desk.agents.readInput('Mine')).toMatch(/^x*$/)
})
