import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierDesk, delivered, notSubmitted } from './courier-desk'

// A delivery that was stopped by what passes by itself or by a person's hand.

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

test.each(['user-active', 'draft-present', 'desktop-unavailable', 'lock-timeout', 'window-missing'] as const)(
  'a delivery stopped by %s waits, keeps its attempts and its place',
  async (code) => {
    desk.deliver = async () => notSubmitted(code)
    const id = await desk.send('first')
    await desk.send('second')
    await desk.clock.advance(10_000)
    expect(new Set(desk.texts)).toEqual(new Set(['first']))
    expect(desk.queue.get(id)).toMatchObject({ state: 'queued', attempts: [], failure: { code } })
    desk.deliver = async () => delivered
    await desk.clock.advance(2000)
    expect(desk.texts.slice(-2)).toEqual(['first', 'second'])
  },
)

test('a delivery that another window is in front of waits and keeps its attempts, and is tried ever more seldom', async () => {
  const code = 'focus-lost'
  desk.deliver = async () => notSubmitted(code)
  const id = await desk.send('first')
  await desk.clock.advance(60_000)
  const times = desk.tried.map(({ at }) => at)
  expect(times.slice(0, 8)).toEqual([0, 200, 600, 1400, 3000, 6200, 12_600, 22_600])
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', attempts: [], failure: { code } })
  expect(desk.queue.status().perAgent['A']?.waitingFor?.code).toBe(code)
  desk.deliver = async () => delivered
  await desk.clock.advance(10_000)
  expect(desk.queue.get(id)).toMatchObject({ state: 'delivered' })
})
