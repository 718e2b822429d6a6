import { expect, test } from 'vitest'
import { createClickPoints } from '../../../src/main/ways/window/click-points'
import { FakeClock } from '../../fakes/fake-clock'

const left = { x: 0, y: 0, width: 300, height: 700 }
const right = { x: 400, y: 100, width: 300, height: 700 }
/** The same place in both windows. */
const [inLeft, inRight] = [
  { x: 150, y: 620 },
  { x: 550, y: 720 },
]

test('no click is a double or triple click, in one window or in several of one size', async () => {
  const clock = new FakeClock()
  const clickPoint = createClickPoints(clock)
  const places: { x: number; y: number }[] = []
  for (let index = 0; index < 24; index++) {
    const isLeft = index % 3 === 0 || index > 12
    const [at, window] = isLeft ? [inLeft, left] : [inRight, right]
    const { x, y } = clickPoint(at, window)
    expect(Math.abs(x - at.x)).toBeLessThan(10)
    const place = { x: x - window.x, y: y - window.y }
    for (const last of places.slice(-2))
      expect(Math.hypot(place.x - last.x, place.y - last.y)).toBeGreaterThan(6)
    places.push(place)
    await clock.advance(60)
  }
})

test('a click at a new place, or long after, goes where it is meant to', async () => {
  const clock = new FakeClock()
  const clickPoint = createClickPoints(clock)
  expect(clickPoint(inLeft, left)).toEqual(inLeft)
  expect(clickPoint({ x: 450, y: 720 }, right)).toEqual({ x: 450, y: 720 })
  await clock.advance(1000)
  expect(clickPoint(inLeft, left)).toEqual(inLeft)
})
