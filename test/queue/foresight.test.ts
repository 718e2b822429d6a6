import { afterEach, beforeEach, expect, test } from 'vitest'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, delivered, notSubmitted } from './courier-desk'

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})
afterEach(async () => desk.stop())

test.each([
  [99, 1],
  [100, 2],
])(
  'who comes next is looked up while the input empties, and %i ms later %i times in all',
  async (ms, looks) => {
    desk.deliver = async ({ message, onStep }) => {
      if (message.to === 'B') return delivered
      desk.looks = 0
      onStep('seen-empty')
      await desk.clock.advance(ms)
      return delivered
    }
    await Promise.all([desk.send('first'), desk.send('second', { to: 'B' })])
    await expect.poll(() => desk.texts).toEqual(['first', 'second'])
    expect(desk.looks).toBe(looks)
  },
)

test('an agent that gets two in a row is not looked at again for the second', async () => {
  let ahead = 0
  desk.deliver = async ({ message, onStep }) => {
    if (message.text === 'second') return delivered
    desk.looks = 0
    onStep('seen-empty')
    await settle()
    ahead = desk.looks
    return delivered
  }
  await Promise.all([desk.send('first'), desk.send('second')])
  await expect.poll(() => desk.texts).toEqual(['first', 'second'])
  expect([ahead, desk.looks]).toEqual([1, 1])
})

test('an agent whose window closes after the look ahead keeps its message', async () => {
  desk.deliver = async ({ message, onStep }) => {
    onStep('seen-empty')
    await settle()
    desk.missing.add('B')
    return message.to === 'A' ? delivered : notSubmitted('window-missing')
  }
  const [, id] = await Promise.all([desk.send('first'), desk.send('second', { to: 'B' })])
  await expect
    .poll(() => desk.queue.get(id))
    .toMatchObject({ state: 'queued', failure: { code: 'window-missing' } })
  expect(desk.texts).toEqual(['first', 'second'])
})
