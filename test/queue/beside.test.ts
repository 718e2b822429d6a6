import { afterEach, beforeEach, expect, test } from 'vitest'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, Endings, agent, notSubmitted } from './courier-desk'

// Agents whose messages need no desktop.

let desk: CourierDesk
let onDesktop: Endings
let beside: Endings

beforeEach(() => {
  desk = new CourierDesk()
  desk.setAgentsBeside('X', 'Y', 'Z')
  onDesktop = new Endings()
  beside = new Endings()
  desk.deliver = () => onDesktop.next()
  desk.deliverBeside = () => beside.next()
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

const states = (...ids: string[]) => ids.map((id) => desk.queue.get(id)?.state)

async function endAll(): Promise<void> {
  for (let count = 0; count < 20; count++) {
    await onDesktop.end()
    await beside.end()
  }
}

test('messages to them go beside the one on the desktop and beside each other, without a turn', async () => {
  const first = await desk.send('on the desktop')
  await settle()
  desk.turns.before = () => Promise.reject(new Error('asked for a turn'))
  const others = [await desk.send('to X', { to: 'X' }), await desk.send('to Y', { to: 'Y' })]
  await settle()
  expect(desk.texts).toEqual(['on the desktop', 'to X', 'to Y'])
  expect(states(first, ...others)).toEqual(['delivering', 'delivering', 'delivering'])
  expect(desk.queue.status().delivering).toMatchObject({ id: first, desktop: true })
  desk.turns.before = undefined
  await beside.end()
  await beside.end()
  expect(states(first, ...others)).toEqual(['delivering', 'delivered', 'delivered'])
  expect(desk.queue.get(others[0] ?? '')?.timings?.steps.map(({ step }) => step)).toEqual(['paste'])
  await onDesktop.end()
  expect(states(first)).toEqual(['delivered'])
})

test('each of them gets one message at a time, urgent ones first, senders in turn and each one’s in their order', async () => {
  desk.queue.pause()
  for (const text of ['a1', 'a2', 'a3']) await desk.send(text, { to: 'X', from: 'a' })
  await desk.send('b1', { to: 'X', from: 'b' })
  await desk.send('urgent', { to: 'X', from: 'a', priority: 'urgent' })
  desk.queue.resume()
  await settle()
  for (const gone of [1, 2, 3, 4, 5]) {
    expect(desk.texts).toHaveLength(gone)
    await beside.end()
  }
  expect(desk.texts).toEqual(['urgent', 'a1', 'b1', 'a2', 'a3'])
  expect(desk.givenBack).toEqual([])
})

test('one that is not ready is held alone, keeps its attempts, and gets its message within a second', async () => {
  desk.missing.add('X')
  const id = await desk.send('to X', { to: 'X' })
  await desk.send('to Y', { to: 'Y' })
  await desk.clock.advance(10_000)
  expect(desk.texts).toEqual(['to Y'])
  expect(desk.queue.get(id)).toMatchObject({ attempts: [], failure: { code: 'window-missing' } })
  desk.missing.delete('X')
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['to Y', 'to X'])
  await endAll()
})

test('a change of the roster lets those that wait be looked at at once', async () => {
  desk.missing.add('X')
  await desk.send('to X', { to: 'X' })
  await desk.clock.advance(5000)
  desk.missing.delete('X')
  desk.setAgentsBeside('X')
  await settle()
  expect(desk.texts).toEqual(['to X'])
  await endAll()
})

test('what fails is tried again with growing pauses, while the others go on', async () => {
  desk.deliverBeside = async () => notSubmitted('internal')
  const id = await desk.send('to X', { to: 'X' })
  await desk.send('on the desktop')
  await settle()
  await onDesktop.end()
  await desk.clock.advance(7500)
  expect(desk.tried.filter(({ text }) => text === 'to X').map(({ at }) => at)).toEqual([
    0, 500, 1500, 3500, 7500,
  ])
  expect(states(id)).toEqual(['failed'])
})

test('so many at once and no more; the next one goes as soon as one has ended, and nobody is asked meanwhile', async () => {
  const names = Array.from({ length: 70 }, (_, index) => `N${index}`)
  desk.setAgentsBeside(...names)
  desk.missing.add('X')
  await desk.send('held', { to: 'X' })
  await settle()
  for (const to of names) await desk.send(to, { to })
  await settle()
  expect(desk.texts).toHaveLength(64)
  await desk.clock.advance(5000)
  expect(desk.texts).toHaveLength(64)
  await beside.end()
  expect(desk.texts).toHaveLength(65)
  for (let count = 0; count < 70; count++) await beside.end()
  expect(desk.texts).toHaveLength(70)
})

test('a look that takes long keeps only its own agent waiting, and what became more urgent meanwhile goes first', async () => {
  const looked = desk.holdLook('X')
  await desk.send('to X', { to: 'X' })
  await settle()
  await desk.send('to Y', { to: 'Y' })
  await desk.send('urgent', { to: 'X', priority: 'urgent' })
  await settle()
  expect(desk.texts).toEqual(['to Y'])
  looked()
  await settle()
  expect(desk.texts).toEqual(['to Y', 'urgent'])
  await endAll()
})

test('a disk that takes no new attempt does not keep the courier spinning', async () => {
  let begins = 0
  const { begin } = desk.store
  desk.store.begin = () => {
    begins += 1
    throw new Error('disk full')
  }
  await desk.send('to X', { to: 'X' })
  await desk.clock.advance(5000)
  expect(begins).toBeLessThan(10)
  desk.store.begin = begin.bind(desk.store)
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['to X'])
  await endAll()
})

