import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operations } from '../../src/contract/operations'
import { settle } from '../fakes/fake-clock'
import { FakeRoster } from '../fakes/fake-roster'
import { client, NOW, openDesk, UNKNOWN_ID } from './desk'

describe('sending', () => {
  test('an accepted message is in the queue, with the sender of its door', async () => {
    const desk = openDesk()
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' }, client('you'))
    const [message] = messages
    expect(message).toMatchObject({
      to: 'Agent-1',
      from: 'you',
      text: 'hello',
      priority: 'normal',
      state: 'queued',
    })
    expect(await desk.call('message.get', { id: message?.id ?? '' })).toMatchObject({
      text: 'hello',
      attempts: [],
    })
  })

  test('everyone means every enabled agent but the sender', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'Agent-3', enabled: false })
    const { messages } = await desk.call('message.send', { to: '*', text: 'hello', from: 'Agent-1' })
    expect(messages.map((message) => message.to)).toEqual(['Agent-2'])
  })

  test('everyone that is nobody is refused, not silently done', async () => {
    const error = await openDesk({ roster: new FakeRoster('Agent-1') }).refused('message.send', {
      to: '*',
      text: 'hello',
      from: 'Agent-1',
    })
    expect(error).toMatchObject({ code: -32602, data: { issues: [{ path: ['to'] }] } })
    expect(error.message).toContain('there is none')
  })

  test('a name given twice gets one message', async () => {
    const { messages } = await openDesk().call('message.send', { to: ['Agent-1', 'Agent-1'], text: 'hello' })
    expect(messages).toHaveLength(1)
  })

  test('one unknown name refuses the whole batch and names the closest agent', async () => {
    const desk = openDesk()
    const error = await desk.refused('message.send', { to: ['Agent-1', 'Agnet-2'], text: 'hello' })
    expect(error).toMatchObject({
      code: 1001,
      message: 'There is no agent "Agnet-2". Did you mean "Agent-2"?',
      data: { known: ['Agent-1', 'Agent-2', 'Agent-3'], closest: 'Agent-2' },
    })
    expect((await desk.call('message.list', {})).messages).toEqual([])
  })

  test('a name that is near nothing gets the list of agents and no guess', async () => {
    const error = await openDesk().refused('message.send', { to: 'Zebra', text: 'hello' })
    expect(error.message).toBe('There is no agent "Zebra". Known agents: Agent-1, Agent-2, Agent-3.')
    expect(error.data).not.toHaveProperty('closest')
  })

  test('a disabled agent may be written to: its message waits', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'Agent-1', enabled: false })
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    expect(messages[0]?.state).toBe('queued')
  })

  test('an expiry that has passed is refused; one to come is kept in UTC', async () => {
    const desk = openDesk()
    const past = { to: 'Agent-1', text: 'hello', expiresAt: new Date(NOW).toISOString() }
    expect(await desk.refused('message.send', past)).toMatchObject({
      code: -32602,
      data: { issues: [{ path: ['expiresAt'] }] },
    })
    const future = { to: 'Agent-1', text: 'hello', expiresAt: '2026-06-01T12:00:00+02:00' }
    const { messages } = await desk.call('message.send', future)
    expect(messages[0]?.expiresAt).toBe('2026-06-01T10:00:00.000Z')
  })
})

