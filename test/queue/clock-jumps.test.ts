import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { CourierDesk, delivered, notSubmitted } from './courier-desk'
import { FakeClock } from '../fakes/fake-clock'

// The wall clock is set while Waggle runs: a time server's first answer, a suspended machine, a person.

const DAY_MS = 86_400_000
let stored: FakeClock
let desk: CourierDesk

beforeEach(() => {
  stored = new FakeClock()
  desk = new CourierDesk(new MemoryMessageStore({ clock: stored }))
  desk.start()
})
afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

describe.each([
  ['forward', DAY_MS],
  ['back', -DAY_MS],
])('the wall clock is set %s', (_, by) => {
  function jump(): void {
    for (const clock of [desk.clock, stored]) clock.setWall(clock.now() + by)
  }

  test('and a failed message is tried again after the same pauses as ever', async () => {
    desk.deliver = async () => notSubmitted('text-mismatch')
    const id = await desk.send('first')
    for (let ms = 0; ms < 10_000; ms += 200) {
      await desk.clock.advance(200)
      jump()
    }
    expect(desk.tried.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 7500])
    expect(desk.queue.get(id)).toMatchObject({ state: 'failed', attempts: { length: 5 } })
  })

  test('and a message goes within a second of the window that it waited for, its wait no less than nothing', async () => {
    desk.missing.add('A')
    const id = await desk.send('first')
    await desk.clock.advance(10_000)
    jump()
    desk.missing.delete('A')
    await desk.clock.advance(1000)
    expect(desk.texts).toEqual(['first'])
    expect(desk.queue.get(id)?.timings?.waitMs).toBeGreaterThanOrEqual(0)
  })

  test('and one that is to give up on a person does so after the time that was set', async () => {
    desk.giveUpMs = 5000
    desk.person = true
    const id = await desk.send('first')
    await desk.clock.advance(1000)
    jump()
    await desk.clock.advance(3000)
    expect(desk.queue.get(id)?.state).toBe('queued')
    await desk.clock.advance(3000)
    expect(desk.queue.get(id)?.state).toBe('failed')
  })

  test('and all go in the order in which they came, also over a restart', async () => {
    desk.queue.pause()
    for (const text of ['one', 'two', 'three']) {
      await desk.send(text)
      jump()
    }
    await desk.stop()
    const again = new CourierDesk(desk.store)
    again.deliver = async () => delivered
    again.start()
    again.queue.resume()
    await again.clock.advance(1000)
    await again.stop()
    expect(again.texts).toEqual(['one', 'two', 'three'])
  })
})
