import { beforeEach, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Message } from '../../src/contract/message'
import type { NewMessage } from '../../src/main/queue/message-store'
import type { QueueEvent } from '../../src/main/queue/announcer'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { Queue } from '../../src/main/queue/queue'
import { FakeClock, settle } from '../fakes/fake-clock'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage, timings } from '../fakes/new-message'

const nobody = () => false
const missing = { code: 'window-missing', message: 'there is no such window' } as const
let clock: FakeClock
let store: MemoryMessageStore
let queue: Queue

beforeEach(() => {
  clock = new FakeClock()
  store = new MemoryMessageStore({ clock })
  queue = createQueue({ store, clock, limit: 5 })
})

async function send(values: Partial<NewMessage> = {}): Promise<Message> {
  const [message] = await queue.send([newMessage(values)])
  if (!message) throw new Error('nothing came back')
  return message
}

function deliver(): string | undefined {
  const next = queue.next(nobody)
  if (!next) return undefined
  queue.begin(next.id)
  return queue.finish(next.id, { state: 'delivered', proof: 'read-back' }, timings).text
}

function heard(): QueueEvent[] {
  const events: QueueEvent[] = []
  queue.subscribe((event) => events.push(event))
  return events
}

test('urgent goes before normal before low, then first come, first served', async () => {
  await send({ text: 'low', priority: 'low' })
  await send({ text: 'one' })
  await send({ text: 'two' })
  await send({ text: 'urgent', priority: 'urgent' })
  expect([deliver(), deliver(), deliver(), deliver(), deliver()]).toEqual([
    'urgent',
    'one',
    'two',
    'low',
    undefined,
  ])
})

test('a sender that comes again after its message was delivered goes behind those who have waited since', async () => {
  await send({ text: 'a1', from: 'a' })
  deliver()
  for (const text of ['b1', 'c1', 'b2', 'c2']) await send({ text, from: text.slice(0, 1) })
  deliver()
  deliver()
  await send({ text: 'a2', from: 'a' })
  expect([deliver(), deliver(), deliver()]).toEqual(['b2', 'a2', 'c2'])
})

const lineOf = (filter: object = {}) => {
  const { messages, line } = queue.line({ limit: 10, ...filter })
  return [messages.map(({ text }) => text).join(' '), line.total, line.held]
}

test('the line shows who goes next, senders in turn, and holds what cannot go now at its end', async () => {
  for (const text of ['a1', 'a2', 'b1', 'c1']) await send({ text, from: text.slice(0, 1) })
  await send({ text: 'd1', from: 'd', to: 'Agent-2', priority: 'urgent' })
  expect(lineOf()).toEqual(['d1 a1 b1 c1 a2', 5, 0])
  expect(lineOf({ skip: 1, limit: 2 })).toEqual(['a1 b1', 5, 0])
  expect(lineOf({ from: 'a' })).toEqual(['a1 a2', 2, 0])
  queue.setWaiting('Agent-2', missing)
  expect(lineOf()).toEqual(['a1 b1 c1 a2 d1', 5, 1])
  expect(queue.line({ limit: 5 }).messages.at(-1)?.failure).toEqual(missing)
  queue.setWaiting('Agent-2', undefined)
  queue.pause('Agent-1')
  expect(lineOf()).toEqual(['d1 a1 b1 c1 a2', 5, 4])
  expect(lineOf({ to: 'Agent-2' })).toEqual(['d1', 1, 0])
  queue.resume('Agent-1')
  deliver()
  deliver()
  expect(lineOf()).toEqual(['b1 c1 a2', 3, 0])
})

test('a message made urgent goes before the others, is told, and wakes the courier', async () => {
  await send({ text: 'first' })
  const { id } = await send({ text: 'second' })
  const events = heard()
  let woken = 0
  const change = queue.changed().then(() => (woken += 1))
  expect(queue.prioritize(id, 'urgent').priority).toBe('urgent')
  await change
  expect(woken).toBe(1)
  expect(events).toMatchObject([{ type: 'message', message: { id, priority: 'urgent' } }])
  expect([deliver(), deliver()]).toEqual(['second', 'first'])
  expect(() => queue.prioritize(id, 'low')).toThrow(/only while it is queued/)
})

test('a full queue refuses the whole batch and says when to come back, counting those on their way to the disk', async () => {
  const sends = [3, 2, 1].map((count) => queue.send(Array.from({ length: count }, () => newMessage())))
  const results = await Promise.allSettled(sends)
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(results[2]).toMatchObject({ reason: { code: errorCodes.queueFull, data: { retryAfterMs: 200 } } })
  deliver()
  await expect(queue.send([newMessage(), newMessage()])).rejects.toMatchObject({ code: errorCodes.queueFull })
  expect(queue.status().depth).toBe(4)
  await expect(send()).resolves.toBeDefined()
})

test('a message sent before by its key is answered even when the queue is full', async () => {
  const first = await send({ key: 'k' })
  await queue.send(Array.from({ length: 4 }, () => newMessage()))
  expect(await send({ key: 'k' })).toEqual(first)
  expect(queue.status().depth).toBe(5)
})

test('room taken by a batch that could not be stored is free again', async () => {
  store.insert = () => Promise.reject(new Error('disk full'))
  await expect(queue.send(Array.from({ length: 5 }, () => newMessage()))).rejects.toThrow('disk full')
  store = new MemoryMessageStore({ clock })
  queue = createQueue({ store, clock, limit: 5 })
  await expect(queue.send(Array.from({ length: 5 }, () => newMessage()))).resolves.toHaveLength(5)
})

