import { expect, test } from 'vitest'
import { byDay, withChange } from '../../src/renderer/history/history-rows'
import { aMessage, idOf } from './messages'

const done = (number: number) => aMessage({ number, state: 'delivered' })
const rows = [done(5), done(3), done(1)]
const numbers = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id.slice(-2)))

test.each([
  [6, [6, 5, 3, 1]],
  [4, [5, 4, 3, 1]],
  [0, [5, 3, 1, 0]],
])('a settled message comes to its place by age (%i)', (number, expected) => {
  expect(numbers(withChange(rows, done(number)))).toEqual(expected)
})

test('a message that is there already is replaced, not doubled', () => {
  const changed = withChange(rows, aMessage({ number: 3, state: 'failed' }))
  expect(numbers(changed)).toEqual([5, 3, 1])
  expect(changed[1]?.state).toBe('failed')
})

test('a message that is queued again leaves the history', () => {
  expect(numbers(withChange(rows, aMessage({ number: 3 })))).toEqual([5, 1])
})

test('a message that only waits does not come into the history', () => {
  expect(withChange(rows, aMessage({ number: 9 }))).toBe(rows)
})

const at = (number: number, day: number) =>
  aMessage({ number, createdAt: new Date(2026, 2, day, 23, 59).toISOString() })

test('rows stand under their days', () => {
  const noon = new Date(2026, 2, 10, 12).getTime()
  const days = byDay([at(4, 10), at(3, 9), at(2, 9), at(1, 1)], noon)
  expect(days.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['Today', 1],
    ['Yesterday', 2],
    ['1 March 2026', 1],
  ])
  expect(days[1]?.rows[0]?.id).toBe(idOf(3))
})
