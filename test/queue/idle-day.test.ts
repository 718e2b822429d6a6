import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierDesk } from './courier-desk'

// A day in which nobody asks for anything, at speed.

const HOUR_MS = 3_600_000

let desk: CourierDesk
let timers = 0
beforeEach(() => {
  desk = new CourierDesk()
  timers = 0
  const set = desk.clock.setTimer.bind(desk.clock)
  desk.clock.setTimer = (ms, call) => {
    timers += 1
    return set(ms, call)
  }
  desk.start()
})
afterEach(() => desk.stop())

test('with nothing waiting, no timer is set and nobody’s window is looked at', async () => {
  await desk.clock.advance(HOUR_MS)
  const before = { timers, looks: desk.looks, pending: desk.clock.pending }
  await desk.clock.advance(23 * HOUR_MS)
  expect({ timers, looks: desk.looks, pending: desk.clock.pending }).toEqual(before)
})

test('after messages were delivered, failed and expired, it is as quiet again', async () => {
  const before = desk.clock.pending
  for (let number = 0; number < 20; number += 1)
    await desk.send(`number ${number}`, { expiresAt: new Date(desk.clock.now() + 50_000).toISOString() })
  await desk.clock.advance(HOUR_MS)
  const quiet = { timers, looks: desk.looks }
  await desk.clock.advance(23 * HOUR_MS)
  expect({ timers, looks: desk.looks, pending: desk.clock.pending }).toEqual({ ...quiet, pending: before })
})
