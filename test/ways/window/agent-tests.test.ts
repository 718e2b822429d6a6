import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/contract/failure'
import { createAgentTests } from '../../../src/main/ways/window/agent-tests'
import { TurnTimeout } from '../../../src/main/desktop/lock/turn-errors'
import { FakeTurns } from '../../fakes/fake-turns'
import { HastyClock } from '../../fakes/hasty-clock'
import { agent, DeliveryDesk, text } from './delivery-desk'

/** Tests of agents with a desktop that can be had, and how often the person's things were given back. */
function testing(over: { refusal?: Error; ready?: (clock: HastyClock) => Failure | undefined } = {}) {
  const turns = new FakeTurns()
  if (over.refusal) turns.refusals.push(over.refusal)
  const clock = new HastyClock()
  let givenBack = 0
  const { test: run } = createAgentTests({
    turns,
    clock,
    ready: async () => over.ready?.(clock),
    says: () => undefined,
    tryOut: async () => ({ test: { ok: true, steps: [] } }),
    giveBack: async () => void givenBack++,
  })
  return { clock, run: () => run(agent, new AbortController().signal), givenBack: () => givenBack }
}

test('a desktop that another program does not give back is what the test of an agent says', async () => {
  const message = 'The desktop was not free for 30 s: process 7 (a script) has held it.'
  const result = await testing({ refusal: new TurnTimeout(message) }).run()
  expect(result).toEqual({ test: { ok: false, steps: [], failure: { code: 'lock-timeout', message } } })
})

test('any other fault is not taken for that', async () => {
  await expect(testing({ refusal: new Error('disk full') }).run()).rejects.toThrow('disk full')
})

describe('whoever asks for a test', () => {
  const stirring: Failure = { code: 'user-active', message: 'You are using the desktop.' }

  test('is given time until their hands rest, and then gets their things back', async () => {
    const { run, givenBack } = testing({
      ready: (clock) => (clock.monotonic() < 1500 ? stirring : undefined),
    })
    expect(await run()).toMatchObject({ test: { ok: true } })
    expect(givenBack()).toBe(1)
  })

  test('is told after a while that they never rested, and at once what else stands in the way', async () => {
    const { run, clock, givenBack } = testing({ ready: () => stirring })
    expect(await run()).toEqual({ test: { ok: false, steps: [], failure: stirring } })
    expect(clock.monotonic()).toBeLessThan(30_000)
    const failure: Failure = { code: 'window-missing', message: 'It is closed.' }
    const other = testing({ ready: () => failure })
    expect(await other.run()).toEqual({ test: { ok: false, steps: [], failure } })
    expect([other.clock.monotonic(), givenBack()]).toEqual([0, 0])
  })
})

test('stopped by a person, a test waits for nothing and nobody any more, and the desktop is let go', async () => {
  const desk = new DeliveryDesk()
  const tests = createAgentTests({
    turns: new FakeTurns(),
    clock: desk.clock,
    ready: async () => undefined,
    says: () => undefined,
    tryOut: async (_agent, _turn, signal) => {
      signal.addEventListener('abort', () => desk.stop.abort(signal.reason))
      return desk.tryOut()
    },
    giveBack: async () => undefined,
  })
  let acts = 0
  desk.desktop.before = (act) => {
    if (acts > 0 || act !== 'press' || desk.desktop.clipboard.text === '') return
    acts = desk.desktop.acts.length
    void tests.stop()
  }
  const { test: result } = await tests.test(agent, new AbortController().signal)
  expect(result).toMatchObject({ ok: false, failure: { code: 'internal' } })
  const later = desk.desktop.acts.slice(acts + 1).filter((act) => act === 'click' || act === 'press')
  expect(later.length, 'at most a selection is taken back').toBeLessThanOrEqual(1)
  await tests.stop()
})

describe('a test', () => {
  test('goes all the way but the submit key, and leaves a draft as it was', async () => {
    const desk = new DeliveryDesk()
    desk.mine.text = 'half a thought'
    const { test: result } = await desk.tryOut()
    expect(result).toMatchObject({ ok: true, picture: 'data:image/png;base64,' })
    expect(result.steps.map(({ step }) => step)).toEqual([
      'window',
      'focus',
      'paste',
      'read-back',
      'draft-back',
    ])
    expect([desk.mine.text, desk.mine.submitted, desk.marks]).toEqual(['half a thought', [], 0])
  })

  test('that fails after the paste takes its text out again', async () => {
    const desk = new DeliveryDesk()
    desk.mine.text = 'half a thought'
    const { test: result } = await desk.tryOut(() => Promise.reject(new Error('no picture')))
    expect(result).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect([desk.mine.text, desk.mine.submitted]).toEqual(['half a thought', []])
  })

  test('whose text cannot be taken out again says so', async () => {
    const desk = new DeliveryDesk()
    const { test: result } = await desk.tryOut(async () => {
      desk.desktop.before = () => void (desk.desktop.focused = desk.other)
      return ''
    })
    const message: unknown = expect.stringContaining('look into the window')
    expect(result).toMatchObject({ ok: false, failure: { message } })
  })

  test('that had to leave its text is no draft to the next message, and the draft under it is not lost', async () => {
    const desk = new DeliveryDesk()
    desk.mine.text = 'half a thought'
    await desk.tryOut(async () => {
      desk.desktop.before = () => void (desk.desktop.focused = desk.other)
      return ''
    })
    desk.desktop.before = () => undefined
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.text, desk.mine.submitted]).toEqual(['half a thought', [text]])
  })
})
