import { beforeEach, expect, test } from 'vitest'
import { queueStatusSchema } from '../../src/contract/operations'
import type { Message } from '../../src/contract/message'
import type { NewMessage } from '../../src/main/queue/message-store'
import type { QueueEvent } from '../../src/main/queue/announcer'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { Queue } from '../../src/main/queue/queue'
import { FakeClock } from '../fakes/fake-clock'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage, timings } from '../fakes/new-message'

const missing = { code: 'window-missing', message: 'there is no such window' } as const
let clock: FakeClock
let queue: Queue

beforeEach(() => {
  clock = new FakeClock()
  queue = createQueue({ store: new MemoryMessageStore({ clock }), clock, limit: 5 })
})

async function send(values: Partial<NewMessage> = {}): Promise<Message> {
  const [message] = await queue.send([newMessage(values)])
  if (!message) throw new Error('nothing came back')
  return message
}

function heard(): QueueEvent[] {
  const events: QueueEvent[] = []
  queue.subscribe((event) => events.push(event))
  return events
}

// What is told of those that wait and those that are delivered.

test('the reason why an agent waits shows in its messages and in the status, and is told only when it changes', async () => {
  const { id } = await send()
  const events = heard()
  queue.setWaiting('Agent-1', missing)
  await clock.advance(100)
  for (let n = 0; n < 10; n++) queue.setWaiting('Agent-1', { ...missing })
  await clock.advance(100)
  expect(events).toMatchObject([
    { type: 'queue', status: { perAgent: { 'Agent-1': { waitingFor: missing } } } },
  ])
  expect(queue.get(id)?.failure).toEqual(missing)
  expect(queue.list({ limit: 1 }).messages[0]?.failure).toEqual(missing)
  queue.setWaiting('Agent-1', undefined)
  expect(queue.get(id)?.failure).toBeUndefined()
})

test('while all or one is paused each waiting message says so, and not what it waited for when that began', async () => {
  const { id } = await send()
  queue.setWaiting('Agent-1', missing)
  const reasons = () => [queue.get(id)?.failure?.code, queue.status().perAgent['Agent-1']?.waitingFor?.code]
  queue.pause()
  expect(reasons()).toEqual(['paused', undefined])
  expect(queue.get(id)?.failure?.message).toContain('waggle resume')
  queue.resume()
  expect(reasons()).toEqual(['window-missing', 'window-missing'])
  queue.pause('Agent-1')
  expect(reasons()).toEqual(['paused', undefined])
  expect(queue.get(id)?.failure?.message).toContain('Agent-1 is paused')
})

test('a reason for many shows at each of them that has something waiting and no reason of its own', async () => {
  for (const to of ['A', 'B', 'C']) await send({ to })
  queue.setWaiting('B', missing)
  const timeout = { code: 'lock-timeout', message: 'another program holds the desktop' } as const
  queue.setAllWaiting(timeout, (agent) => agent !== 'C')
  const { A, B, C } = queue.status().perAgent
  expect([A?.waitingFor, B?.waitingFor, C?.waitingFor]).toEqual([timeout, missing, undefined])
  queue.setAllWaiting(undefined, () => true)
  expect(queue.status().perAgent['A']?.waitingFor).toBeUndefined()
})

test('the status is by the contract and tells what is being delivered, step by step', async () => {
  const { id } = await send({ to: 'A', from: 'me' })
  await send({ to: 'B' })
  queue.begin(id)
  queue.step(id, 'paste')
  expect(queueStatusSchema.parse(queue.status())).toEqual({
    paused: false,
    depth: 1,
    delivering: { id, to: 'A', from: 'me', step: 'paste', since: new Date(clock.now()).toISOString() },
    perAgent: { B: { depth: 1, paused: false } },
  })
  queue.finish(id, { state: 'delivered', proof: 'window' }, timings)
  expect(queue.status().delivering).toBeUndefined()
})

test('of several that are delivered the status shows the one that has the desktop, else the oldest', async () => {
  const ids = []
  for (const to of ['A', 'B', 'C']) ids.push((await send({ to })).id)
  for (const id of ids) queue.begin(id)
  const shown = () => queue.status().delivering
  expect(shown()).toMatchObject({ id: ids[0], step: 'turn' })
  queue.hasDesktop(ids[1])
  queue.step(ids[1] ?? '', 'paste')
  queue.step(ids[0] ?? '', 'submit')
  expect(queueStatusSchema.parse(queue.status()).delivering).toMatchObject({
    id: ids[1],
    step: 'paste',
    desktop: true,
  })
  queue.putBack(ids[1] ?? '')
  expect(shown()).toMatchObject({ id: ids[0], step: 'submit' })
  expect(shown()?.desktop).toBeUndefined()
  queue.finish(ids[0] ?? '', { state: 'delivered', proof: 'accepted' }, timings)
  expect(shown()).toMatchObject({ id: ids[2] })
})
