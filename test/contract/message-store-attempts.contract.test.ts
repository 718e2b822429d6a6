import { describe, expect, test } from 'vitest'
import { messageDetailSchema } from '../../src/contract/message'
import { timings } from '../fakes/new-message'
import { storeKinds, useStore } from './store-kinds'

const failure = { code: 'text-mismatch', message: 'the text read back differs' } as const

describe.each(storeKinds)('an attempt: $name', (kind) => {
  const desk = useStore(kind)

  test('a delivered message tells its proof, its end and its attempt', async () => {
    const { id } = await desk.send()
    await desk.clock.advance(10)
    const { message, tries } = desk.store.begin(id)
    expect([message.state, message.attempts, tries]).toEqual(['delivering', 1, 1])
    expect(desk.store.get(id)?.attempts).toEqual([
      { start: message.createdAt.replace('.000Z', '.010Z'), outcome: 'running' },
    ])
    desk.store.markSubmitting(id)
    await desk.clock.advance(80)
    const done = desk.store.finish(id, { state: 'delivered', proof: 'read-back' }, timings)
    expect(done).toMatchObject({ state: 'delivered', proof: 'read-back', timings, attempts: 1 })
    expect(Date.parse(done.finishedAt ?? '')).toBe(desk.clock.now())
    const detail = messageDetailSchema.parse(desk.store.get(id))
    expect(detail.attempts).toMatchObject([{ outcome: 'delivered', timings, end: done.finishedAt }])
  })

  test('a failed attempt leaves the message queued with its reason, and the next one forgets the reason', async () => {
    const { id } = await desk.send()
    desk.store.begin(id)
    const queued = desk.store.finish(id, { state: 'queued', failure }, timings)
    expect(queued).toMatchObject({ state: 'queued', failure, attempts: 1 })
    expect(queued.finishedAt).toBeUndefined()
    const { message, tries } = desk.store.begin(id)
    expect([message.failure, message.attempts, tries]).toEqual([undefined, 2, 2])
    expect(desk.store.get(id)?.attempts.map(({ outcome }) => outcome)).toEqual([failure, 'running'])
  })

  test('what a command said stands with its own attempt, however that ended', async () => {
    const { id } = await desk.send()
    desk.store.begin(id)
    desk.store.finish(id, { state: 'failed', failure, output: 'no such\nthread' }, timings)
    desk.store.retry(id)
    desk.store.begin(id)
    desk.store.finish(id, { state: 'delivered', proof: 'accepted', output: 'queued as 4' }, timings)
    const { attempts } = messageDetailSchema.parse(desk.store.get(id))
    expect(attempts.map(({ output }) => output)).toEqual(['no such\nthread', 'queued as 4'])
  })

  test('what may be left of a text in an input is told with the reason, and forgotten with it', async () => {
    const left = { ...failure, left: true }
    const { id } = await desk.send()
    desk.store.begin(id)
    expect(desk.store.finish(id, { state: 'queued', failure: left }, timings).failure).toEqual(left)
    expect(desk.store.begin(id).message.failure).toBeUndefined()
    const gone = { ...failure, left: false }
    desk.store.finish(id, { state: 'failed', failure: gone }, timings)
    expect(desk.store.get(id)).toMatchObject({
      failure: gone,
      attempts: [{ outcome: left }, { outcome: gone }],
    })
    expect(desk.store.list({ limit: 1 }).messages[0]?.failure).toEqual(gone)
    desk.store.retry(id)
    desk.store.begin(id)
    desk.store.finish(id, { state: 'failed', failure }, timings)
    expect(messageDetailSchema.parse(desk.store.get(id)).failure).toEqual(failure)
  })

  test('what the program made of white space is told with the message', async () => {
    const { id } = await desk.send()
    desk.store.begin(id)
    const outcome = { state: 'delivered', proof: 'read-back', note: 'two blank lines became one' } as const
    expect(desk.store.finish(id, outcome, timings).note).toBe(outcome.note)
    expect(messageDetailSchema.parse(desk.store.get(id)).note).toBe(outcome.note)
  })

  test('what is put back counts no attempt', async () => {
    const { id } = await desk.send()
    desk.store.begin(id)
    desk.store.markSubmitting(id)
    expect(desk.store.putBack(id)).toMatchObject({ state: 'queued', attempts: 0 })
    expect(desk.store.get(id)?.attempts).toEqual([])
    expect(desk.store.begin(id).tries).toBe(1)
  })
})
