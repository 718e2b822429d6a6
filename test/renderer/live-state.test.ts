import { expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import { emptyState, withEvent, type LiveState } from '../../src/renderer/state/live-state'
import { aMessage, idOf } from './messages'

function after(...messages: readonly Message[]): LiveState {
  return messages.reduce((state, message) => withEvent(state, { type: 'message', message }), emptyState)
}

const version = (state: LiveState) => state.lineVersion
const running = (state: LiveState) => state.running.map(({ id }) => id)
const troubled = (state: LiveState) => state.troubled.map(({ id }) => id)

test.each(['in-doubt', 'failed'] as const)(
  'a message that is %s needs someone until it is settled',
  (state) => {
    const open = after(aMessage(), aMessage({ state: 'delivering' }), aMessage({ state }))
    expect(troubled(open)).toEqual([idOf(1)])
    for (const settled of ['delivered', 'queued', 'cancelled'] as const) {
      const event = { type: 'message', message: aMessage({ state: settled }) } as const
      expect(troubled(withEvent(open, event))).toEqual([])
    }
  },
)

test('what needs someone stands newest first, each once', () => {
  const state = after(
    aMessage({ number: 2, state: 'failed' }),
    aMessage({ number: 3, state: 'in-doubt' }),
    aMessage({ number: 1, state: 'failed' }),
    aMessage({ number: 3, state: 'failed' }),
  )
  expect(troubled(state)).toEqual([3, 2, 1].map(idOf))
  expect(state.troubled[0]?.state).toBe('failed')
})

test('the running messages are known by their events, and the last one as it ended; a cancelled one is none', () => {
  const events = [
    aMessage({ number: 1, state: 'delivering' }),
    aMessage({ number: 3, state: 'delivering' }),
    aMessage({ number: 1, state: 'delivered', proof: 'read-back' }),
    aMessage({ number: 2 }),
    aMessage({ number: 2, state: 'cancelled' }),
  ]
  expect(running(after(...events.slice(0, 2)))).toEqual([idOf(1), idOf(3)])
  const state = after(...events)
  expect(running(state)).toEqual([idOf(3)])
  expect(state.last).toMatchObject({ id: idOf(1), state: 'delivered' })
})

test('status and agents are replaced by what an event brings', () => {
  const status = { paused: true, depth: 2, perAgent: {} }
  const state = withEvent(withEvent(emptyState, { type: 'queue', status }), { type: 'agent', agents: [] })
  expect(state.status).toBe(status)
})

test('the line may have changed with any message and any pause or hold, and not with a step of a delivery', () => {
  const first = after(aMessage())
  expect(version(first)).toBeGreaterThan(version(emptyState))
  const held = { 'Agent-1': { depth: 1, paused: true } }
  const status = { paused: false, depth: 1, perAgent: held }
  const paused = withEvent(first, { type: 'queue', status })
  expect(version(paused)).toBeGreaterThan(version(first))
  const delivering = { id: idOf(1), to: 'A', from: 'b', step: 'paste', since: '' } as const
  expect(version(withEvent(paused, { type: 'queue', status: { ...status, delivering } }))).toBe(
    version(paused),
  )
})
