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
    'message.list': { messages: [aMessage({ state: 'failed' })] },
  }
  const pictures: (() => void)[] = []
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
  const draw = () => {
    for (const run of pictures.splice(0)) run()
  }
  const schedule = (run: () => void) => void pictures.push(run)
  return { live: createLive({ call, onEvent, schedule, now: () => 0 }), calls, tell, draw }
}

test('the page subscribes before it asks for the present state, so nothing falls between the two', async () => {
  const { live, calls } = bridge()
  await live.start()
  expect(calls[0]).toBe('events.subscribe')
  expect(live.state()).toMatchObject({ ready: true, status })
  expect(live.state().troubled.map(({ id }) => id)).toContain(idOf(1))
})

test('what happens while the state is on its way is not lost', async () => {
  const late = aMessage({ number: 2, state: 'failed' })
  const { live, tell } = bridge((method) => {
    if (method === 'message.list') tell({ type: 'message', message: late })
  })
  await live.start()
  expect(live.state().troubled[0]?.id).toBe(idOf(2))
})

test('a burst of changes is told once a picture, each message as it last was, until the listener stops', async () => {
  const { live, tell, draw } = bridge()
  await live.start()
  let told = 0
  const heard: string[][] = []
  const stops = [
    live.subscribe(() => (told += 1)),
    live.onMessages((changed) => heard.push(changed.map(({ id, state }) => `${id.slice(-1)} ${state}`))),
  ]
  tell({ type: 'queue', status: { ...status, paused: true } })
  for (const state of ['queued', 'delivering', 'delivered'] as const) {
    tell({ type: 'message', message: aMessage({ number: 3, state }) })
  }
  tell({ type: 'message', message: aMessage({ number: 4 }) })
  expect([told, heard]).toEqual([0, []])
  draw()
  expect(live.state().status.paused).toBe(true)
  expect([told, heard]).toEqual([1, [['3 delivered', '4 queued']]])
  draw()
  for (const stop of stops) stop()
  tell({ type: 'message', message: aMessage({ number: 5 }) })
  draw()
  expect([told, heard.length]).toEqual([1, 1])
})

test('a state that cannot be had is said in the refusal’s own words', async () => {
  const { live } = bridge(() => {
    throw new Error('Waggle is shutting down.')
  })
  await live.start()
  expect(live.trouble()).toBe('Waggle is shutting down.')
  expect(live.state().ready).toBe(false)
})
