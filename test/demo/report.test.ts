import { expect, test } from 'vitest'
import { duration, table } from '../../demo/table'
import { comparison, conclusion } from '../../demo/report'
import type { Played } from '../../demo/play'
import type { Verdict } from '../../demo/judge'

const right: Verdict = {
  messages: 2,
  right: 2,
  wrongWindow: 0,
  garbled: 0,
  missing: 0,
  twice: 0,
  strays: 0,
  leftovers: 0,
  misjudged: 0,
  perMessageMs: { mean: 90, p50: 80, p95: 120 },
  longestWaitMs: 1234,
}
const played = (by: 'waggle' | 'script', verdict: Partial<Verdict> = {}): Played => ({
  act: {
    title: `by ${by}`,
    way: by === 'waggle' ? { by } : { by, pauseMs: 100 },
    scenario: { senders: 1, each: 2, seed: 1 },
  },
  planned: [],
  sent: [],
  arrived: [],
  left: [],
  verdict: { ...right, ...verdict },
})

test('what scripts did wrong is no failure of Waggle', () => {
  const { allRight, text } = conclusion([played('waggle'), played('script', { right: 0, garbled: 2 })])
  expect(allRight).toBe(true)
  expect(text).toBe('2 of 2 messages by Waggle arrived whole, once, in the right window.')
})

test.each([
  ['missing', { right: 1, missing: 1 }],
  ['twice', { twice: 1 }],
  ['a stray', { strays: 1 }],
  ['left unsent', { leftovers: 1 }],
  ['misjudged', { misjudged: 1 }],
])('one message %s by Waggle is a failure', (_what, verdict) => {
  expect(conclusion([played('waggle'), played('waggle', verdict)]).allRight).toBe(false)
})

test('nothing played is no success', () => {
  expect(conclusion([]).allRight).toBe(false)
})

test('a table has its numbers under their heads', () => {
  expect(
    table(
      ['way', 'ms'],
      [
        ['fast', '9'],
        ['slow one', '1234'],
      ],
    ),
  ).toBe(['way         ms', '──────────────', 'fast         9', 'slow one  1234'].join('\n'))
  expect(comparison([played('waggle')])).toMatch(
    /^by waggle +2 +2 +0 +0 +0 +0 +90 ms +80 ms +120 ms +1\.2 s$/mu,
  )
})

test('durations are told in words of their size', () => {
  expect([duration(83.6), duration(1850), duration(Number.NaN)]).toEqual(['84 ms', '1.9 s', '–'])
})
