import { expect, test } from 'vitest'
import { isAllRight, judge, type Arrived } from '../../demo/judge'
import { plan, type Planned } from '../../demo/plan'

const scenario = { senders: 2, each: 2, agents: ['Agent-1', 'Agent-2', 'Agent-3'], seed: 7 }
const planned = plan(scenario)

/** Every message in its window, 100 ms apart; a test then spoils one of them. */
const allArrived: Arrived[] = planned.map(({ to, text }, index) => ({
  agent: to,
  text,
  at: 1000 + index * 100,
}))
const sent = planned.map(({ mark }) => ({ mark, began: 900, said: 'delivered' }))
const first = planned[0] as Planned
const elsewhere = scenario.agents.find((name) => name !== first.to) ?? ''

const verdictOn = (arrived: readonly Arrived[], reports = sent, left: string[] = []) =>
  judge(planned, reports, arrived, left)
const withFirst = (change: Partial<Arrived>): Arrived[] =>
  allArrived.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry))

test('all right is what arrived whole, once, in its window', () => {
  const verdict = verdictOn(allArrived)
  expect(verdict).toMatchObject({
    messages: 4,
    right: 4,
    wrongWindow: 0,
    garbled: 0,
    missing: 0,
    twice: 0,
    strays: 0,
  })
  expect(isAllRight(verdict)).toBe(true)
})

test('a whole message in another window only is in the wrong window', () => {
  const verdict = verdictOn(withFirst({ agent: elsewhere }))
  expect(verdict).toMatchObject({ right: 3, wrongWindow: 1, garbled: 0, missing: 0 })
  expect(isAllRight(verdict)).toBe(false)
})

test('a message without its last character is garbled, and no whole one', () => {
  const verdict = verdictOn(withFirst({ text: first.text.slice(0, -1) }))
  expect(verdict).toMatchObject({ right: 3, garbled: 1, missing: 0, strays: 1 })
  expect(isAllRight(verdict)).toBe(false)
})

test('two messages submitted as one text are both garbled', () => {
  const both = { ...allArrived[0], text: planned[0]?.text + (planned[1]?.text ?? '') } as Arrived
  expect(verdictOn([both, ...allArrived.slice(2)])).toMatchObject({
    right: 2,
    garbled: 2,
    missing: 0,
    strays: 1,
  })
})

test('a message that left no trace is missing', () => {
  const verdict = verdictOn(allArrived.slice(1))
  expect(verdict).toMatchObject({ right: 3, missing: 1, garbled: 0, strays: 0 })
  expect(isAllRight(verdict)).toBe(false)
})

test.each([first.to, elsewhere])('a message that arrived a second time, in %s, is counted twice', (agent) => {
  const verdict = verdictOn([...allArrived, { agent, text: first.text, at: 2000 }])
  expect(verdict).toMatchObject({ right: 4, twice: 1 })
  expect(isAllRight(verdict)).toBe(false)
})

test('a text that nobody sent is a stray', () => {
  const verdict = verdictOn([...allArrived, { agent: 'Agent-1', text: 'allow', at: 2000 }])
  expect(verdict).toMatchObject({ right: 4, strays: 1 })
  expect(isAllRight(verdict)).toBe(false)
})

test('"delivered" said of a message that did not arrive, and the opposite, are misjudged', () => {
  expect(verdictOn(allArrived.slice(1)).misjudged).toBe(1)
  const doubted = sent.map((one, index) => (index === 0 ? { ...one, said: 'in-doubt' } : one))
  const verdict = verdictOn(allArrived, doubted)
  expect(verdict.misjudged).toBe(1)
  expect(isAllRight(verdict)).toBe(false)
})

test('times are measured from submit to submit and from a sender’s beginning to the arrival', () => {
  const at = [1000, 1100, 1150, 1550]
  const verdict = verdictOn(allArrived.map((entry, index) => ({ ...entry, at: at[index] ?? 0 })))
  expect(verdict.perMessageMs).toEqual({ mean: 550 / 3, p50: 100, p95: 400 })
  expect(verdict.longestWaitMs).toBe(650)
})

test('a message left unsent in an input is garbled, and an input that is not empty is told', () => {
  const verdict = verdictOn(allArrived.slice(1), sent, ['', first.text])
  expect(verdict).toMatchObject({ right: 3, garbled: 1, missing: 0, leftovers: 1 })
  const remains = verdictOn(allArrived, sent, ['x', ''])
  expect(remains).toMatchObject({ right: 4, leftovers: 1 })
  expect(isAllRight(remains)).toBe(false)
})
