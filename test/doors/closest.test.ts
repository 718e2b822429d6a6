import { assert as hold, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { closest, editDistance } from '../../src/main/doors/closest'

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['Agnet', 'Agent', 1],
  ['kitten', 'sitting', 3],
])('%s and %s are %i edits apart', (left, right, edits) => {
  expect(editDistance(left, right)).toBe(edits)
})

test('the distance is the same both ways, and none only between equals', () => {
  hold(
    property(string(), string(), (left, right) => {
      expect(editDistance(left, right)).toBe(editDistance(right, left))
      expect(editDistance(left, right) === 0).toBe(left === right)
    }),
  )
})

test('a slip of the finger finds its agent, whatever the case', () => {
  const names = ['Agent-1', 'Captain', 'Reviewer']
  for (const name of names) expect(closest(name.toLowerCase().slice(1), names)).toBe(name)
  expect(closest('Zebra', names)).toBeUndefined()
  expect(closest('x', [])).toBeUndefined()
})

test('a name of a megabyte, and the ten-thousandth candidate, cost nobody any time', () => {
  const before = process.cpuUsage()
  expect(closest('x'.repeat(1_000_000), ['queue.status'])).toBeUndefined()
  expect(
    closest(
      'Agent-1',
      Array.from({ length: 100_000 }, () => 'y'.repeat(60)),
    ),
  ).toBeUndefined()
  expect(closest('Agnet', ['z'.repeat(1_000_000), 'Agent'])).toBe('Agent')
  // Before, this took a minute of the processor.
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
})
