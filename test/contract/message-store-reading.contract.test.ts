import { array, assert, integer, oneof, property, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import { timings } from '../fakes/new-message'
import { codeOf, storeKinds, useStore } from './store-kinds'

/** Any code points at all, lone surrogates and NULs among them. */
const anyText = array(integer({ min: 0, max: 0x10ffff }), { maxLength: 12 }).map((codes) =>
  String.fromCodePoint(...codes),
)

describe.each(storeKinds)('a list of messages: $name', (kind) => {
  const desk = useStore(kind)

  test('pages newest first to the end, unmoved by messages that come in meanwhile', async () => {
    for (let n = 0; n < 5; n++) await desk.send({ text: `text ${n}` })
    const first = desk.store.list({ limit: 2 })
    await desk.send({ text: 'newer' })
    const second = desk.store.list({ limit: 2, ...(first.next !== undefined && { before: first.next }) })
    const third = desk.store.list({ limit: 2, ...(second.next !== undefined && { before: second.next }) })
    const texts = [first, second, third].flatMap(({ messages }) => messages.map(({ text }) => text))
    expect(texts).toEqual(['text 4', 'text 3', 'text 2', 'text 1', 'text 0'])
    expect(third.next).toBeUndefined()
  })

  test('a page that is just full has no next one', async () => {
    await desk.send()
    await desk.send()
    expect(desk.store.list({ limit: 2 }).next).toBeUndefined()
  })

  test('filters by states, recipient, sender and text, alone and together', async () => {
    const cancelled = await desk.send({ to: 'A', from: 'x', text: 'alpha beta' })
    await desk.send({ to: 'A', from: 'y', text: 'alpha gamma' })
    await desk.send({ to: 'B', from: 'x', text: 'Gamma delta' })
    desk.store.cancel(cancelled.id)
    const texts = (filter: object) =>
      desk.store.list({ limit: 10, ...filter }).messages.map(({ text }) => text)
    expect(texts({ states: ['cancelled'] })).toEqual(['alpha beta'])
    expect(texts({ states: ['queued', 'cancelled'] })).toEqual(['Gamma delta', 'alpha gamma', 'alpha beta'])
    expect(texts({ to: 'A' })).toEqual(['alpha gamma', 'alpha beta'])
    expect(texts({ from: 'x' })).toEqual(['Gamma delta', 'alpha beta'])
    expect(texts({ to: 'A', from: 'x', states: ['queued'] })).toEqual([])
    expect(texts({ text: 'gam' })).toEqual(['Gamma delta', 'alpha gamma'])
    expect(texts({ text: 'gam al' })).toEqual(['alpha gamma'])
    expect(texts({ text: 'gam', to: 'B', states: ['queued'] })).toEqual(['Gamma delta'])
    expect(texts({ text: 'g' })).toEqual([])
    expect(texts({ text: '  ' })).toHaveLength(3)
  })

  test('a made-up cursor is refused as bad input', () => {
    for (const before of ['nonsense', '{}', 'NaN', 'm1x']) {
      expect(codeOf(() => desk.store.list({ limit: 1, before }))).toBe(errorCodes.invalidParams)
    }
  })
})

describe.each(storeKinds)('a search: $name', (kind) => {
  const desk = useStore(kind)

  test('finds words whatever their case and accents', async () => {
    await desk.send({ text: 'Größe über-Öl' })
    expect(desk.store.list({ text: 'GROSS ol', limit: 1 }).messages).toHaveLength(0)
    expect(desk.store.list({ text: 'gröS', limit: 1 }).messages).toHaveLength(0)
    expect(desk.store.list({ text: 'größ OL', limit: 1 }).messages).toHaveLength(1)
  })

  test('no search text is a syntax error', async () => {
    await desk.send({ text: 'plain words' })
    assert(
      property(oneof(anyText, stringMatching(/^["'*^:()+\-{}a NEAROD]{0,12}$/)), (text) => {
        expect(desk.store.list({ text, limit: 5 }).messages.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })
})

describe.each(storeKinds)('statistics: $name', (kind) => {
  const desk = useStore(kind)

  test('statistics count every state per agent and measure what was delivered', async () => {
    const deliver = async (to: string, deliveryMs: number) => {
      const { id } = await desk.send({ to })
      desk.store.begin(id)
      desk.store.finish(
        id,
        { state: 'delivered', proof: 'window' },
        { ...timings, deliveryMs, waitMs: deliveryMs * 2 },
      )
    }
    await deliver('A', 1000)
    await desk.clock.advance(1000)
    const since = new Date(desk.clock.now()).toISOString()
    for (let ms = 1; ms <= 20; ms++) await deliver('A', ms)
    await desk.send({ to: 'B' })
    const stats = desk.store.stats(since)
    expect(stats.states).toMatchObject({ delivered: 20, queued: 1, failed: 0 })
    expect(stats.perAgent).toMatchObject({ A: { delivered: 20 }, B: { queued: 1 } })
    expect(stats.deliveryMs).toEqual({ p50: 10, p95: 19, max: 20 })
    expect(stats.waitMs).toEqual({ p50: 20, p95: 38, max: 40 })
    expect(desk.store.stats().deliveryMs.max).toBe(1000)
  })
})
