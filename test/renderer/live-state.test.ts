import { expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import { doubtful, emptyState, waiting, withEvent, type LiveState } from '../../src/renderer/state/live-state'
import { aMessage, idOf } from './messages'

function after(...messages: readonly Message[]): LiveState {
  return messages.reduce((state, message) => withEvent(state, { type: 'message', message }), emptyState)
}

test('a message is shown as waiting until its turn, and then no more', () => {
  expect(waiting(after(aMessage())).map(({ id }) => id)).toEqual([idOf(1)])
  expect(waiting(after(aMessage(), aMessage({ state: 'delivering' })))).toEqual([])
})

test('urgent messages stand before normal and low ones, the oldest first', () => {
  const state = after(
    aMessage({ number: 1, priority: 'low' }),
    aMessage({ number: 3 }),
    aMessage({ number: 2 }),
    aMessage({ number: 4, priority: 'urgent' }),
  )
  expect(waiting(state).map(({ id }) => id)).toEqual([4, 2, 3, 1].map(idOf))
})

test.each(['delivered', 'failed', 'cancelled', 'expired'] as const)(
  'a message that is %s leaves the queue',
  (state) => {
    expect(after(aMessage(), aMessage({ state })).open.size).toBe(0)
  },
)

test('a message in doubt stays until someone settles it', () => {
  const inDoubt = after(aMessage({ state: 'delivering' }), aMessage({ state: 'in-doubt' }))
  expect(doubtful(inDoubt)).toHaveLength(1)
  expect(
    doubtful(withEvent(inDoubt, { type: 'message', message: aMessage({ state: 'delivered' }) })),
  ).toEqual([])
})

test('the last delivery is remembered as it ended; a cancelled message is none', () => {
  const state = after(
    aMessage({ number: 1, state: 'delivering' }),
    aMessage({ number: 1, state: 'delivered', proof: 'read-back' }),
    aMessage({ number: 2 }),
    aMessage({ number: 2, state: 'cancelled' }),
  )
  expect(state.last).toMatchObject({ id: idOf(1), state: 'delivered' })
})

test('status and agents are replaced by what an event brings', () => {
  const status = { paused: true, depth: 2, perAgent: {} }
  const state = withEvent(withEvent(emptyState, { type: 'queue', status }), { type: 'agent', agents: [] })
  expect(state.status).toBe(status)
})
