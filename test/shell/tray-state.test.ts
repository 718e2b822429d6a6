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

const settled = { inDoubt: 0, failed: 0 }

function waitingFor(code: FailureCode): QueueStatus {
  const perAgent = { 'Agent-2': { depth: 1, paused: false, waitingFor: { code, message: '…' } } }
  return { ...quiet, depth: 1, perAgent }
}

test('an idle Waggle says that nothing waits', () => {
  expect(trayState(quiet, settled)).toEqual({ mood: 'idle', sentence: 'Nothing waits' })
})

test('a delivery is shown with its recipient and how many wait behind it', () => {
  const state = trayState({ ...quiet, depth: 5, delivering }, settled)
  expect(state).toEqual({ mood: 'delivering', sentence: 'Delivering to Agent-3 · 5 waiting' })
})

test('a pause is shown even while something else needs a person', () => {
  expect(trayState({ ...waitingFor('window-missing'), paused: true }, { inDoubt: 2, failed: 1 })).toEqual({
    mood: 'paused',
    sentence: 'Paused · 1 waiting',
  })
})

test('a message in doubt asks for a person', () => {
  const state = trayState(quiet, { inDoubt: 1, failed: 1 })
  expect(state).toEqual({ mood: 'attention', sentence: 'One message may have been sent: you decide' })
})

test('messages that failed ask for a person, too, with their number', () => {
  expect(trayState(quiet, { inDoubt: 0, failed: 3 })).toEqual({
    mood: 'attention',
    sentence: '3 messages could not be delivered',
  })
})

test.each(['window-missing', 'not-calibrated', 'desktop-unavailable', 'agent-ended', 'unreadable'] as const)(
  'waiting for what only a person can change (%s) asks for one',
  (code) => expect(trayState(waitingFor(code), settled).mood).toBe('attention'),
)

test.each([
  ['user-active', 'Waiting: you are using the desktop · 1 waiting'],
  ['draft-present', 'Waiting: a draft is in the input of Agent-2 · 1 waiting'],
  ['agent-asks', 'Waiting: Agent-2 asks its person · 1 waiting'],
  ['focus-lost', 'Waiting: the input of Agent-2 cannot be reached · 1 waiting'],
] as const)('waiting for the person at the desk (%s) is shown as that', (code, sentence) => {
  expect(trayState(waitingFor(code), settled)).toEqual({ mood: 'waiting', sentence })
})

test.each(['lock-timeout', 'text-mismatch', 'internal'] as const)(
  'waiting for what passes by itself (%s) leaves people alone',
  (code) =>
    expect(trayState(waitingFor(code), settled)).toEqual({ mood: 'idle', sentence: '1 message waits' }),
)

test('waiting for another program names that as the reason', () => {
  const holder = { since: '2026-01-01T00:00:00Z', reason: 'a script' }
  expect(trayState({ ...quiet, depth: 3, holder }, settled).sentence).toBe(
    'Another program has the desktop · 3 waiting',
  )
})
