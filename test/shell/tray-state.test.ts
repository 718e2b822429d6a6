import { expect, test } from 'vitest'
import type { FailureCode } from '../../src/contract/failure'
import type { QueueStatus } from '../../src/contract/operations'
import { trayState } from '../../src/main/shell/tray-state'

const quiet: QueueStatus = { paused: false, depth: 0, perAgent: {} }
const delivering = {
  id: '0190f3a0-0000-7000-8000-000000000001',
  to: 'Agent-3',
  from: 'you',
  step: 'paste',
  since: '2026-01-01T00:00:00Z',
} as const

function waitingFor(code: FailureCode): QueueStatus {
  const perAgent = { 'Agent-2': { depth: 1, paused: false, waitingFor: { code, message: '…' } } }
  return { ...quiet, depth: 1, perAgent }
}

test('an idle Waggle says that nothing waits', () => {
  expect(trayState(quiet, 0)).toEqual({ mood: 'idle', sentence: 'Nothing waits' })
})

test('a delivery is shown with its recipient and how many wait behind it', () => {
  const state = trayState({ ...quiet, depth: 5, delivering }, 0)
  expect(state).toEqual({ mood: 'delivering', sentence: 'Delivering to Agent-3 · 5 waiting' })
})

test('a pause is shown even while something else needs a person', () => {
  expect(trayState({ ...waitingFor('window-missing'), paused: true }, 2)).toEqual({
    mood: 'paused',
    sentence: 'Paused · 1 waiting',
  })
})

test('a message in doubt asks for a person', () => {
  const state = trayState(quiet, 1)
  expect(state).toEqual({ mood: 'attention', sentence: 'One message may have been sent: you decide' })
})

test.each(['window-missing', 'not-calibrated', 'draft-present', 'desktop-unavailable'] as const)(
  'waiting for what only a person can change (%s) asks for one',
  (code) => expect(trayState(waitingFor(code), 0).mood).toBe('attention'),
)

test.each(['user-active', 'lock-timeout', 'focus-lost', 'internal'] as const)(
  'waiting for what passes by itself (%s) leaves people alone',
  (code) => expect(trayState(waitingFor(code), 0)).toEqual({ mood: 'idle', sentence: '1 message waits' }),
)

test('waiting for another program names that as the reason', () => {
  const holder = { since: '2026-01-01T00:00:00Z', reason: 'a script' }
  expect(trayState({ ...quiet, depth: 3, holder }, 0).sentence).toBe(
    'Another program has the desktop · 3 waiting',
  )
})