test('outcomes that the disk refused are all written later, and until then their agents get nothing more', async () => {
  const { finish } = desk.store
  const ids = [await desk.send('x1', { to: 'X' }), await desk.send('y1', { to: 'Y' })]
  await desk.send('x2', { to: 'X' })
  await settle()
  desk.store.finish = () => {
    throw new Error('disk full')
  }
  await beside.end()
  await beside.end()
  await desk.clock.advance(3000)
  expect(desk.texts).toEqual(['x1', 'y1'])
  desk.store.finish = finish.bind(desk.store)
  await desk.clock.advance(1000)
  expect(states(...ids)).toEqual(['delivered', 'delivered'])
  expect(desk.texts).toEqual(['x1', 'y1', 'x2'])
  await endAll()
})

test('a lock that cannot be had holds up only those that need the desktop, and is no reason of the others', async () => {
  desk.turns.refuse = Object.assign(new Error('pid 4711 holds the desktop'), { name: 'TurnTimeout' })
  desk.turns.before = () => desk.clock.wait(30_000)
  await desk.send('on the desktop')
  await desk.send('x1', { to: 'X' })
  await desk.send('x2', { to: 'X' })
  await desk.clock.advance(30_000)
  expect(desk.texts).toEqual(['x1'])
  const { A, X } = desk.queue.status().perAgent
  expect([A?.waitingFor?.code, X?.waitingFor]).toEqual(['lock-timeout', undefined])
  await endAll()
  expect(desk.texts).toEqual(['x1', 'x2'])
  desk.turns.refuse = undefined
  desk.turns.before = undefined
  await desk.clock.advance(30_000)
  expect(desk.texts.at(-1)).toBe('on the desktop')
  await endAll()
})

test('stopping one agent’s delivery leaves the others; stopping all stops each, none of them with an attempt', async () => {
  desk.deliverBeside = ({ signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(notSubmitted('internal'))))
  desk.deliver = desk.deliverBeside
  const ids = [await desk.send('a'), await desk.send('x', { to: 'X' }), await desk.send('y', { to: 'Y' })]
  await settle()
  desk.queue.pause('X')
  await desk.stopDelivery('X')
  expect(states(...ids)).toEqual(['delivering', 'queued', 'delivering'])
  desk.queue.pause()
  await desk.stopDelivery()
  expect(states(...ids)).toEqual(['queued', 'queued', 'queued'])
  expect(ids.map((id) => desk.queue.get(id)?.attempts)).toEqual([[], [], []])
})

test('the app does not end before each has ended: before its submit key, or as it went', async () => {
  desk.deliverBeside = ({ message, signal, beforeSubmit }) => {
    if (message.to === 'X') beforeSubmit()
    else signal.addEventListener('abort', () => void beside.end(notSubmitted('internal')))
    return message.to === 'X' ? onDesktop.next() : beside.next()
  }
  const ids = [await desk.send('x', { to: 'X' }), await desk.send('y', { to: 'Y' })]
  await settle()
  let isStopped = false
  const stopped = desk.stop().then(() => (isStopped = true))
  await settle()
  expect(isStopped).toBe(false)
  expect(states(...ids)).toEqual(['delivering', 'queued'])
  await onDesktop.end()
  await stopped
  expect(states(...ids)).toEqual(['delivered', 'queued'])
})

test('after a crash amid several deliveries each is queued or in doubt by itself', async () => {
  desk.deliverBeside = ({ message, beforeSubmit }) => {
    if (message.to === 'X') beforeSubmit()
    return beside.next()
  }
  const ids = [await desk.send('a'), await desk.send('x', { to: 'X' }), await desk.send('y', { to: 'Y' })]
  await settle()
  const again = new CourierDesk(desk.store)
  expect(ids.map((id) => again.queue.get(id)?.state)).toEqual(['queued', 'in-doubt', 'queued'])
  await endAll()
})

test('an agent is not renamed while one of several deliveries goes to it', async () => {
  await desk.send('x', { to: 'X' })
  await desk.send('y', { to: 'Y' })
  await settle()
  expect(() => desk.queue.rename('X', 'W')).toThrow(/on their way/)
  expect(() => desk.queue.rename('Y', 'W')).toThrow(/on their way/)
  await endAll()
  desk.queue.rename('X', 'W')
})

test('an agent that is given another way is served by that from its next message on', async () => {
  await desk.send('x1', { to: 'X' })
  await desk.send('x2', { to: 'X' })
  await settle()
  desk.roster.put(agent('X'))
  await settle()
  expect(desk.texts, 'one at a time, whatever the way').toEqual(['x1'])
  await beside.end()
  expect(desk.texts).toEqual(['x1', 'x2'])
  expect(desk.queue.status().delivering).toMatchObject({ to: 'X', desktop: true })
  await onDesktop.end()
})
