import { expect, test } from 'vitest'
import { seeded } from '../../demo/seeded'
import { isFinal } from '../../src/contract/message'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { startAgents } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'
import { forThisTest, homeForThisTest } from '../harness/desk'
import { pause } from '../harness/hostile'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { pressed } from '../harness/pressed'

// "Stop now" at any moment of a delivery, with the X server and the window's own log as the truth. STOP_ROUNDS and STOP_SEED
// try more of them; how long each took is printed, and no test.

const rounds = Number(process.env['STOP_ROUNDS'] ?? 60)
const seed = Number(process.env['STOP_SEED'] ?? 20_261_128)
const agent = 'Agent-1'
const nothing = { keys: [], buttons: false }
/** Deliveries here take some 60 ms, and what is given back afterwards some more. */
const LONGEST_MS = 120

async function desk() {
  const [home, random] = [homeForThisTest(), seeded(seed)]
  const windows = startAgents({ agents: [{ name: agent }], accessibility: true })
  const agents = await forThisTest(windows, async (one) => one.stop())
  const x = await forThisTest(connectX11(process.env['DISPLAY'] ?? ''), (one) => one.close())
  const { input } = await agents.window(agent)
  const start = async (): Promise<[RunningApp, PipeClient]> => {
    const app = await forThisTest(startApp({ home, args: ['--hidden'] }), async (one) => one.kill())
    const pipe = await openPipeClient(app.endpoint)
    await pipe.call('agent.set', { name: agent, at: input, window: `^${agent}: chat$` })
    await pipe.call('queue.resume', {})
    return [app, pipe]
  }
  return { agents, x, random, start }
}

test('stopped at any moment, all keys and buttons are let go before the answer, nothing is pressed or typed after it, and each message arrives once', async () => {
  const { agents, x, random, start } = await desk()
  const [, pipe] = await start()
  const took: number[] = []
  const steps = new Map<string, number>()
  let step = 'none'
  pipe.onEvent((event) => {
    if (event.type === 'queue') step = event.status.delivering?.step ?? 'none'
  })
  await pipe.call('events.subscribe', {})
  for (let round = 0; round < rounds; round += 1) {
    const { messages } = await pipe.call('message.send', { to: agent, text: `stopped ${round}` })
    await pause(random() * LONGEST_MS)
    steps.set(step, (steps.get(step) ?? 0) + 1)
    const from = performance.now()
    await pipe.call('queue.pause', { now: true })
    took.push(performance.now() - from)
    expect(await pressed(x)).toEqual(nothing)
    const id = messages[0]?.id ?? ''
    // Past its submit key it may still be looked at.
    const state = async () => (await pipe.call('message.get', { id })).state
    await expect.poll(state, { timeout: 10_000 }).toMatch(/^(queued|delivered)$/)
    await pause(100)
    const arrived = agents.submissions().filter(({ text }) => text === `stopped ${round}`).length
    expect([arrived, await pressed(x)]).toEqual([(await state()) === 'delivered' ? 1 : 0, nothing])
    await pipe.call('queue.resume', {})
    await pipe.call('message.wait', { id, timeoutMs: 20_000 })
  }
  const sent = Array.from({ length: rounds }, (_, round) => `stopped ${round}`)
  expect(agents.submissions().map(({ text }) => text)).toEqual(sent)
  const sorted = took.toSorted((a, b) => a - b).map(Math.round)
  const told = {
    p50: sorted[Math.floor(rounds / 2)],
    most: sorted.at(-1),
    stoppedAt: Object.fromEntries(steps),
  }
  process.stdout.write(`seed ${seed}, ms from the stop to its answer: ${JSON.stringify(told)}\n`)
}, 300_000)

test('killed while it stops, the next start lets go of every key and button, and each message arrives once or is in doubt', async () => {
  const { agents, x, random, start } = await desk()
  for (let round = 0; round < rounds / 4; round += 1) {
    const [app, pipe] = await start()
    await pipe.call('message.send', { to: agent, text: `killed ${round}` })
    await pause(random() * LONGEST_MS)
    pipe.call('queue.pause', { now: true }).catch(() => undefined)
    await pause(random() * 10)
    await app.kill()
    pipe.close()
    const [again, next] = await start()
    await expect.poll(async () => pressed(x)).toEqual(nothing)
    const open = async () => {
      const { messages } = await next.call('message.list', { limit: 100 })
      return messages.filter(({ state }) => !isFinal(state)).length
    }
    await expect.poll(open, { timeout: 30_000 }).toBe(0)
    const { messages } = await next.call('message.list', { states: ['in-doubt'], limit: 100 })
    const copies = agents.submissions().filter(({ text }) => text === `killed ${round}`).length
    expect(copies).toBeLessThanOrEqual(1)
    if (messages.length === 0) expect(copies).toBe(1)
    for (const { id } of messages) {
      await agents.setDraft(agent, '')
      await next.call('message.resolve', { id, as: copies > 0 ? 'delivered' : 'failed' })
    }
    next.close()
    await again.kill()
  }
}, 600_000)
