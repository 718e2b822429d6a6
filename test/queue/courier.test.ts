import { afterEach, beforeEach, expect, test } from 'vitest'
import { TurnLost, TurnTimeout } from '../../src/main/desktop/lock/turn-errors'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, agent, delivered, notSubmitted } from './courier-desk'

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

test('what is sent is delivered at once, with proof and measured steps', async () => {
  const id = await desk.send('hello')
  await settle()
  expect(desk.queue.get(id)).toMatchObject({
    state: 'delivered',
    proof: 'read-back',
    timings: {
      steps: [
        { step: 'turn', ms: 7 },
        { step: 'paste', ms: 3 },
      ],
    },
  })
  expect(desk.log.join()).toMatch(/waited \d+ ms.*delivered after/)
})

test('one message is delivered at a time', async () => {
  let running = 0
  desk.deliver = async () => {
    running += 1
    expect(running).toBe(1)
    await settle()
    running -= 1
    return delivered
  }
  for (const text of ['one', 'two', 'three']) await desk.send(text)
  await desk.clock.advance(0)
  await settle()
  await settle()
  await settle()
  expect(desk.texts).toEqual(['one', 'two', 'three'])
})

test('clipboard, pointer and focus are given back when nothing more can go, and not between two deliveries', async () => {
  for (const text of ['one', 'two', 'three']) await desk.send(text)
  await desk.clock.advance(0)
  await settle()
  expect(desk.givenBack).toEqual([3])
  desk.missing.add('A')
  await desk.send('for B', { to: 'B' })
  await desk.send('for A, whose window is missing')
  await desk.clock.advance(0)
  expect(desk.texts.at(-1)).toBe('for B')
  expect(desk.givenBack).toEqual([3, 4])
})

test('a missing window holds up nobody else, uses no attempt, and its message goes within 2 s once it is there', async () => {
  desk.missing.add('A')
  const id = await desk.send('for A')
  await desk.send('for B', { to: 'B' })
  await desk.clock.advance(60_000)
  expect(desk.texts).toEqual(['for B'])
  expect(desk.queue.get(id)).toMatchObject({
    state: 'queued',
    attempts: [],
    failure: { code: 'window-missing' },
  })
  expect(desk.looks).toBeLessThan(80)
  desk.missing.delete('A')
  await desk.clock.advance(1000)
  expect(desk.queue.get(id)).toMatchObject({ state: 'delivered' })
  expect(desk.queue.get(id)?.failure).toBeUndefined()
})

test.each(['text-mismatch', 'lock-lost', 'submit-unconfirmed', 'internal'] as const)(
  'after %s it is tried again with growing pauses, in order, up to five times, then fails',
  async (code) => {
    desk.deliver = async ({ message }) => (message.text === 'bad' ? notSubmitted(code) : delivered)
    const id = await desk.send('bad')
    await desk.send('next')
    await desk.send('for B', { to: 'B' })
    await desk.clock.advance(7499)
    expect(desk.texts).toEqual(['bad', 'for B', 'bad', 'bad', 'bad'])
    expect(desk.queue.status().perAgent['A']?.waitingFor?.code).toBe(code)
    await desk.clock.advance(1)
    expect(desk.queue.status().perAgent['A']?.waitingFor).toBeUndefined()
    expect(desk.texts.slice(-2)).toEqual(['bad', 'next'])
    const times = desk.tried.filter(({ text }) => text === 'bad').map(({ at }) => at)
    expect(times).toEqual([0, 500, 1500, 3500, 7500])
    expect(desk.queue.get(id)).toMatchObject({ state: 'failed', failure: { code } })
    expect(desk.queue.get(id)?.attempts).toHaveLength(5)
  },
)

test('what is in doubt is never tried again by itself', async () => {
  const failure = { code: 'submit-unconfirmed', message: 'the focus went at that moment' } as const
  desk.deliver = async () => ({ state: 'in-doubt', failure, timings: { steps: [] } })
  const id = await desk.send('once')
  await desk.clock.advance(60_000)
  expect(desk.texts).toEqual(['once'])
  expect(desk.queue.get(id)).toMatchObject({ state: 'in-doubt', failure })
})

test('a delivery that throws is tried again before its submit mark, and in doubt after it', async () => {
  desk.setAgents('A', 'B', 'C')
  desk.deliver = ({ message, beforeSubmit }) => {
    if (message.text === 'late') beforeSubmit()
    return Promise.reject(message.text === 'lost' ? new TurnLost('gone') : new Error('X server gone'))
  }
  const early = await desk.send('early')
  const late = await desk.send('late', { to: 'B' })
  const lost = await desk.send('lost', { to: 'C' })
  await settle()
  expect(desk.queue.get(early)).toMatchObject({ state: 'queued', failure: { code: 'internal' } })
  expect(desk.queue.get(lost)).toMatchObject({ state: 'queued', failure: { code: 'lock-lost' } })
  expect(desk.queue.get(late)).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
})

test('an agent that is unknown, disabled or of a way that is not there keeps its messages waiting with a reason, and goes once it is set', async () => {
  desk.roster.put(agent('B', { enabled: false }), agent('C', { way: 'tmux' }))
  const reasons = {
    nobody: /no agent nobody/,
    B: /B is disabled/,
    C: /"tmux", which this Waggle does not have/,
  }
  for (const to of Object.keys(reasons)) await desk.send(to, { to })
  await desk.clock.advance(5000)
  expect(desk.tried).toEqual([])
  for (const [to, reason] of Object.entries(reasons)) {
    expect(desk.queue.list({ to, limit: 1 }).messages[0]?.failure?.message).toMatch(reason)
  }
  desk.roster.put(agent('nobody'), agent('B'), agent('C'))
  await settle()
  expect(new Set(desk.texts)).toEqual(new Set(['nobody', 'B', 'C']))
})

