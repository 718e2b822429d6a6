import { expect, test } from 'vitest'
import { Holds } from '../../src/main/queue/holds'
import { FakeClock } from '../fakes/fake-clock'

test('an agent whose time comes just after it was passed over is looked at at once, not never', async () => {
  const clock = new FakeClock()
  const holds = new Holds(clock)
  holds.wait('A', 'window-missing')
  await clock.advance(199.9)
  expect([...holds.held()]).toEqual(['A'])
  await clock.advance(0.2)
  expect(holds.nextLookMs()).toBe(0)
})

test('one whose time had come when it was looked at is not waited for', async () => {
  const clock = new FakeClock()
  const holds = new Holds(clock)
  holds.wait('A', 'window-missing')
  await clock.advance(300)
  expect([...holds.held()]).toEqual([])
  expect(holds.nextLookMs()).toBeUndefined()
})

test('what changes ends a wait, not the pause after a failed attempt', () => {
  const holds = new Holds(new FakeClock())
  holds.wait('A', 'window-missing')
  holds.retry('B', 500)
  holds.clearWaiting()
  expect([...holds.held()]).toEqual(['B'])
})

test('a wait begins anew after the pause of a failed attempt, however long that was', async () => {
  const clock = new FakeClock()
  const holds = new Holds(clock)
  holds.retry('A', 500)
  await clock.advance(500)
  holds.wait('A', 'window-missing')
  await clock.advance(199)
  expect([...holds.held()]).toEqual(['A'])
  await clock.advance(1)
  expect([...holds.held()]).toEqual([])
})

test('a busy agent is tried again after a second, however often it was busy', async () => {
  const clock = new FakeClock()
  const holds = new Holds(clock)
  holds.wait('A', 'window-missing')
  for (let times = 0; times < 5; times++) {
    holds.wait('A', 'agent-busy')
    await clock.advance(999)
    expect([...holds.held()]).toEqual(['A'])
    await clock.advance(1)
    expect([...holds.held()]).toEqual([])
  }
})
