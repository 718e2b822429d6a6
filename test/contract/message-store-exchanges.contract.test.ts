import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import { newMessage } from '../fakes/new-message'
import { codeOf, storeKinds, useStore } from './store-kinds'

const TAKEN = { state: 'delivered', proof: 'taken' } as const

describe.each(storeKinds)('exchanges: $name', (kind) => {
  const desk = useStore(kind)

  test('a thread is the whole exchange, oldest first, from wherever it is asked for, and nothing else', async () => {
    const first = await desk.send({ text: 'question' })
    await desk.send({ text: 'something else' })
    const answer = await desk.send({ text: 'answer', replyTo: first.id, thread: first.id })
    const again = await desk.send({ text: 'again', replyTo: answer.id, thread: first.id })
    const texts = ['question', 'answer', 'again']
    for (const { id } of [first, answer, again])
      expect(desk.store.exchanges.thread(id).map(({ text }) => text)).toEqual(texts)
    expect(again).toMatchObject({ replyTo: answer.id, thread: first.id })
    expect(desk.store.exchanges.thread('00000000-0000-7000-8000-999999999999')).toEqual([])
  })

  test('the first answer is the one that came first; whom waiting answers are for is known', async () => {
    const { id } = await desk.send({ from: 'ci' })
    expect(desk.store.exchanges.firstReplyTo(id)).toBeUndefined()
    const one = await desk.send({ to: 'ci', text: 'one', replyTo: id, thread: id })
    await desk.send({ to: 'ci', text: 'two', replyTo: id, thread: id })
    expect(desk.store.exchanges.firstReplyTo(id)).toEqual(one)
    expect(desk.store.exchanges.answered()).toEqual(['ci'])
  })

  test('what was sent in one go to several belongs together, whichever is asked for; one alone, and an answer, do not', async () => {
    const alone = await desk.send()
    const inserted = await desk.store.insert(['A', 'B', 'C'].map((to) => newMessage({ to, key: 'k' })))
    const sent = inserted.map(({ message }) => message)
    const [first, , last] = sent
    const answer = await desk.send({ replyTo: first?.id ?? '', thread: first?.id ?? '' })
    for (const { id, together } of sent) {
      expect(together).toBe(first?.id)
      expect(desk.store.exchanges.sentTogether(id)).toEqual(sent)
    }
    expect(desk.store.get(last?.id ?? '')).toMatchObject({ together: first?.id })
    expect([alone.together, answer.together]).toEqual([undefined, undefined])
    expect(desk.store.exchanges.sentTogether(alone.id)).toEqual([alone])
    expect(desk.store.exchanges.sentTogether('00000000-0000-7000-8000-999999999999')).toEqual([])
    const again = await desk.store.insert([newMessage({ to: 'D', key: 'k' })])
    expect(again.map(({ message }) => message)).toEqual(sent)
  })

  test('what is typed is kept beside the text, made with the id that the message has', async () => {
    const { id } = await desk.send({ text: 'hello', dress: (message) => `${message.id}: ${message.text}` })
    expect(desk.store.get(id)).toMatchObject({ text: 'hello', sentText: `${id}: hello` })
  })

  test('what was handed out and is settled is delivered, each with an attempt of its own', async () => {
    const ids = [(await desk.send()).id, (await desk.send()).id]
    await desk.clock.advance(700)
    expect(desk.store.handOut(ids).map(({ state }) => state)).toEqual(['delivering', 'delivering'])
    expect(desk.store.settle(ids, TAKEN)).toMatchObject([
      { state: 'delivered', proof: 'taken', timings: { waitMs: 700, deliveryMs: 0 } },
      { state: 'delivered', proof: 'taken' },
    ])
    expect(desk.store.get(ids[0] ?? '')?.attempts).toMatchObject([{ outcome: 'delivered' }])
  })

  test('what was handed out and never settled is in doubt, and what was put back waits again', async () => {
    const [one, two] = [(await desk.send()).id, (await desk.send()).id]
    desk.store.handOut([one, two])
    desk.store.putBack(two)
    expect(desk.store.recover()).toMatchObject([{ id: one, state: 'in-doubt' }])
    expect(desk.store.get(two)).toMatchObject({ state: 'queued', attempts: [] })
  })

  test('nothing is handed out twice', async () => {
    const { id } = await desk.send()
    desk.store.handOut([id])
    expect(codeOf(() => desk.store.handOut([id]))).toBe(errorCodes.wrongState)
  })
})
