import { expect, test } from 'vitest'
import { withChange as withFilteredChange, withDays } from '../../src/renderer/history/history-rows'
import { noFilter } from '../../src/renderer/state/place'
import type { Message } from '../../src/contract/message'
import { aMessage } from './messages'

const done = (number: number) => aMessage({ number, state: 'delivered' })
const rows = [done(5), done(3), done(1)]
const withChange = (rows: readonly Message[], message: Message) => withFilteredChange(rows, message, noFilter)
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
  const items = withDays([at(4, 10), at(3, 9), at(2, 9), at(1, 1)], noon)
  expect(items.map((item) => ('day' in item ? item.day : numbers([item.message])[0]))).toEqual([
    'Today',
    4,
    'Yesterday',
    3,
    2,
    '1 March 2026',
    1,
  ])
})

test('a change that the filter hides does not come in, and one that no longer fits goes', () => {
  const filter = { ...noFilter, to: 'Agent-1', state: 'failed' }
  const failed = aMessage({ number: 3, state: 'failed' })
  expect(withFilteredChange([], failed, filter)).toEqual([failed])
  expect(withFilteredChange([], { ...failed, to: 'Agent-2' }, filter)).toEqual([])
  expect(withFilteredChange([failed], { ...failed, state: 'delivered' }, filter)).toEqual([])
  expect(withFilteredChange([], failed, { ...noFilter, from: 'nobody' })).toEqual([])
})
