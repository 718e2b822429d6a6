import { expect, test } from 'vitest'
import { createIds } from '../../src/main/queue/ids'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('each id is greater than the one before, within a millisecond and over a clock that is set back', () => {
  let time = Date.UTC(2026, 0, 1)
  const newId = createIds(() => time)
  const ids = Array.from({ length: 2000 }, (_, n) => {
    if (n === 700) time += 5
    if (n === 1400) time -= 60_000
    return newId()
  })
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(2000)
  for (const id of ids) expect(id).toMatch(UUID_V7)
})

test('the time of an id is that of its making, and two makers never give the same', () => {
  const time = Date.UTC(2026, 0, 1)
  const [one, other] = [createIds(() => time), createIds(() => time)].map((newId) => newId())
  expect(one?.replaceAll('-', '').slice(0, 12)).toBe(time.toString(16).padStart(12, '0'))
  expect(one).not.toBe(other)
})
