import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import { messageDetailSchema, messageSchema, type Message } from '../../src/contract/message'
import { countingIds } from '../fakes/memory-message-store'
import { newMessage, timings } from '../fakes/new-message'
import { codeOf, storeKinds, useStore, type StoreDesk } from './store-kinds'

const failure = { code: 'text-mismatch', message: 'the text read back differs' } as const
const unknownId = '00000000-0000-7000-8000-999999999999'

async function inDoubt({ store, send }: StoreDesk): Promise<Message> {
  const { id } = await send()
  store.begin(id)
  return store.finish(id, { state: 'in-doubt', failure }, timings)
}

describe.each(storeKinds)('what is inserted: $name', (kind) => {
  const desk = useStore(kind)

  test('what was inserted comes back whole, by the contract', async () => {
    const expiresAt = new Date(desk.clock.now() + 60_000).toISOString()
    const given = newMessage({
      text: 'héllo 🐝\n\tñ "quoted"',
      key: 'k',
      priority: 'low',
      submit: false,
      expiresAt,
    })
    const [inserted] = await desk.store.insert([given])
    expect(inserted?.isNew).toBe(true)
    expect(messageSchema.parse(inserted?.message)).toMatchObject({
      ...given,
      state: 'queued',
      attempts: 0,
      proof: null,
    })
    expect(messageDetailSchema.parse(desk.store.get(inserted?.message.id ?? ''))).toEqual({
      ...inserted?.message,
      attempts: [],
    })
  })

  test('a batch that cannot be stored is stored not at all, and fails nobody else', async () => {
    const ids = ['a', 'b', 'a', 'c', 'd']
    desk.replace(() => ids.shift() ?? 'none')
    const results = await Promise.allSettled([
      desk.store.insert([newMessage({ text: 'one' })]),
      desk.store.insert([newMessage({ text: 'two' }), newMessage({ text: 'clash' })]),
      desk.store.insert([newMessage({ text: 'three' })]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(desk.store.list({ limit: 10 }).messages.map(({ text }) => text)).toEqual(['three', 'one'])
  })

  test('an insert after closing is refused as shutting down', async () => {
    desk.store.close()
    await expect(desk.store.insert([newMessage()])).rejects.toMatchObject({ code: errorCodes.shuttingDown })
  })

  test('ids are as given', async () => {
    desk.replace(countingIds())
    expect((await desk.send()).id).toBe('00000000-0000-7000-8000-000000000001')
  })
})

describe.each(storeKinds)('an idempotency key: $name', (kind) => {
  const desk = useStore(kind)

  test('a known key returns the first message and stores nothing', async () => {
    const first = await desk.send({ key: 'k', text: 'one' })
    const again = await desk.store.insert([newMessage({ key: 'k', text: 'two' })])
    expect(again).toEqual([{ message: first, isNew: false }])
    expect(desk.store.list({ limit: 10 }).messages.map(({ text }) => text)).toEqual(['one'])
  })

  test('a key is its sender’s: sent again, to whomever, it returns all that was first sent with it', async () => {
    const first = await desk.store.insert([
      newMessage({ key: 'k', to: 'A' }),
      newMessage({ key: 'k', to: 'B' }),
    ])
    expect(first.map(({ isNew }) => isNew)).toEqual([true, true])
    const again = await desk.store.insert([newMessage({ key: 'k', to: 'C' })])
    expect(again).toEqual(first.map(({ message }) => ({ message, isNew: false })))
    expect(await desk.send({ key: 'k', from: 'other' })).toMatchObject({ from: 'other' })
    expect(desk.store.waiting()).toHaveLength(3)
  })

  test('two that send the same key at the same time share one message', async () => {
    const [[one], [two]] = await Promise.all([
      desk.store.insert([newMessage({ key: 'k' })]),
      desk.store.insert([newMessage({ key: 'k' })]),
    ])
    expect([one?.isNew, two?.isNew]).toEqual([true, false])
    expect(two?.message.id).toBe(one?.message.id)
  })

  test('a key is forgotten 24 h after its message', async () => {
    const first = await desk.send({ key: 'k' })
    await desk.clock.advance(86_400_000 - 1)
    expect(desk.store.sentBefore('script', 'k').map(({ id }) => id)).toEqual([first.id])
    await desk.clock.advance(1)
    expect(desk.store.sentBefore('script', 'k')).toEqual([])
    expect((await desk.send({ key: 'k' })).id).not.toBe(first.id)
  })
})

describe.each(storeKinds)('a change by hand: $name', (kind) => {
  const desk = useStore(kind)

  test('a retry by hand goes to the end of the line with its attempts kept and a fresh count of tries', async () => {
    const { id } = await desk.send({ text: 'first' })
    await desk.send({ text: 'second' })
    desk.store.begin(id)
    desk.store.finish(id, { state: 'failed', failure }, timings)
    const again = desk.store.retry(id)
    expect(again).toMatchObject({ state: 'queued', attempts: 1, proof: null })
    expect([again.failure, again.finishedAt]).toEqual([undefined, undefined])
    expect(desk.store.waiting().map((one) => one.id)).toEqual([
      desk.store.list({ limit: 1 }).messages[0]?.id,
      id,
    ])
    expect(desk.store.begin(id)).toMatchObject({ tries: 1, message: { attempts: 2 } })
  })

  test('a message in doubt is settled by who looked, without a proof', async () => {
    const first = await inDoubt(desk)
    expect(desk.store.resolve(first.id, 'delivered')).toMatchObject({ state: 'delivered', proof: null })
    expect(desk.store.get(first.id)?.failure).toBeUndefined()
    const second = await inDoubt(desk)
    expect(desk.store.resolve(second.id, 'failed')).toMatchObject({ state: 'failed', failure })
    expect(
      codeOf(() => desk.store.resolve(second.id, 'delivered')),
      'it is settled',
    ).toBe(errorCodes.wrongState)
  })

  test('a waiting message gets another priority and keeps its place in line', async () => {
    const { id } = await desk.send()
    const later = await desk.send()
    expect(desk.store.prioritize(id, 'urgent')).toMatchObject({ id, priority: 'urgent', state: 'queued' })
    expect(desk.store.waiting()).toMatchObject([{ id, priority: 'urgent' }, { id: later.id }])
  })

  test('only changes that a state allows are made, and an unknown id is named', async () => {
    const { id } = await desk.send()
    const whileQueued = [
      () => desk.store.markSubmitting(id),
      () => desk.store.finish(id, { state: 'delivered', proof: 'window' }, timings),
      () => desk.store.putBack(id),
      () => desk.store.retry(id),
      () => desk.store.resolve(id, 'failed'),
    ]
    expect(whileQueued.map(codeOf)).toEqual(whileQueued.map(() => errorCodes.wrongState))
    desk.store.begin(id)
    const whileDelivering = [
      () => desk.store.begin(id),
      () => desk.store.cancel(id),
      () => desk.store.prioritize(id, 'low'),
      () => desk.store.retry(id),
    ]
    expect(whileDelivering.map(codeOf)).toEqual(whileDelivering.map(() => errorCodes.wrongState))
    const unknown = [
      () => desk.store.begin(unknownId),
      () => desk.store.cancel(unknownId),
      () => desk.store.prioritize(unknownId, 'low'),
      () => desk.store.retry(unknownId),
    ]
    expect(unknown.map(codeOf)).toEqual(unknown.map(() => errorCodes.notFound))
    expect(desk.store.get(unknownId)).toBeUndefined()
    expect(desk.store.get(id)).toMatchObject({ state: 'delivering' })
    desk.store.finish(id, { state: 'delivered', proof: 'window' }, timings)
    const whenDelivered = [() => desk.store.begin(id), () => desk.store.retry(id)]
    expect(whenDelivered.map(codeOf)).toEqual(whenDelivered.map(() => errorCodes.wrongState))
  })
})

describe.each(storeKinds)('recovery after a crash: $name', (kind) => {
  const desk = useStore(kind)

  test('a delivery that a crash cut short is queued at its old place, or in doubt once it was marked', async () => {
    const unmarked = await desk.send({ text: 'unmarked' })
    const marked = await desk.send({ text: 'marked' })
    const later = await desk.send({ text: 'later' })
    for (const { id } of [unmarked, marked]) desk.store.begin(id)
    desk.store.markSubmitting(marked.id)
    const recovered = desk.store.recover()
    expect(recovered.map(({ text, state }) => [text, state])).toEqual([
      ['unmarked', 'queued'],
      ['marked', 'in-doubt'],
    ])
    expect(recovered[1]?.failure?.code).toBe('submit-unconfirmed')
    expect(desk.store.waiting().map(({ id }) => id)).toEqual([unmarked.id, later.id])
    expect(desk.store.get(unmarked.id)?.attempts).toMatchObject([{ outcome: { code: 'internal' } }])
    expect(desk.store.recover()).toEqual([])
  })

  test('an attempt that was put back, or failed, leaves no mark behind', async () => {
    for (const how of ['put back', 'failed']) {
      const { id } = await desk.send()
      desk.store.begin(id)
      desk.store.markSubmitting(id)
      if (how === 'put back') desk.store.putBack(id)
      else desk.store.finish(id, { state: 'queued', failure }, timings)
      desk.store.begin(id)
      expect(desk.store.recover(), how).toMatchObject([{ state: 'queued' }])
    }
  })
})

describe.each(storeKinds)('expiry: $name', (kind) => {
  const desk = useStore(kind)

  test('queued messages expire at their time, others never', async () => {
    const at = (ms: number) => new Date(desk.clock.now() + ms).toISOString()
    const soon = await desk.send({ expiresAt: at(100) })
    const later = await desk.send({ expiresAt: at(200) })
    const busy = await desk.send({ expiresAt: at(100) })
    await desk.send()
    desk.store.begin(busy.id)
    expect(desk.store.nextExpiry()).toBe(soon.expiresAt)
    await desk.clock.advance(99)
    expect(desk.store.expire()).toEqual([])
    await desk.clock.advance(1)
    expect(desk.store.expire()).toMatchObject([{ id: soon.id, state: 'expired' }])
    expect(desk.store.nextExpiry()).toBe(later.expiresAt)
    await desk.clock.advance(100)
    desk.store.expire()
    expect(desk.store.nextExpiry()).toBeUndefined()
    expect(desk.store.get(busy.id)?.state).toBe('delivering')
  })

  test('a retried message does not expire again at once, but keeps a time that is still to come', async () => {
    const past = await desk.send({ expiresAt: new Date(desk.clock.now() + 10).toISOString() })
    const future = await desk.send({ expiresAt: new Date(desk.clock.now() + 10_000).toISOString() })
    desk.store.cancel(future.id)
    await desk.clock.advance(10)
    desk.store.expire()
    expect(desk.store.retry(past.id).expiresAt).toBeUndefined()
    expect(desk.store.retry(future.id).expiresAt).toBe(future.expiresAt)
    expect(desk.store.expire()).toEqual([])
  })
})

describe.each(storeKinds)('pauses: $name', (kind) => {
  const desk = useStore(kind)

  test('pauses are kept by name', () => {
    desk.store.setPaused('Agent-1', true)
    desk.store.setPaused('Agent-1', true)
    desk.store.setPaused('*', true)
    expect(desk.store.paused()).toEqual(new Set(['*', 'Agent-1']))
    desk.store.setPaused('*', false)
    desk.store.setPaused('unknown', false)
    expect(desk.store.paused()).toEqual(new Set(['Agent-1']))
  })
})