test('when nobody gives the desktop back, everyone waits for that reason, and goes on once it is free', async () => {
  desk.turns.refuse = new TurnTimeout('pid 4711 holds the desktop for 30 s')
  desk.turns.before = () => desk.clock.wait(30_000)
  const id = await desk.send('one')
  await desk.send('two', { to: 'B' })
  await desk.clock.advance(30_000)
  const { perAgent } = desk.queue.status()
  expect([perAgent['A'], perAgent['B']]).toMatchObject([
    { waitingFor: { code: 'lock-timeout' } },
    { waitingFor: { code: 'lock-timeout' } },
  ])
  desk.turns.refuse = undefined
  await desk.clock.advance(30_000)
  desk.turns.before = undefined
  await desk.clock.advance(30_000)
  expect(desk.texts).toEqual(['one', 'two'])
  expect(desk.queue.get(id)).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] })
  desk.queue.pause()
  expect(desk.queue.get(await desk.send('three'))?.failure?.code, 'that is over').toBe('paused')
})

test('what became more urgent while the turn was waited for goes first', async () => {
  desk.turns.before = () => desk.clock.wait(1000)
  await desk.send('normal')
  await settle()
  await desk.send('urgent', { to: 'B', priority: 'urgent' })
  await desk.clock.advance(1000)
  desk.turns.before = undefined
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['urgent', 'normal'])
})

test('what was cancelled while its turn was waited for is not delivered', async () => {
  desk.turns.before = () => desk.clock.wait(1000)
  const id = await desk.send('regretted')
  await settle()
  desk.queue.cancel(id)
  await desk.clock.advance(2000)
  expect(desk.tried).toEqual([])
})

test('stopping lets a running delivery end before its submit key, without using an attempt', async () => {
  desk.deliver = ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(notSubmitted('internal')))
    })
  const id = await desk.send('cut short')
  await settle()
  await desk.stop()
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', attempts: [] })
})

test('after stopping, no submit key is pressed any more, and one that was pressed is seen through', async () => {
  let refused: unknown
  desk.deliver = async ({ message, signal, beforeSubmit }) => {
    if (message.text === 'past') beforeSubmit()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    if (message.text === 'past') return delivered
    try {
      beforeSubmit()
    } catch (error) {
      refused = error
    }
    return notSubmitted('internal')
  }
  const past = await desk.send('past')
  await settle()
  await desk.stop()
  expect(desk.queue.get(past)?.state).toBe('delivered')
  desk.start()
  const before = await desk.send('before')
  await settle()
  await desk.stop()
  expect(refused).toBeInstanceOf(Error)
  expect(desk.queue.get(before)?.state).toBe('queued')
})

test('how a delivery ended is written again until the disk takes it, and nothing is delivered meanwhile', async () => {
  const finish = desk.store.finish.bind(desk.store)
  let full = true
  desk.store.finish = (...given) => {
    if (full) throw new Error('disk full')
    return finish(...given)
  }
  const id = await desk.send('one')
  await desk.send('two')
  await desk.clock.advance(5000)
  expect(desk.texts).toEqual(['one'])
  expect(desk.log.filter((line) => line.includes('disk full')).length).toBeLessThan(10)
  full = false
  await desk.clock.advance(1000)
  expect(desk.queue.get(id)?.state).toBe('delivered')
  expect(desk.texts).toEqual(['one', 'two'])
})

test('a disk that takes no new attempt does not keep the courier spinning', async () => {
  let begins = 0
  desk.store.begin = () => {
    begins += 1
    throw new Error('disk full')
  }
  await desk.send('one')
  await desk.clock.advance(5000)
  expect(begins).toBeLessThan(10)
})

test('a message during which Waggle ended five times is not tried for ever', async () => {
  desk.queue.pause()
  const id = await desk.send('poison')
  for (let times = 0; times < 5; times++) {
    desk.queue.begin(id)
    desk.store.recover()
  }
  const again = new CourierDesk(desk.store)
  again.start()
  again.queue.resume()
  await settle()
  await again.stop()
  expect(again.tried).toEqual([])
  expect(again.queue.get(id)).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
})

test('a message waits while a person uses the desktop and goes within a second of their leaving', async () => {
  desk.person = true
  const id = await desk.send('when you are done')
  await desk.clock.advance(60_000)
  expect(desk.queue.get(id)).toMatchObject({
    state: 'queued',
    failure: { code: 'user-active' },
    attempts: [],
  })
  desk.person = false
  await desk.clock.advance(1000)
  expect(desk.texts).toEqual(['when you are done'])
})

test('where a limit is set, a message that waited so long for the person fails, and nothing is forced', async () => {
  desk.person = true
  desk.giveUpMs = 10_000
  const id = await desk.send('not that important')
  await desk.clock.advance(9000)
  expect(desk.queue.get(id)?.state).toBe('queued')
  await desk.clock.advance(2500)
  expect(desk.queue.get(id)).toMatchObject({ state: 'failed', failure: { code: 'user-active' } })
  expect(desk.texts).toEqual([])
})