describe('refusals', () => {
  test('the sentence names the first field that is wrong, the data all of them', async () => {
    const error = await openDesk().refused('message.send', { to: 'Agent-1', text: '', priority: 'high' })
    expect(error).toMatchObject({ code: -32602 })
    expect(error.message).toBe('message.send: "text": the text is empty (and 1 more, see data.issues).')
    expect(error.data?.['issues']).toMatchObject([{ path: ['text'] }, { path: ['priority'] }])
  })

  test('a field left out is said to be missing', async () => {
    expect((await openDesk().refused('message.send', { text: 'hello' })).message).toBe(
      'message.send: "to" is missing.',
    )
  })

  test('a misspelt field is refused with the field that was meant', async () => {
    const error = await openDesk().refused('message.send', { to: 'Agent-1', text: 'hello', prioritty: 'low' })
    expect(error.message).toBe('message.send: "prioritty" is not known here; did you mean "priority"?')
  })

  test('a bad name inside a list is found by its place', async () => {
    const error = await openDesk().refused('message.send', { to: ['Agent-1', ''], text: 'hello' })
    expect(error.message).toBe('message.send: "to[1]": the name is empty.')
  })

  test('an unknown operation is refused with the closest one', async () => {
    expect(await openDesk().refused('message.sned', {})).toMatchObject({
      code: -32601,
      message: 'There is no operation "message.sned". Did you mean "message.send"?',
    })
  })

  test.each(['constructor', '__proto__', 'toString', ''])('"%s" is no operation', async (method) => {
    expect(await openDesk().refused(method, {})).toMatchObject({ code: -32601 })
  })

  test.each(['message.get', 'message.wait', 'message.cancel', 'message.retry'])(
    '%s of a message that is not there is refused as not found',
    async (method) => {
      expect(await openDesk().refused(method, { id: UNKNOWN_ID })).toMatchObject({ code: 1003 })
    },
  )

  test('params of any shape are served or refused with an issue, and never break a handler', async () => {
    const desk = openDesk()
    const method = fc.constantFrom(...Object.keys(operations).filter((name) => name !== 'message.wait'))
    await fc.assert(
      fc.asyncProperty(method, fc.jsonValue(), async (method, params) => {
        const error: unknown = await desk.dispatch(method, params, client()).catch((error: unknown) => error)
        if (error instanceof Error) expect(error).toMatchObject({ name: 'OperationError' })
      }),
      { numRuns: 300 },
    )
  })
})

describe('the queue', () => {
  test('status tells of another process that holds the desktop', async () => {
    const desk = openDesk()
    expect(await desk.call('queue.status', {})).not.toHaveProperty('holder')
    desk.holder = { pid: 7, since: new Date(NOW).toISOString(), reason: 'a mouse script' }
    expect(await desk.call('queue.status', {})).toMatchObject({ holder: { pid: 7 } })
  })

  test('pausing now stops the delivery under way of whom it pauses, and pausing alone does not', async () => {
    const stopped: (string | undefined)[] = []
    const desk = openDesk({ stopDelivery: async (agent) => void stopped.push(agent) })
    await desk.call('queue.pause', {})
    expect(stopped).toEqual([])
    expect(await desk.call('queue.pause', { now: true })).toMatchObject({ paused: true })
    await desk.call('queue.pause', { agent: 'Agent-1', now: true })
    expect(stopped).toEqual([undefined, 'Agent-1'])
  })

  test('pausing answers with the status as it now is, for all and for one agent', async () => {
    const desk = openDesk()
    expect(await desk.call('queue.pause', {})).toMatchObject({ paused: true })
    expect(await desk.call('queue.resume', {})).toMatchObject({ paused: false })
    expect(await desk.call('queue.pause', { agent: 'Agent-1' })).toMatchObject({
      perAgent: { 'Agent-1': { paused: true } },
    })
    expect(await desk.refused('queue.pause', { agent: 'Agnet-1' })).toMatchObject({ code: 1001 })
  })

  test('a removed agent can still be resumed', async () => {
    const desk = openDesk()
    await desk.call('queue.pause', { agent: 'Agent-1' })
    await desk.call('agent.remove', { name: 'Agent-1' })
    await desk.call('queue.resume', { agent: 'Agent-1' })
    expect((await desk.call('queue.status', {})).perAgent['Agent-1']?.paused ?? false).toBe(false)
  })

  test('a wait ends with the connection that asked for it', async () => {
    const desk = openDesk()
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    const caller = client()
    const waiting = desk.call('message.wait', { id: messages[0]?.id ?? '' }, caller)
    caller.leave()
    await expect(waiting).rejects.toThrow('gone')
  })
})

