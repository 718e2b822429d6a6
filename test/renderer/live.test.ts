import { expect, test } from 'vitest'
import type { WaggleEvent } from '../../src/contract/events'
import type { Call } from '../../src/renderer/state/call'
import { createLive } from '../../src/renderer/state/live'
import { aMessage, idOf } from './messages'

const status = { paused: false, depth: 1, perAgent: {} }

/** A bridge whose operations answer with these results, and that tells events when asked to. */
function bridge(beforeAnswer: (method: string) => void = () => undefined) {
  const listeners = new Set<(event: WaggleEvent) => void>()
  const tell = (event: WaggleEvent) => {
    for (const listener of listeners) listener(event)
  }
  const results: Record<string, unknown> = {
    'events.subscribe': {},
    'queue.status': status,
    'agent.list': { agents: [] },
    'message.list': { messages: [aMessage()] },
  }
  const calls: string[] = []
  const call = (async (method: string) => {
    calls.push(method)
    await Promise.resolve()
    beforeAnswer(method)
    return results[method]
  }) as unknown as Call
  const onEvent = (listener: (event: WaggleEvent) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { live: createLive({ call, onEvent }), calls, tell }
}

test('the page subscribes before it asks for the present state, so nothing falls between the two', async () => {
  const { live, calls } = bridge()
  await live.start()
  expect(calls[0]).toBe('events.subscribe')
  expect(live.state()).toMatchObject({ ready: true, status })
  expect([...live.state().open.keys()]).toEqual([idOf(1)])
})

test('what happens while the state is on its way is not lost', async () => {
  const late = aMessage({ number: 2 })
  const { live, tell } = bridge((method) => {
    if (method === 'message.list') tell({ type: 'message', message: late })
  })
  await live.start()
  expect([...live.state().open.keys()]).toEqual([idOf(1), idOf(2)])
})

test('later changes are shown and told, until the listener stops', async () => {
  const { live, tell } = bridge()
  await live.start()
  let told = 0
  const stop = live.subscribe(() => (told += 1))
  tell({ type: 'queue', status: { ...status, paused: true } })
  expect(live.state().status.paused).toBe(true)
  stop()
  tell({ type: 'queue', status })
  expect(told).toBe(1)
})

test('a state that cannot be had is said in the refusal’s own words', async () => {
  const { live } = bridge(() => {
    throw new Error('Waggle is shutting down.')
  })
  await live.start()
  expect(live.trouble()).toBe('Waggle is shutting down.')
  expect(live.state().ready).toBe(false)
})
