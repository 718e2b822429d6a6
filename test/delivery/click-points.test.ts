import { expect, test } from 'vitest'
import { createClickPoints } from '../../src/main/delivery/click-points'
import { FakeClock } from '../fakes/fake-clock'

const point = { x: 300, y: 620 }

const far = { x: 700, y: 620 }

test('no click is a double click, whatever was clicked between: the same place soon after is clicked beside', async () => {
  const clock = new FakeClock()
  const clickPoint = createClickPoints(clock)
  const clicks: { x: number; y: number; at: number }[] = []
  for (let index = 0; index < 12; index++) {
    const next = clickPoint(index % 2 ? point : far)
    for (const { x, y, at } of clicks.filter(({ at }) => clock.monotonic() - at < 1000)) {
      expect(Math.hypot(next.x - x, next.y - y), `${index} after ${at}`).toBeGreaterThan(10)
    }
    clicks.push({ ...next, at: clock.monotonic() })
    await clock.advance(120)
  }
})

test('a click at a new place, or long after, goes where it is meant to', async () => {
  const clock = new FakeClock()
  const clickPoint = createClickPoints(clock)
  expect([clickPoint(point), clickPoint(far)]).toEqual([point, far])
  await clock.advance(1000)
  expect([clickPoint(point), clickPoint(far)]).toEqual([point, far])
})
