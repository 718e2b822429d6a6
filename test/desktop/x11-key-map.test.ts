import { describe, expect, test } from 'vitest'
import { codesFor, sparesFor, type KeyMap } from '../../src/main/desktop/x11/key-map'

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
  return { keys, others: [], modifiers: new Map([[37, 4]]), places }
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

describe('where another keyboard of the desk has other letters', () => {
  const [here, there] = [map([a], [c], [v]), map([q], [c], [v])]
  const both = { ...here, others: [there.keys] }

  test('a key that is another letter there is none, and a modifier is one by the map of who presses it', () => {
    expect(codesFor(needed, both, 0)).toBeUndefined()
    expect(codesFor(['C', 'V'], both, 0)?.code('C')).toBe(54)
    const swapped = new Map([...here.keys, [37, [0xffe5]] as const])
    expect(codesFor(needed, { ...here, others: [swapped] }, 0)?.code('LeftControl')).toBe(37)
  })

  test('the letters that differ get keys that nobody has', () => {
    const free = [
      [254, []],
      [255, [0]],
    ] as const
    const keys = new Map<number, readonly number[]>([...here.keys, ...free, [253, []]])
    const taken = new Map<number, readonly number[]>([...there.keys, [255, [c]]])
    const modifiers = new Map([[253, 8]])
    const spares = sparesFor(needed, { ...both, keys, others: [taken], modifiers })
    expect([...(spares ?? [])]).toEqual([[254, a]])
    expect(sparesFor(needed, { ...both, modifiers })).toBeUndefined()
  })

  test('a place is used where the others have the same letter there, or none', () => {
    const cyrillic = map([ef], [es], [em])
    expect(codesFor(needed, { ...cyrillic, others: [here.keys] }, 0)?.code('A')).toBe(38)
    expect(codesFor(needed, { ...cyrillic, others: [there.keys] }, 0)).toBeUndefined()
  })
})
