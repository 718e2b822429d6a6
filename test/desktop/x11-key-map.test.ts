import { expect, test } from 'vitest'
import { codesFor, type KeyMap } from '../../src/main/desktop/x11/key-map'

const [a, c, v, q] = [0x61, 0x63, 0x76, 0x71]
const [ef, es, em] = [0x6c6, 0x6d3, 0x6cd]
const CONTROL = 0xffe3
const places = new Map([
  ['AC01', 38],
  ['AB03', 54],
  ['AB04', 55],
])

/** Keys 38, 54 and 55 with what each gives in each group, and Ctrl. */
function map(...[one, two, three]: readonly (readonly number[])[]): KeyMap {
  const keys = new Map([
    [37, [CONTROL]],
    [38, one ?? []],
    [54, two ?? []],
    [55, three ?? []],
  ])
  return { keys, modifiers: new Map([[37, 4]]), places }
}

const needed = ['LeftControl', 'A', 'C', 'V'] as const

test('letters are found where this group has them', () => {
  const codes = codesFor(needed, map([ef, a], [es, c], [em, v]), 1)
  expect([codes?.group, codes?.code('A'), codes?.code('C')]).toEqual([1, 38, 54])
  expect(codes?.mask([37])).toBe(4)
})

test('letters of another group are struck with that group in force', () => {
  expect(codesFor(needed, map([ef, a], [es, c], [em, v]), 0)?.group).toBe(1)
})

test('where no group has Latin letters, keys are known by their place', () => {
  const codes = codesFor(needed, map([ef], [es], [em]), 0)
  expect([codes?.group, codes?.code('A'), codes?.code('V')]).toEqual([0, 38, 55])
})

test('a place is not used where another letter lies there: its shortcut would be another one', () => {
  expect(codesFor(needed, map([q], [c], [v]), 0)).toBeUndefined()
})

test('a key that gives the letter with Shift alone is not that letter’s', () => {
  // Only the first level of a group is in the map.
  expect(codesFor(needed, { ...map([0x61 - 0x20], [c], [v]), places: new Map() }, 0)).toBeUndefined()
})
