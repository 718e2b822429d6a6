import { expect, test } from 'vitest'
import { targetOf } from '../../src/renderer/components/list-keys'

const all = () => true
const place = (at: number, over: object = {}) => ({ count: 10, at, pageSize: 4, isRow: all, ...over })
const isRow = (index: number) => index !== 0 && index !== 5

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 3, 2],
  ['ArrowUp', 0, 0],
  ['PageDown', 0, 3],
  ['PageDown', 8, 9],
  ['PageUp', 5, 2],
  ['PageUp', 1, 0],
  ['Home', 7, 0],
  ['End', 2, 9],
])('%s from row %i goes to row %i', (key, at, expected) => {
  expect(targetOf(key, place(at))).toBe(expected)
})

test('a page goes so far that the last row of the old one is still seen', () => {
  expect(targetOf('PageDown', place(0, { pageSize: 20, count: 100 }))).toBe(19)
})

test('headings are stepped over, and at an edge the nearest row is taken', () => {
  expect(targetOf('ArrowDown', place(4, { isRow }))).toBe(6)
  expect(targetOf('ArrowUp', place(6, { isRow }))).toBe(4)
  expect(targetOf('Home', place(6, { isRow }))).toBe(1)
  expect(targetOf('ArrowUp', place(1, { isRow }))).toBe(1)
})

test('other keys and an empty list are left alone', () => {
  expect(targetOf('x', place(3))).toBeUndefined()
  expect(targetOf('Escape', place(3))).toBeUndefined()
  expect(targetOf('ArrowDown', place(-1, { count: 0 }))).toBeUndefined()
})
