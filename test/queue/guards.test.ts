import { beforeEach, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Message } from '../../src/contract/message'
import { createQueue } from '../../src/main/queue/fair-queue'
import { createInboxes } from '../../src/main/queue/inboxes'
import type { NewMessage } from '../../src/main/queue/message-store'
import type { Queue } from '../../src/main/queue/queue'
import { FakeClock } from '../fakes/fake-clock'
import { FakeRoster } from '../fakes/fake-roster'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage } from '../fakes/new-message'

let clock: FakeClock
let store: MemoryMessageStore
let queue: Queue
let limits: { perMinute: number; answers: number }

const open = () =>
  createQueue({
    store,
    clock,
    limit: 10_000,
    inboxes: createInboxes(new FakeRoster('A', 'B', 'C')),
    guards: () => limits,
  })

beforeEach(() => {
  clock = new FakeClock()
  store = new MemoryMessageStore({ clock })
  limits = { perMinute: 3, answers: 4 }
  queue = open()
})

async function send(values: Partial<NewMessage> = {}): Promise<Message> {
  const [message] = await queue.send([newMessage({ from: 'A', to: 'B', ...values })])
  if (!message) throw new Error('nothing was sent')
  return message
}

/** What the courier is offered, and takes. */
function taken(): string[] {
  const texts: string[] = []
  for (let next = queue.next(() => false); next; next = queue.next(() => false)) {
    queue.begin(next.id)
    const { text } = queue.finish(
      next.id,
      { state: 'delivered', proof: 'read-back' },
      { waitMs: 0, deliveryMs: 1, steps: [] },
    )
    texts.push(text)
  }
  return texts
}

test('more than so many of one agent within a minute are held, said why, and let go in their order', async () => {
  for (const text of ['1', '2', '3']) expect((await send({ text })).failure).toBeUndefined()
  expect(await send({ text: '4' })).toMatchObject({
    state: 'queued',
    failure: { code: 'held', message: expect.stringContaining('waggle resume A') as unknown },
  })
  await send({ text: '5', to: 'C' })
  await send({ text: 'of another', from: 'C' })
  expect(taken()).toEqual(['1', 'of another', '2', '3'])
  expect(queue.status()).toMatchObject({ depth: 0, held: [{ from: 'A', count: 2 }] })
  queue.resume('A')
  expect(taken()).toEqual(['4', '5'])
  expect(queue.status().held).toBeUndefined()
  expect((await send({ text: '6' })).failure).toBeUndefined()
})

test('so many in a longer time are not held, nor are those of a script', async () => {
  for (let n = 0; n < 10; n++) {
    expect((await send()).failure).toBeUndefined()
    expect((await send({ from: 'ci' })).failure).toBeUndefined()
    await clock.advance(20_001)
  }
})

test('two who answer each other for ever are stopped, and nobody else', async () => {
  limits = { perMinute: 0, answers: 4 }
  let last = await send({ text: 'question' })
  const thread = last.id
  for (let n = 1; n <= 6; n++) {
    const [from, to] = n % 2 === 1 ? ['B', 'A'] : ['A', 'B']
    last = await send({ text: `answer ${n}`, from, to, replyTo: last.id, thread })
    // However slowly: models take their time.
    await clock.advance(30_000)
  }
  expect(taken()).toEqual(['question', 'answer 1', 'answer 2', 'answer 3', 'answer 4'])
  const other = await send({ text: 'another question' })
  await send({ text: 'its answer', from: 'B', to: 'A', replyTo: other.id, thread: other.id })
  expect(taken().toSorted()).toEqual(['another question', 'its answer'])
  expect(queue.status().held).toMatchObject([{ from: 'B', to: 'A', count: 2 }])
  queue.resume()
  expect(taken().toSorted()).toEqual(['answer 5', 'answer 6'])
})

test('nothing that is held is lost: not by a restart, and it can be cancelled', async () => {
  for (const text of ['1', '2', '3', '4', '5']) await send({ text })
  const [five] = queue.list({ limit: 1 }).messages
  queue.cancel(five?.id ?? '')
  expect(queue.status().held).toMatchObject([{ count: 1 }])
  queue.close()
  queue = open()
  expect(taken()).toEqual(['1', '2', '3', '4'])
})

test('a loop that nobody stops is refused in the end, as to be tried later', async () => {
  for (let n = 0; n < 103; n++) await send()
  await expect(send()).rejects.toMatchObject({ code: errorCodes.refused })
  expect(await send({ from: 'B', to: 'A' })).toMatchObject({ state: 'queued' })
})

test('the same text to the same agent within a minute is told, and goes all the same', async () => {
  const first = await send({ text: 'again' })
  expect((await send({ text: 'again', to: 'C' })).repeats).toBeUndefined()
  expect(await send({ text: 'again' })).toMatchObject({ state: 'queued', repeats: first.id })
  await clock.advance(60_000)
  expect((await send({ text: 'again' })).repeats).toBeUndefined()
})
