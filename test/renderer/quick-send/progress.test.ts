import { expect, test } from 'vitest'
import type { QueueStatus } from '../../../src/contract/operations'
import { progressOf } from '../../../src/renderer/quick-send/progress'
import { aMessage } from '../messages'

const quiet: QueueStatus = { paused: false, depth: 1, perAgent: {} }
const message = aMessage({ id: 'a', to: 'Agent-1', state: 'queued' })

test('a message that waits says for what, as the queue knows it now', () => {
  const waitingFor = { code: 'user-active', message: '…' } as const
  const perAgent = { 'Agent-1': { depth: 1, paused: false, waitingFor } }
  expect(progressOf([message], { ...quiet, perAgent }).words).toBe('waiting: you are using the desktop')
  expect(progressOf([message], { ...quiet, paused: true }).words).toBe('waiting: the queue is paused')
  expect(progressOf([message], quiet)).toMatchObject({ who: 'Agent-1', words: 'waiting', arrived: false })
})

test('the steps of its own delivery fill the bar; another message’s do not', () => {
  const delivering = { to: 'Agent-1', from: 'you', step: 'paste', since: '2026-01-01T00:00:00Z' } as const
  const own = progressOf([{ ...message, state: 'delivering' }], {
    ...quiet,
    delivering: { ...delivering, id: 'a' },
  })
  expect(own.words).toBe('Paste')
  expect(own.marks).toEqual(['done', 'done', 'done', 'going', 'open', 'open', 'open'])
  const other = progressOf([message], { ...quiet, delivering: { ...delivering, id: 'b' } })
  expect(new Set(other.marks)).toEqual(new Set(['open']))
})

test('arrived is what was delivered, with how that is known and the time it took', () => {
  const timings = { waitMs: 5, deliveryMs: 84, steps: [] }
  const done = progressOf([{ ...message, state: 'delivered', proof: 'read-back', timings }], quiet)
  expect(done).toMatchObject({ words: 'delivered, read back', tone: 'ok', arrived: true, tookMs: 84 })
})

test('failed and in doubt are not shown as arrived, and stay', () => {
  for (const state of ['failed', 'in-doubt', 'expired', 'cancelled'] as const) {
    expect(progressOf([{ ...message, state }], quiet).arrived).toBe(false)
  }
})

test('of several messages the number is shown and the one that needs a look; one mark each', () => {
  const other = aMessage({ id: 'b', to: 'Agent-2', state: 'in-doubt' })
  const several = progressOf([{ ...message, state: 'delivered' }, other], quiet)
  expect(several).toMatchObject({
    who: '1 of 2 delivered',
    words: 'Agent-2: may have been sent: you decide',
    marks: ['done', 'doubt'],
    arrived: false,
  })
})
