import { afterEach, beforeEach, expect, test } from 'vitest'
import { startAgents, type Agents } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { xdotool } from '../harness/xdotool'

// A person at the desk, by another process's mouse and keyboard.

let home: ReturnType<typeof temporaryHome>
let app: RunningApp
let agents: Agents
let waggle: PipeClient

beforeEach(async () => {
  home = temporaryHome()
  ;[agents, app] = await Promise.all([
    startAgents({ agents: [{ name: 'Agent-1' }, { name: 'Mine' }] }),
    startApp({ home: home.path, args: ['--hidden'] }),
  ])
  waggle = await openPipeClient(app.endpoint)
  const { input } = await agents.window('Agent-1')
  await waggle.call('agent.set', { name: 'Agent-1', at: input, window: '^Agent-1: chat$' })
})
afterEach(async () => {
  waggle.close()
  await Promise.all([app.stop(), agents.stop()])
  home.remove()
})

const whatItWaitsFor = async (id: string) => (await waggle.call('message.get', { id })).failure?.code

test.each([
  ['types', () => xdotool('key', 'x')],
  ['moves the mouse', () => xdotool('mousemove_relative', '--', '3', '2')],
])('nothing is delivered while a person %s, and all of it soon after', async (_, act) => {
  const [x, y] = (await agents.window('Mine')).input
  xdotool('mousemove', String(x), String(y), 'click', '1')
  const { messages } = await waggle.call('message.send', { to: 'Agent-1', text: 'excuse me', from: 'test' })
  const id = messages[0]?.id ?? ''
  const end = performance.now() + 4000
  while (performance.now() < end) {
    act()
    expect((await waggle.call('message.get', { id })).state).toBe('queued')
  }
  expect(await whatItWaitsFor(id)).toBe('user-active')
  expect((await waggle.call('queue.status', {})).perAgent['Agent-1']?.waitingFor?.message).toMatch(
    /You are using the desktop/,
  )
  const stopped = performance.now()
  const sent = await waggle
    .call('message.wait', { id, timeoutMs: 8000 })
    .catch(async () => waggle.call('message.get', { id }))
  expect(sent).toMatchObject({ state: 'delivered' })
  expect(performance.now() - stopped).toBeGreaterThan(1900)
  expect(agents.submissions()).toMatchObject([{ agent: 'Agent-1', text: 'excuse me' }])
  expect(await agents.readInput('Mine')).toMatch(/^x*$/)
})
