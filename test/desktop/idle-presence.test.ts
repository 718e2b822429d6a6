import { expect, test } from 'vitest'
import { createIdlePresence } from '../../src/main/desktop/idle-presence'

/** A desk whose system tells of the last input, whoever's, in such steps. */
function desk(stepMs: number) {
  let [now, lastInputAt] = [100_000, 0]
  const idle = { ms: () => Math.floor((now - lastInputAt) / stepMs) * stepMs, stepMs }
  const presence = createIdlePresence(idle, () => now)
  const stir = () => void (lastInputAt = now)
  return {
    personIdleMs: () => presence.personIdleMs(),
    pass: (ms: number) => void (now += ms),
    stir,
    act: async () => presence.own(async () => stir()),
    /** The system tells of what we have done a moment later. */
    echo: stir,
  }
}

test.each([1, 1000])(
  'an act of ours is no person’s hand, though it is told of late, in steps of %i ms',
  async (stepMs) => {
    const { act, pass, echo, personIdleMs } = desk(stepMs)
    await act()
    pass(80)
    echo()
    for (let times = 0; times < 30; times += 1) {
      pass(77)
      expect(personIdleMs()).toBeGreaterThan(90_000)
    }
  },
)

test.each([
  [1, 150],
  [1000, 1200],
])(
  'a person’s hand is known as theirs, in steps of %i ms already %i ms after an act of ours',
  async (stepMs, after) => {
    const { act, pass, stir, personIdleMs } = desk(stepMs)
    await act()
    pass(after)
    stir()
    expect(personIdleMs()).toBe(0)
    pass(40)
    expect(personIdleMs()).toBeLessThan(41)
  },
)
