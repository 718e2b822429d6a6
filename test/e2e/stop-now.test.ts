import { beforeEach, expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// "Stop now" while a real window is being written in.

const soon = { timeout: 20_000, interval: 10 }

let desk: AgentsDesk<RunningApp>

beforeEach(async () => {
  // A slow window: there is time to stop between the paste and the submit key.
  const agents = [{ name: 'Agent-1', stallMs: 400 }]
  desk = await openAgentsDesk(startApp, { agents, args: ['--hidden'] })
  await calibrate(desk, 'Agent-1')
})

async function sendUntil(steps: RegExp): Promise<string> {
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text: 'stop me' })
  const step = async () => (await desk.pipe.call('queue.status', {})).delivering?.step
  await expect.poll(step, soon).toMatch(steps)
  return messages[0]?.id ?? ''
}

const stateOf = async (id: string) => (await desk.pipe.call('message.get', { id })).state

/** Stops a delivery between its paste and its submit key; one that was too quick for that is let go, and another is tried. */
async function stopHalfway(): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const id = await sendUntil(/paste|read-back/)
    expect(await desk.pipe.call('queue.pause', { now: true })).toMatchObject({ paused: true })
    const state = await stateOf(id)
    if (state === 'queued') return id
    expect([state, tries <= 20]).toEqual(['delivered', true])
    await desk.pipe.call('queue.resume', {})
  }
}

test('the message under way is queued again, what is pasted of it stays unsent in the window, and it goes whole and once later', async () => {
  const id = await stopHalfway()
  const before = desk.agents.submissions().length
  await expect.poll(() => desk.agents.readInput('Agent-1'), soon).toMatch(/^(stop me)?$/)
  await desk.agents.stall('Agent-1', 0)
  await desk.pipe.call('queue.resume', {})
  await desk.pipe.call('message.wait', { id, timeoutMs: 20_000 })
  const texts = desk.agents.submissions().map(({ text }) => text)
  expect(texts).toEqual(Array.from({ length: before + 1 }, () => 'stop me'))
})

test('the global shortcut stops it, whatever has the focus', async () => {
  // Over the input stands a question, so that the delivery cannot be over before the key.
  await desk.agents.dialog('Agent-1', true)
  const id = await sendUntil(/window|focus|paste/)
  xdotool('key', 'ctrl+alt+period')
  await expect.poll(() => stateOf(id), soon).toBe('queued')
  const { paused } = await desk.pipe.call('queue.status', {})
  expect(paused).toBe(true)
  expect((await desk.pipe.call('message.get', { id })).attempts).toEqual([])
})
