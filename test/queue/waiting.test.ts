import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierDesk, delivered, notSubmitted } from './courier-desk'

// A delivery that was stopped by what passes by itself or by a person's hand.

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

test.each([
  'not-calibrated',
  'user-active',
  'draft-present',
  'desktop-unavailable',
  'lock-timeout',
  'window-missing',
  'focus-lost',
] as const)('a delivery stopped by %s waits, keeps its attempts and its place', async (code) => {
  desk.deliver = async () => notSubmitted(code)
  const id = await desk.send('first')
  await desk.send('second')
  await desk.clock.advance(10_000)
  expect(new Set(desk.texts)).toEqual(new Set(['first']))
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', attempts: [], failure: { code } })
  expect(desk.queue.status().perAgent['A']?.waitingFor?.code).toBe(code)
  desk.deliver = async () => delivered
  await desk.clock.advance(2000)
  expect(desk.texts.slice(-2)).toEqual(['first', 'second'])
  desk.queue.pause()
  expect(desk.queue.get(await desk.send('third'))?.failure, 'that is over').toMatchObject({ code: 'paused' })
})

test('an agent that was written to after a long wait is looked at soon when it is missing once more', async () => {
  desk.missing.add('A')
  await desk.send('first')
  await desk.clock.advance(10_000)
  desk.missing.delete('A')
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['first'])
  desk.missing.add('A')
  await desk.send('second')
  await desk.clock.advance(0)
  desk.missing.delete('A')
  await desk.clock.advance(200)
  expect(desk.texts).toEqual(['first', 'second'])
})

test('a message for a busy agent is tried a second after each try ended, keeping its attempts', async () => {
  desk.deliver = async () => {
    await desk.clock.wait(300)
    return notSubmitted('agent-busy')
  }
  const id = await desk.send('first')
  await desk.clock.advance(5300)
  expect(desk.tried.map(({ at }) => at)).toEqual([0, 1300, 2600, 3900, 5200])
  expect(desk.queue.get(id)).toMatchObject({ state: 'delivering', attempts: [{ outcome: 'running' }] })
  await desk.clock.advance(200)
})

test('a message of which its agent made something else is not tried again, and says what may be left of it', async () => {
  const failure = { code: 'not-accepted', message: 'it became a chip', left: true } as const
  desk.deliver = async ({ message }) =>
    message.text === 'first' ? { state: 'not-submitted', failure, timings: { steps: [] } } : delivered
  const id = await desk.send('first')
  await desk.send('second')
  await desk.clock.advance(60_000)
  expect(desk.texts).toEqual(['first', 'second'])
  expect(desk.queue.get(id)).toMatchObject({ state: 'failed', failure, attempts: [{ outcome: failure }] })
})

test('a lock that cannot be taken at all does not keep the courier spinning, and the reason is told', async () => {
  let asked = 0
  desk.turns.refuse = new Error('EACCES')
  desk.turns.before = async () => {
    if (++asked === 50) desk.turns.refuse = undefined
  }
  const id = await desk.send('one')
  await desk.clock.advance(5000)
  expect(asked).toBeLessThan(10)
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', failure: { code: 'internal' } })
})

test('once all is delivered nothing is waited for by a timer: an idle day wakes nobody and grows nothing', async () => {
  for (let number = 0; number < 20; number += 1) await desk.send(`message ${number}`)
  await desk.clock.advance(1000)
  const looks = desk.looks
  expect([desk.texts.length, desk.clock.pending]).toEqual([20, 0])
  await desk.clock.advance(86_400_000)
  expect([desk.looks, desk.clock.pending]).toEqual([looks, 0])
})
