import { array, assert, integer, oneof, property, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Outcome } from '../../src/main/queue/message-store'
import { newMessage, timings } from '../fakes/new-message'
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

  test('a period takes what was handed in from its beginning to just before its end, with every other filter', async () => {
    const at: string[] = []
    for (const text of ['one', 'two', 'three', 'four']) {
      at.push(new Date(desk.clock.now()).toISOString())
      const { id } = await desk.send({ text: `alpha ${text}`, to: text === 'four' ? 'B' : 'A' })
      if (text === 'two') desk.store.cancel(id)
      await desk.clock.advance(1000)
    }
    const texts = (filter: object) =>
      desk.store.list({ limit: 10, ...filter }).messages.map(({ text }) => text.replace('alpha ', ''))
    const [, since, until] = at
    expect(texts({ since })).toEqual(['four', 'three', 'two'])
    expect(texts({ until })).toEqual(['two', 'one'])
    expect(texts({ since, until })).toEqual(['two'])
    expect(texts({ since, to: 'A' })).toEqual(['three', 'two'])
    expect(texts({ until, states: ['queued'] })).toEqual(['one'])
    expect(texts({ since, text: 'alpha' })).toEqual(['four', 'three', 'two'])
    expect(texts({ until, text: 'alpha' })).toEqual(['two', 'one'])
    const first = desk.store.list({ limit: 1, since: at[0] ?? '', until: at[3] ?? '' })
    const second = desk.store.list({
      limit: 5,
      since: at[0] ?? '',
      until: at[3] ?? '',
      before: first.next ?? '',
    })
    expect(second.messages.map(({ text }) => text)).toEqual(['alpha two', 'alpha one'])
  })

  test('a period holds exactly what was handed in during it, however often the clock was set meanwhile', async () => {
    const hour = 3_600_000
    const start = desk.clock.now()
    const times: (readonly [string, number])[] = []
    // Set forward by a year, back by more than that, forward to where it was, and back by an hour.
    for (const [index, set] of [0, 8760, -20, 3, 2].entries()) {
      desk.clock.setWall(start + set * hour)
      for (const text of ['a', 'b', 'c']) {
        times.push([`${index}${text}`, desk.clock.now()])
        await desk.send({ text: `${index}${text}`, to: text === 'c' ? 'B' : 'A' })
        await desk.clock.advance(1000)
      }
    }
    const bounds = [-21, -20, 0, 2, 2.5, 3, 4, 8760, 8761].map((set) => start + set * hour + 1000)
    const periods = bounds.flatMap((since) => bounds.map((until) => [since, until] as const))
    for (const [from, to] of periods) {
      const [since, until] = [new Date(from).toISOString(), new Date(to).toISOString()]
      const expected = times.flatMap(([text, at]) => (at >= from && at < to ? [text] : [])).toReversed()
      const listed = (filter: object) =>
        desk.store.list({ limit: 20, since, until, ...filter }).messages.map(({ text }) => text)
      expect(listed({})).toEqual(expected)
      expect(listed({ to: 'B', states: ['queued'] })).toEqual(expected.filter((text) => text.endsWith('c')))
      expect(listed({ text: '2a' })).toEqual(expected.filter((text) => text === '2a'))
      expect(desk.store.stats(since).states.queued).toBe(times.filter(([, at]) => at >= from).length)
    }
  })

  test('messages are picked by their ids, in the order asked for; unknown ones are left out', async () => {
    const ids = [await desk.send(), await desk.send()].map(({ id }) => id).toReversed()
    expect(desk.store.pick([...ids, 'nobody']).map(({ id }) => id)).toEqual(ids)
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

  test('finds emoji, signs and words of a script without spaces wherever they stand', async () => {
    const texts = ['go🐝go', 'a => b', '你好世界', 'plain go']
    await desk.store.insert(texts.map((text) => newMessage({ text })))
    const found = (text: string) => desk.store.list({ text, limit: 5 }).messages.map(({ text }) => text)
    const all = () => ['🐝', '=>', '世界', 'go 🐝', '世 =>', '🐞'].map(found)
    const expected = [['go🐝go'], ['a => b'], ['你好世界'], ['go🐝go'], [], []]
    expect(all()).toEqual(expected)
    await desk.store.insert(Array.from({ length: 600 }, () => newMessage({ text: 'newer' })))
    expect(all(), 'behind many newer ones').toEqual(expected)
  })

  test('what is rare is found far behind the newest, what is frequent page after page, and nothing twice', async () => {
    const texts = Array.from({ length: 1300 }, (_, n) => (n === 7 ? 'the rare gnu' : `common word${n}`))
    await desk.store.insert(texts.map((text) => newMessage({ text })))
    const found = (filter: object) => desk.store.list({ limit: 300, ...filter })
    expect(found({ text: 'gn' }).messages.map(({ text }) => text)).toEqual(['the rare gnu'])
    expect(found({ text: 'word1250' }).messages).toHaveLength(1)
    const all: string[] = []
    let before: string | undefined
    do {
      const page = found({ text: 'comm wo', ...(before !== undefined && { before }) })
      all.push(...page.messages.map(({ text }) => text))
      before = page.next
    } while (before !== undefined)
    expect(all).toEqual(texts.filter((text) => text.startsWith('common')).toReversed())
  })

  test('long texts are searched as well as short ones', async () => {
    const filler = 'x'.repeat(60_000)
    const texts = Array.from({ length: 20 }, (_, n) => `needle${n} ${filler}`)
    await desk.store.insert(texts.map((text) => newMessage({ text })))
    expect(desk.store.list({ text: 'needle', limit: 50 }).messages).toHaveLength(20)
    expect(desk.store.list({ text: 'needle3 xx', limit: 50 }).messages).toHaveLength(1)
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

describe.each(storeKinds)('how messages ended over time: $name', (kind) => {
  const desk = useStore(kind)

  const end = async (to: string, outcome: Outcome, deliveryMs = 10) => {
    const { id } = await desk.send({ to })
    desk.store.begin(id)
    desk.store.finish(id, outcome, { ...timings, deliveryMs })
    return id
  }
  const delivered = { state: 'delivered', proof: 'window' } as const
  const broken = { code: 'focus-lost', message: 'gone' } as const

  test('each bucket counts what ended in it, by outcome, and measures what was delivered', async () => {
    const since = desk.clock.now()
    for (const ms of [10, 20, 30, 40]) await end('A', delivered, ms)
    await desk.clock.advance(1000)
    await end('B', delivered, 500)
    await end('A', { state: 'failed', failure: broken })
    await end('A', { state: 'in-doubt', failure: broken })
    await end('A', { state: 'queued', failure: broken })
    desk.store.cancel((await desk.send()).id)
    await desk.clock.advance(1000)
    const range = { since, until: since + 2500, bucketMs: 1000 }
    const { buckets, perAgent, total } = await desk.store.history(range)
    const none = { delivered: 0, failed: 0, inDoubt: 0, cancelled: 0, expired: 0, p50: null, p95: null }
    expect(buckets).toEqual([
      { start: new Date(since).toISOString(), ...none, delivered: 4, p50: 20, p95: 40 },
      {
        start: new Date(since + 1000).toISOString(),
        ...none,
        delivered: 1,
        failed: 1,
        inDoubt: 1,
        cancelled: 1,
        p50: 500,
        p95: 500,
      },
      { start: new Date(since + 2000).toISOString(), ...none },
    ])
    expect(total).toMatchObject({ delivered: 5, failed: 1, inDoubt: 1, cancelled: 1, p50: 30, p95: 500 })
    expect(perAgent['A']).toEqual({ ...none, delivered: 4, failed: 1, inDoubt: 1, p50: 20, p95: 40 })
    expect((await desk.store.history({ ...range, to: 'B' })).buckets.map((one) => one.delivered)).toEqual([
      0, 1, 0,
    ])
  })

  test('a message that is sent again or settled counts where it now stands', async () => {
    const since = desk.clock.now()
    const failed = await end('A', { state: 'failed', failure: broken })
    const doubtful = await end('A', { state: 'in-doubt', failure: broken })
    desk.store.retry(failed)
    await desk.clock.advance(1000)
    desk.store.resolve(doubtful, 'delivered')
    const { buckets } = await desk.store.history({ since, until: since + 2000, bucketMs: 1000 })
    expect(buckets.map(({ delivered, failed, inDoubt }) => [delivered, failed, inDoubt])).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ])
  })
})
