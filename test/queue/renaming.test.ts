import { beforeEach, expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import type { NewMessage } from '../../src/main/queue/message-store'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { Queue } from '../../src/main/queue/queue'
import { FakeClock, settle } from '../fakes/fake-clock'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage, timings } from '../fakes/new-message'

const nobody = () => false
let store: MemoryMessageStore
let queue: Queue

beforeEach(() => {
  const clock = new FakeClock()
  store = new MemoryMessageStore({ clock })
  queue = createQueue({ store, clock, limit: 50 })
})

async function send(values: Partial<NewMessage>): Promise<Message> {
  const [message] = await queue.send([newMessage(values)])
  if (!message) throw new Error('nothing came back')
  return message
}

function deliverAll(): string[] {
  const gone: string[] = []
  for (let next = queue.next(nobody); next; next = queue.next(nobody)) {
    queue.begin(next.id)
    const { to, text } = queue.finish(next.id, { state: 'delivered', proof: 'read-back' }, timings)
    gone.push(`${to}: ${text}`)
  }
  return gone
}

test('messages that wait for a renamed agent go to its new name, each at its old place', async () => {
  await send({ to: 'Agent-1', text: 'one' })
  await send({ to: 'Agent-2', text: 'two' })
  await send({ to: 'Agent-1', text: 'three' })
  await send({ to: 'Reviewer', text: 'four' })
  await send({ to: 'Agent-1', text: 'urgent', priority: 'urgent' })
  queue.rename('Agent-1', 'Reviewer')
  expect(queue.status().perAgent).toMatchObject({ Reviewer: { depth: 4 }, 'Agent-2': { depth: 1 } })
  expect(queue.status().perAgent).not.toHaveProperty('Agent-1')
  expect(deliverAll()).toEqual([
    'Reviewer: urgent',
    'Reviewer: one',
    'Agent-2: two',
    'Reviewer: three',
    'Reviewer: four',
  ])
})

test('a renamed agent stays paused, also after a restart, and its old name is not', async () => {
  await send({ to: 'Agent-1' })
  queue.pause('Agent-1')
  queue.rename('Agent-1', 'Reviewer')
  expect(queue.next(nobody)).toBeUndefined()
  expect(store.paused()).toEqual(new Set(['Reviewer']))
})

test('a message cancelled after the renaming has left the line', async () => {
  const { id } = await send({ to: 'Agent-1' })
  queue.rename('Agent-1', 'Reviewer')
  queue.cancel(id)
  expect(queue.status()).toMatchObject({ depth: 0, perAgent: {} })
  expect(deliverAll()).toEqual([])
})

test('those who follow hear of each waiting message under its new name, and the courier of the change', async () => {
  const { id } = await send({ to: 'Agent-1' })
  const heard: string[] = []
  queue.subscribe(
    (event) => event.type === 'message' && heard.push(`${event.message.id} ${event.message.to}`),
  )
  const changed = queue.changed()
  queue.rename('Agent-1', 'Reviewer')
  await changed
  expect(heard).toEqual([`${id} Reviewer`])
})

test('an agent is not renamed while a message is on its way to it, nor while one is on its way to the disk', async () => {
  const { id } = await send({ to: 'Agent-1' })
  queue.begin(id)
  expect(() => queue.rename('Agent-1', 'Reviewer')).toThrow(expect.objectContaining({ code: 1004 }))
  queue.putBack(id)
  const sending = send({ to: 'Agent-1' })
  expect(() => queue.rename('Agent-1', 'Reviewer')).toThrow(expect.objectContaining({ code: 1004 }))
  await sending
  await settle()
  queue.rename('Agent-1', 'Reviewer')
  expect(deliverAll()).toHaveLength(2)
})
