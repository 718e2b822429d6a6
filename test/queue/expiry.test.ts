import { expect, test } from 'vitest'
import { createExpiry } from '../../src/main/queue/expiry'
import { FakeClock } from '../fakes/fake-clock'

test('where the wall clock is set forward and nobody asks, a message expires within half a minute', async () => {
  const clock = new FakeClock()
  let expired = 0
  const store = { expire: () => [], nextExpiry: () => undefined }
  const expiry = createExpiry({ store, clock, log: undefined, expired: () => void (expired += 1) })
  expiry.notice(new Date(clock.now() + 7_200_000).toISOString())
  await clock.advance(29_000)
  expect(expired).toBe(0)
  clock.setWall(clock.now() + 7_200_000)
  await clock.advance(30_000)
  expect([expired, clock.pending]).toEqual([1, 0])
})

test('where it is set back, a message expires at its time by the clock as it then is', async () => {
  const clock = new FakeClock()
  let expired = 0
  const store = { expire: () => [], nextExpiry: () => undefined }
  const expiry = createExpiry({ store, clock, log: undefined, expired: () => void (expired += 1) })
  expiry.notice(new Date(clock.now() + 1000).toISOString())
  clock.setWall(clock.now() - 3_600_000)
  await clock.advance(3_600_000)
  expect(expired).toBe(0)
  await clock.advance(1000)
  expect(expired).toBe(1)
})
