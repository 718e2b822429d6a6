import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import { cleanUp, openWire, readEndpoint } from '../process/programs'
import { startHeadless } from '../process/headless-waggle'
import { ask, buildWays, endAll, ended, send, show, until, wrapPlace } from '../process/terminals'

// Sixteen agents under `waggle wrap`, a thousand messages of sixteen senders, and no display at all.

const AGENTS = 16
const SENDERS = 16
const MESSAGES = 1000

beforeAll(buildWays)
afterEach(endAll)
afterAll(cleanUp)

test('each of a thousand messages is one prompt of its agent, in its sender’s order, and the desktop is never taken', async () => {
  const server = await startHeadless()
  const agents = await Promise.all(Array.from({ length: AGENTS }, () => wrapPlace.start(server, 'claude')))
  // Known, and idle, before the clock starts.
  for (const { name } of agents) await ended(server, await send(server, name, 'are you there?'))
  const sent: { to: string; from: string; text: string }[] = []
  const wire = await openWire(readEndpoint(server.home).path)
  for (let number = 0; number < MESSAGES; number++) {
    const to = agents[(number * 7 + Math.floor(number / AGENTS)) % AGENTS]?.name ?? ''
    const message = { to, from: `sender-${number % SENDERS}`, text: `message ${number}.` }
    sent.push(message)
    await wire.ask('message.send', message)
  }
  const isDone = async () => {
    const { depth, delivering } = await ask(server, 'queue.status', {})
    return depth === 0 && delivering === undefined
  }
  await until(isDone, 150_000)
  for (const { name, log } of agents) {
    const own = sent.filter(({ to }) => to === name)
    const prompts = log.prompts().slice(1)
    expect(prompts.toSorted(), name).toEqual(own.map(({ text }) => text).toSorted())
    for (let sender = 0; sender < SENDERS; sender++) {
      const texts = own.filter(({ from }) => from === `sender-${sender}`).map(({ text }) => text)
      expect(prompts.filter((text) => texts.includes(text))).toEqual(texts)
    }
  }
  const { messages } = (await ask(server, 'message.list', { limit: 1000 })) as { messages: Message[] }
  expect(messages.every(({ state, proof }) => state === 'delivered' && proof === 'prompt')).toBe(true)
  expect(
    messages.flatMap(({ timings }) => timings?.steps ?? []).filter(({ step }) => step === 'turn'),
  ).toEqual([])
  wire.socket.destroy()
  await tellPace(server, agents[0]?.name ?? '')
  await server.stop()
}, 240_000)

/** How long an idle agent's message takes, said and not tested: this machine may be busy with anything. */
async function tellPace(server: Parameters<typeof send>[0], name: string): Promise<void> {
  const took: number[] = []
  for (let count = 0; count < 15; count++) {
    const id = await send(server, name, `alone ${count}`)
    await ended(server, id)
    const { createdAt, finishedAt } = (await show(server, id)) as unknown as Message
    took.push(Date.parse(finishedAt ?? '') - Date.parse(createdAt))
  }
  const [p50] = took.toSorted((a, b) => a - b).slice(Math.floor(took.length / 2))
  process.stdout.write(
    `  an idle agent's message: ${p50} ms from send to delivered (p50 of ${took.length})\n`,
  )
}