test('pauses hold back one agent or all, outlive a restart, and what comes in still queues', async () => {
  queue.pause('Agent-1')
  await send({ text: 'one', to: 'Agent-1' })
  await send({ text: 'two', to: 'Agent-2' })
  expect(deliver()).toBe('two')
  expect(deliver()).toBeUndefined()
  queue.pause()
  queue = createQueue({ store, clock, limit: 5 })
  expect(queue.status()).toMatchObject({ paused: true, perAgent: { 'Agent-1': { depth: 1, paused: true } } })
  queue.resume('Agent-1')
  expect(deliver()).toBeUndefined()
  queue.resume()
  expect(deliver()).toBe('one')
})

test('every change of a message is told, the status at most every 50 ms and never late for good', async () => {
  const events = heard()
  const { id } = await send()
  await clock.advance(0)
  queue.begin(id)
  queue.finish(id, { state: 'delivered', proof: 'read-back' }, timings)
  await clock.advance(49)
  const states = events.flatMap((event) => (event.type === 'message' ? [event.message.state] : []))
  expect(states).toEqual(['queued', 'delivering', 'delivered'])
  expect(events.filter(({ type }) => type === 'queue')).toHaveLength(1)
  await clock.advance(1)
  const statuses = events.filter((event) => event.type === 'queue')
  expect(statuses.map(({ status }) => status.depth)).toEqual([1, 0])
})

test('a subscriber that throws or leaves does not keep the others from hearing', async () => {
  const leave = queue.subscribe(() => {
    throw new Error('mine alone')
  })
  const events = heard()
  await send()
  leave()
  await send()
  expect(events.filter(({ type }) => type === 'message')).toHaveLength(2)
})

test('messages expire by themselves at their time, also when the wall clock jumps over it', async () => {
  const events = heard()
  const at = (ms: number) => new Date(clock.now() + ms).toISOString()
  const first = await send({ expiresAt: at(1000) })
  const second = await send({ expiresAt: at(3_600_000) })
  await clock.advance(999)
  expect(queue.get(first.id)?.state).toBe('queued')
  await clock.advance(1)
  expect(queue.get(first.id)?.state).toBe('expired')
  clock.setWall(clock.now() + 7_200_000)
  expect(queue.next(nobody)).toBeUndefined()
  expect(queue.get(second.id)?.state).toBe('expired')
  const expired = events.filter((event) => event.type === 'message' && event.message.state === 'expired')
  expect(expired).toHaveLength(2)
})

test('what was queued before a restart expires at its time after it', async () => {
  const { id } = await send({ expiresAt: new Date(clock.now() + 1000).toISOString() })
  queue.close()
  const again = createQueue({ store, clock, limit: 5 })
  await clock.advance(1000)
  expect(again.get(id)?.state).toBe('expired')
})

test('a message whose time came during its delivery expires when it has to go back', async () => {
  const { id } = await send({ expiresAt: new Date(clock.now() + 100).toISOString() })
  queue.begin(id)
  await clock.advance(200)
  queue.putBack(id)
  await clock.advance(0)
  expect(queue.get(id)?.state).toBe('expired')
  expect(queue.status().depth).toBe(0)
})

test('waiting for the end of a message ends with it, or in time, or by the signal', async () => {
  const { id } = await send()
  const done = queue.waitFinal(id, undefined)
  const tooLong = expect(queue.waitFinal(id, 50)).rejects.toMatchObject({ code: errorCodes.timedOut })
  const abort = new AbortController()
  const aborted = expect(queue.waitFinal(id, undefined, abort.signal)).rejects.toThrow('gone')
  abort.abort(new Error('gone'))
  await clock.advance(50)
  await tooLong
  await aborted
  queue.cancel(id)
  expect(await done).toMatchObject({ id, state: 'cancelled' })
  expect(await queue.waitFinal(id, 0)).toMatchObject({ state: 'cancelled', attempts: 0 })
  await expect(queue.waitFinal('nobody', 0)).rejects.toMatchObject({ code: errorCodes.notFound })
  expect(clock.pending).toBe(0)
})

test('whoever waits for a change hears of what may let a message go', async () => {
  let woken = 0
  const listen = () => void queue.changed().then(() => (woken += 1))
  const doubtful = await send()
  queue.begin(doubtful.id)
  queue.finish(doubtful.id, { state: 'in-doubt', failure: missing }, timings)
  const { id } = await send()
  const changes = [
    async () => void (await send()),
    async () => queue.resume(),
    async () => {
      queue.begin(id)
      queue.putBack(id)
    },
    async () => {
      queue.cancel(id)
      queue.retry(id)
    },
    async () => void queue.cancel(id),
    async () => void queue.resolve(doubtful.id, 'failed'),
  ]
  for (const [index, change] of changes.entries()) {
    listen()
    await change()
    await settle()
    expect(woken).toBe(index + 1)
  }
})

test('what was in delivery when the app ended is put right before anything else', async () => {
  const { id } = await send()
  const doubtful = await send()
  queue.begin(id)
  queue.begin(doubtful.id)
  queue.markSubmitting(doubtful.id)
  queue = createQueue({ store, clock, limit: 5 })
  expect(queue.next(nobody)?.id).toBe(id)
  expect(queue.get(doubtful.id)).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
})

test('a closed queue lets go of all who wait and takes nothing more', async () => {
  const { id } = await send({ expiresAt: new Date(clock.now() + 1000).toISOString() })
  const waiting = expect(queue.waitFinal(id, 1000)).rejects.toMatchObject({ code: errorCodes.shuttingDown })
  queue.close()
  await waiting
  await expect(send()).rejects.toMatchObject({ code: errorCodes.shuttingDown })
  expect(queue.next(nobody)).toBeUndefined()
  expect(clock.pending).toBe(0)
})
