import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrongState } from '../../src/main/queue/store-errors'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, delivered, notSubmitted } from './courier-desk'

// What must not happen when Waggle, the desktop or a person's patience ends in the middle.

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})
afterEach(() => desk.stop())

test.each([
  ['before the submit key goes again', false, 'delivered', ['cut short']],
  ['at the submit key is in doubt, and not tried again', true, 'in-doubt', []],
])('a message during which Waggle ended %s', async (_when, isMarked, state, texts) => {
  desk.deliver = ({ signal, beforeSubmit }) => {
    if (isMarked) beforeSubmit()
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(notSubmitted('internal'))))
  }
  const id = await desk.send('cut short')
  await settle()
  const again = new CourierDesk(desk.store)
  again.start()
  await settle()
  await again.stop()
  expect(again.queue.get(id)?.state).toBe(state)
  expect(again.texts).toEqual(texts)
})

test('a limit for waiting is one for the person alone: a missing window is waited for as long as it takes', async () => {
  desk.giveUpMs = 10_000
  desk.missing.add('A')
  const id = await desk.send('for A')
  await desk.clock.advance(60_000)
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', failure: { code: 'window-missing' } })
})

test('a person who was away in between is waited for anew', async () => {
  desk.giveUpMs = 10_000
  desk.person = true
  const id = await desk.send('when you are done')
  await desk.clock.advance(9000)
  // They stir again as soon as the delivery has begun.
  desk.deliver = async () => {
    desk.person = true
    return notSubmitted('user-active')
  }
  desk.person = false
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['when you are done'])
  await desk.clock.advance(8000)
  expect(desk.queue.get(id)?.state).toBe('queued')
})

test('where looking for the window fails nothing is delivered, and the reason is told', async () => {
  const { has } = desk.missing
  desk.missing.has = () => {
    throw new Error('X server gone')
  }
  const id = await desk.send('for A')
  await desk.clock.advance(2000)
  expect(desk.tried).toEqual([])
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', failure: { code: 'internal' } })
  desk.missing.has = has
  desk.deliver = async () => delivered
  await desk.clock.advance(1000)
  expect(desk.queue.get(id)?.state).toBe('delivered')
})

test.each([
  ['on the desktop', (_desk: CourierDesk) => undefined],
  ['beside it', (one: CourierDesk) => one.setAgentsBeside('A', 'B')],
])(
  'a message in line that cannot be begun holds its own agent only, is looked at again every second, and this is said (%s)',
  async (_where, prepare) => {
    prepare(desk)
    const begin = desk.store.begin.bind(desk.store)
    let begun = 0
    desk.store.begin = (id) => {
      const isA = desk.store.get(id)?.to === 'A'
      if (isA && (begun += 1) < 1000) throw wrongState(id, 'failed', 'begin')
      return begin(id)
    }
    const id = await desk.send('for A')
    await desk.clock.advance(10_000)
    expect(begun).toBeGreaterThan(5)
    expect(begun).toBeLessThan(20)
    expect(desk.log.join()).toContain('cannot be begun')
    expect(desk.queue.get(id)).toMatchObject({ state: 'queued', failure: { code: 'internal' } })
    await desk.send('for B', { to: 'B' })
    await settle()
    expect(desk.texts).toEqual(['for B'])
    begun = 1000
    await desk.clock.advance(1000)
    expect(desk.texts).toEqual(['for B', 'for A'])
  },
)
