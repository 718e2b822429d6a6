import { beforeEach, expect, test } from 'vitest'
import type { Params } from '../../src/contract/operations'
import { createLinePages, type LinePages } from '../../src/renderer/queue/line-pages'
import type { Call } from '../../src/renderer/state/call'
import { FakeClock, settle } from '../fakes/fake-clock'
import { aMessage } from './messages'

let clock: FakeClock
let pages: LinePages
let asked: [skip: number | undefined, limit: number | undefined][]
let total: number
let answer: () => Promise<void>

beforeEach(() => {
  clock = new FakeClock()
  asked = []
  total = 10_000
  answer = () => Promise.resolve()
  const call = (async (_: string, { skip = 0, limit = 0 }: Params<'message.list'>) => {
    asked.push([skip, limit])
    await answer()
    const count = Math.max(0, Math.min(limit, total - skip))
    const messages = Array.from({ length: count }, (_, index) => aMessage({ number: skip + index }))
    return { messages, line: { total, held: 2 } }
  }) as unknown as Call
  pages = createLinePages({ call, setTimer: (ms, run) => clock.setTimer(ms, run) })
})

test('the rows in view are asked for in one go, and only they', async () => {
  pages.look(7020, 7060)
  await settle()
  expect(asked).toEqual([[7000, 100]])
  expect(pages.view()).toMatchObject({ total: 10_000, held: 2 })
  expect(pages.view().rows.get(7020)?.id).toBe(aMessage({ number: 7020 }).id)
  pages.look(7021, 7061)
  await clock.advance(1000)
  expect(asked).toHaveLength(1)
})

test('a change is shown at once when none has just been, and a burst costs one question in 60 ms', async () => {
  pages.changed()
  await settle()
  expect(asked).toHaveLength(1)
  for (let n = 0; n < 100; n++) pages.changed()
  await clock.advance(59)
  expect(asked).toHaveLength(1)
  await clock.advance(1)
  expect(asked).toHaveLength(2)
  await clock.advance(1000)
  expect(asked).toHaveLength(2)
})

test('a look elsewhere while an answer is on its way is answered after it', async () => {
  const arrivals: (() => void)[] = []
  answer = () => new Promise((resolve) => void arrivals.push(resolve))
  pages.look(0, 20)
  pages.look(500, 520)
  await settle()
  arrivals.pop()?.()
  await clock.advance(60)
  arrivals.pop()?.()
  await settle()
  expect(asked).toEqual([
    [0, 50],
    [500, 50],
  ])
  expect(pages.view().rows.has(510)).toBe(true)
})

test('a look past the end of a line that has become shorter asks no more and no less', async () => {
  total = 30
  pages.look(0, 40)
  await clock.advance(1000)
  expect(asked).toHaveLength(1)
  expect(pages.view().rows.size).toBe(30)
})

test('a refusal is told and the rows stay, until the next change', async () => {
  pages.changed()
  await clock.advance(100)
  answer = () => Promise.reject(new Error('Waggle is shutting down.'))
  pages.changed()
  await clock.advance(100)
  expect(pages.view().trouble).toBe('Waggle is shutting down.')
  expect(pages.view().rows.size).toBe(50)
  answer = () => Promise.resolve()
  pages.changed()
  await clock.advance(100)
  expect(pages.view().trouble).toBeUndefined()
})
