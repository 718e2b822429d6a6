import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delivery, DesktopOrder } from '../../src/main/ways/way'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, Endings, delivered, notSubmitted } from './courier-desk'

// Deliveries that have let the desktop go and only look any more.

let desk: CourierDesk
let endings: Endings
let orders: DesktopOrder[]

beforeEach(() => {
  desk = new CourierDesk()
  endings = new Endings()
  orders = []
  desk.deliver = (order) => {
    orders.push(order)
    return endings.next()
  }
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

const states = (...ids: string[]) => ids.map((id) => desk.queue.get(id)?.state)

async function letGo(): Promise<void> {
  orders.at(-1)?.desktopFree()
  await settle()
}

test('the desktop goes on to another agent’s message while a delivery settles, and to no second one of its own agent', async () => {
  const [a1, a2, b1] = [await desk.send('a1'), await desk.send('a2'), await desk.send('b1', { to: 'B' })]
  await settle()
  expect(desk.queue.status().delivering).toMatchObject({ id: a1, desktop: true })
  await letGo()
  expect(desk.texts).toEqual(['a1', 'b1'])
  expect(states(a1, a2, b1)).toEqual(['delivering', 'queued', 'delivering'])
  expect(desk.queue.status().delivering).toMatchObject({ id: b1, desktop: true })
  await endings.end()
  expect(states(a1)).toEqual(['delivered'])
  expect(desk.texts, 'the desktop is still used').toEqual(['a1', 'b1'])
  await endings.end()
  expect(desk.texts).toEqual(['a1', 'b1', 'a2'])
  expect(desk.givenBack).toEqual([])
  await endings.end()
  expect([states(a2), desk.givenBack]).toEqual([['delivered'], [3]])
})

test('where nothing else can go, the desktop is given back at once, and taken again when the agent is free', async () => {
  const ids = [await desk.send('a1'), await desk.send('a2')]
  await settle()
  await letGo()
  expect([desk.givenBack, states(...ids)]).toEqual([[1], ['delivering', 'queued']])
  expect(desk.queue.status().delivering, 'nobody has the desktop').toMatchObject({ id: ids[0] })
  expect(desk.queue.status().delivering?.desktop).toBeUndefined()
  await endings.end()
  expect(desk.texts).toEqual(['a1', 'a2'])
  await endings.end()
})

test.each<[string, Delivery, object]>([
  ['not submitted after all', notSubmitted('agent-busy'), { state: 'queued', attempts: [] }],
  [
    'in doubt',
    { ...notSubmitted('not-accepted'), state: 'in-doubt' } as Delivery,
    { state: 'in-doubt', failure: { code: 'not-accepted' } },
  ],
])(
  'a delivery that settles as %s ends so, and the one on the desktop goes on',
  async (_how, end, expected) => {
    const a = await desk.send('a')
    const b = await desk.send('b', { to: 'B' })
    await settle()
    orders[0]?.beforeSubmit()
    await letGo()
    await endings.end(end)
    expect(desk.queue.get(a)).toMatchObject(expected)
    expect(states(b)).toEqual(['delivering'])
    await endings.end()
    expect(states(b)).toEqual(['delivered'])
  },
)

test('steps that a settling delivery still tells change nothing for the one on the desktop', async () => {
  await desk.send('a')
  const b = await desk.send('b', { to: 'B' })
  desk.setAgents('C')
  await settle()
  await letGo()
  await desk.send('c', { to: 'C' })
  orders[1]?.onStep('paste')
  desk.looks = 0
  orders[0]?.onStep('seen-empty')
  orders[0]?.desktopFree()
  await settle()
  expect(desk.queue.status().delivering).toMatchObject({ id: b, step: 'paste', desktop: true })
  expect([desk.looks, desk.givenBack]).toEqual([0, []])
  for (let count = 0; count < 3; count++) await endings.end()
})

test('an agent that is given another way gets its next message when the one that settles has ended', async () => {
  desk.deliverBeside = async () => delivered
  await desk.send('a1')
  await desk.send('a2')
  await settle()
  await letGo()
  desk.setAgentsBeside('A')
  await settle()
  expect(desk.texts).toEqual(['a1'])
  await endings.end()
  expect(desk.texts).toEqual(['a1', 'a2'])
})

test('stopping waits for one that settles and lets it end as it will', async () => {
  const a = await desk.send('a')
  await settle()
  orders[0]?.beforeSubmit()
  await letGo()
  desk.queue.pause()
  let isStopped = false
  const stopped = desk.stopDelivery().then(() => (isStopped = true))
  await settle()
  expect([isStopped, orders[0]?.signal.aborted]).toEqual([false, true])
  await endings.end()
  await stopped
  expect(states(a)).toEqual(['delivered'])
})

test.each([
  ['not-accepted', 'failed'],
  ['agent-busy', 'queued'],
] as const)('one that is stopped while it settles and then says %s is %s', async (code, state) => {
  const a = await desk.send('a')
  await settle()
  await letGo()
  desk.queue.pause()
  const stopped = desk.stopDelivery()
  await endings.end(notSubmitted(code))
  await stopped
  expect(states(a)).toEqual([state])
})

test('stopping another agent’s delivery waits for neither the one that settles nor touches it', async () => {
  desk.deliver = (order) => {
    orders.push(order)
    if (order.message.to === 'A') return endings.next()
    return new Promise((resolve) => {
      order.signal.addEventListener('abort', () => resolve(notSubmitted('internal')))
    })
  }
  const ids = [await desk.send('a'), await desk.send('b', { to: 'B' })]
  await settle()
  await letGo()
  desk.queue.pause('B')
  await desk.stopDelivery('B')
  expect([states(...ids), orders[0]?.signal.aborted]).toEqual([['delivering', 'queued'], false])
  expect(desk.givenBack).toEqual([2])
  await endings.end()
})

test('the app does not end before what settles has ended', async () => {
  const a = await desk.send('a')
  await settle()
  orders[0]?.beforeSubmit()
  await letGo()
  let isStopped = false
  const stopped = desk.stop().then(() => (isStopped = true))
  await settle()
  expect(isStopped).toBe(false)
  await endings.end()
  await stopped
  expect(states(a)).toEqual(['delivered'])
})

test('who waits for an agent to be settled hears when its delivery has ended', async () => {
  await desk.send('a')
  await settle()
  await letGo()
  let isSettled = false
  const settled = desk.settled('A').then(() => (isSettled = true))
  await desk.settled('B')
  await settle()
  expect(isSettled).toBe(false)
  await endings.end()
  await settled
})

test('a crash while one settles and the next is typed leaves the one in doubt and queues the other again', async () => {
  const ids = [await desk.send('a'), await desk.send('b', { to: 'B' })]
  await settle()
  orders[0]?.beforeSubmit()
  await letGo()
  const again = new CourierDesk(desk.store)
  expect(ids.map((id) => again.queue.get(id)?.state)).toEqual(['in-doubt', 'queued'])
  await endings.end()
  await endings.end()
})

test('a message put back while others went keeps its place among those of its agent and its sender’s turn', async () => {
  await desk.send('a1', { from: 'one' })
  await desk.send('a2', { from: 'two' })
  await desk.send('b1', { from: 'three', to: 'B' })
  await settle()
  await letGo()
  await endings.end(notSubmitted('agent-busy'))
  await endings.end()
  desk.deliver = async () => delivered
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['a1', 'b1', 'a1', 'a2'])
})
