import { beforeEach, expect, test } from 'vitest'
import { LoneKeys } from '../../src/renderer/state/lone-keys'

let now: number
let due: { at: number; act: () => void }[]
let keys: LoneKeys
let pauses: number

beforeEach(() => {
  now = 10_000
  due = []
  pauses = 0
  keys = open()
})

const open = () =>
  new LoneKeys(
    {
      later(ms, act) {
        const one = { at: now + ms, act }
        due.push(one)
        return () => (due = due.filter((other) => other !== one))
      },
    },
    now,
  )

function pass(ms: number): void {
  now += ms
  const ready = due.filter(({ at }) => at <= now)
  due = due.filter(({ at }) => at > now)
  for (const { act } of ready) act()
}

/** Every letter may act, and P does. */
function type(text: string, everyMs: number): void {
  for (const letter of text) {
    keys.typed(now, letter === 'p' ? () => (pauses += 1) : undefined)
    pass(everyMs)
  }
}

test('a letter pressed by itself acts', () => {
  pass(1000)
  type('p', 1000)
  expect(pauses).toBe(1)
  type('p', 1000)
  expect(pauses).toBe(2)
})

test.each(['please stop', 'stop please', 'hop', 'pppp', 'p.'])(
  'a text typed on in the wrong window (%s) is text for nobody',
  (text) => {
    pass(5000)
    type(text, 120)
    pass(5000)
    expect(pauses).toBe(0)
  },
)

test('the rest of a text that a window interrupts by opening, or by coming to the front, does nothing', () => {
  type('p', 1000)
  expect(pauses).toBe(0)
  pass(5000)
  keys.came(now)
  pass(200)
  type('p', 1000)
  expect(pauses).toBe(0)
})

test('whoever clicks in the window means it, however fast', () => {
  keys.touched()
  type('p', 400)
  keys.touched()
  type('p', 400)
  expect(pauses).toBe(2)
})