describe('lists and figures', () => {
  test('the line is given in the order of delivery, page by page, and refuses what it has no use for', async () => {
    const desk = openDesk()
    for (const [from, text] of Object.entries({ a: 'one', b: 'two', c: 'three' })) {
      await desk.call('message.send', {
        to: 'Agent-1',
        from,
        text,
        priority: from === 'c' ? 'urgent' : 'low',
      })
    }
    const { messages, line } = await desk.call('message.list', { order: 'delivery', skip: 1, limit: 1 })
    expect(messages.map(({ text }) => text)).toEqual(['one'])
    expect(line).toEqual({ total: 3, held: 0 })
    const refused = await desk.refused('message.list', { order: 'delivery', text: 'one' })
    expect(refused.message).toBe('message.list: "text": goes with order "newest" only.')
    expect(await desk.refused('message.list', { skip: 1 })).toMatchObject({ code: -32602 })
  })

  test('a message is made urgent while it waits, and no more once it was cancelled', async () => {
    const desk = openDesk()
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    const change = { id: messages[0]?.id ?? '', priority: 'urgent' } as const
    expect(await desk.call('message.prioritize', change)).toMatchObject({ priority: 'urgent' })
    await desk.call('message.cancel', { id: change.id })
    expect(await desk.refused('message.prioritize', change)).toMatchObject({ code: 1004 })
  })

  test('how messages ended is asked for a period in any time zone, in at most 500 buckets', async () => {
    const desk = openDesk()
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    await desk.call('message.cancel', { id: messages[0]?.id ?? '' })
    const day = { since: '2026-01-01T02:00:00+02:00', until: '2026-01-02T00:00:00Z', bucketMs: 3_600_000 }
    const { buckets, perAgent } = await desk.call('stats.history', day)
    expect(buckets.map(({ cancelled }) => cancelled)).toEqual([1, ...Array.from({ length: 23 }, () => 0)])
    expect(perAgent['Agent-1']?.cancelled).toBe(1)
    const fine = await desk.refused('stats.history', { ...day, bucketMs: 1000 })
    expect(fine.message).toContain('makes more than 500 buckets')
    expect(await desk.refused('stats.history', { ...day, until: day.since })).toMatchObject({ code: -32602 })
  })
})

describe('events', () => {
  test('a subscriber hears the present state first, then every change', async () => {
    const desk = openDesk()
    const caller = client()
    await desk.call('events.subscribe', {}, caller)
    expect(caller.events).toMatchObject([{ type: 'queue', status: { depth: 0 } }])
    await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    await desk.call('agent.set', { name: 'Agent-4' })
    await desk.clock.advance(1000)
    const types = caller.events.map((event) => event.type)
    expect(types).toEqual(expect.arrayContaining(['message', 'agent', 'queue']))
  })

  test('queue events name the holder of the desktop, as the status does', async () => {
    const desk = openDesk()
    desk.holder = { since: new Date(NOW).toISOString(), reason: 'a mouse script' }
    const caller = client()
    await desk.call('events.subscribe', {}, caller)
    await desk.call('queue.pause', {})
    await desk.clock.advance(1000)
    const queueEvents = caller.events.filter((event) => event.type === 'queue')
    expect(queueEvents.length).toBeGreaterThan(1)
    for (const event of queueEvents) expect(event.status.holder?.reason).toBe('a mouse script')
  })

  test('subscribing twice brings every event once, and nothing after the connection has closed', async () => {
    const desk = openDesk()
    const caller = client()
    await desk.call('events.subscribe', {}, caller)
    await desk.call('events.subscribe', {}, caller)
    await desk.call('agent.set', { name: 'Agent-4' })
    expect(caller.events.filter((event) => event.type === 'agent')).toHaveLength(1)
    caller.leave()
    const before = caller.events.length
    await desk.call('agent.set', { name: 'Agent-5' })
    await settle()
    expect(caller.events).toHaveLength(before)
  })
})
