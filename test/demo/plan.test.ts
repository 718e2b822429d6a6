import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plan } from '../../demo/plan'

const agents = ['Agent-1', 'Agent-2', 'Agent-3']

test('the same seed plans the same messages, another one others', () => {
  const scenario = { senders: 8, each: 5, agents, seed: 2 }
  expect(plan(scenario)).toEqual(plan(scenario))
  expect(plan({ ...scenario, seed: 3 }).map(({ to }) => to)).not.toEqual(plan(scenario).map(({ to }) => to))
})

test('every sender sends its share, to known agents, and each text can be told from all others by either end', () => {
  const scenarios = fc.record({
    senders: fc.integer({ min: 1, max: 16 }),
    each: fc.integer({ min: 1, max: 8 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const planned = plan({ ...scenario, agents })
      const bySender = planned.map(({ sender }) => sender)
      expect(new Set(bySender).size).toBe(scenario.senders)
      for (const sender of bySender)
        expect(bySender.filter((one) => one === sender)).toHaveLength(scenario.each)
      for (const { to, mark, text } of planned) {
        expect(agents).toContain(to)
        expect(text.startsWith(mark) && text.endsWith(mark)).toBe(true)
        expect(planned.filter((other) => other.text.includes(mark))).toHaveLength(1)
      }
    }),
    { numRuns: 50 },
  )
})

test('texts are about 400 characters, with characters no keyboard layout has and lines in some', () => {
  const texts = plan({ senders: 8, each: 5, agents, seed: 2 }).map(({ text }) => text)
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(380)
    expect(text.length).toBeLessThan(480)
    expect(text).toContain('héllo 🐝 ñ')
  }
  expect(texts.filter((text) => text.includes('\n')).length).toBeGreaterThan(10)
})
