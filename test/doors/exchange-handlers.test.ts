import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Message } from '../../src/contract/message'
import { client, NOW, openDesk, UNKNOWN_ID, type Desk, type TestCaller } from './desk'

const later = () => new Promise((resolve) => setImmediate(resolve))

async function send(desk: Desk, to: string, from = 'script'): Promise<Message> {
  const { messages } = await desk.call('message.send', { to, text: `from ${from}`, from })
  const [message] = messages
  if (!message) throw new Error('nothing was sent')
  return message
}

/** What the courier would be offered. */
function offered(desk: Desk): string[] {
  const seen = new Set<string>()
  for (;;) {
    const next = desk.queue.next((agent) => seen.has(agent))
    if (!next) return [...seen]
    seen.add(next.to)
  }
}

async function withInbox(): Promise<Desk> {
  const desk = openDesk()
  await desk.call('agent.set', { name: 'Agent-3', way: 'inbox' })
  return desk
}

describe('an answer', () => {
  test('goes to the sender of the message alone, from whom it was for, as part of its exchange', async () => {
    const desk = openDesk()
    const { messages } = await desk.call('message.send', { to: '*', text: 'all', from: 'Agent-1' })
    const [first, second] = messages
    const reply = await desk.call('message.reply', { id: second?.id ?? '', text: 'yes' })
    expect(reply).toMatchObject({ to: 'Agent-1', from: 'Agent-3', replyTo: second?.id, thread: second?.id })
    const again = await desk.call('message.reply', { id: reply.id, text: 'thanks', from: 'you' })
    expect(again).toMatchObject({ to: 'Agent-3', from: 'you', replyTo: reply.id, thread: second?.id })
    const { messages: thread } = await desk.call('message.thread', { id: again.id })
    expect(thread.map(({ text }) => text)).toEqual(['all', 'yes', 'thanks'])
    expect((await desk.call('message.thread', { id: first?.id ?? '' })).messages).toHaveLength(1)
  })

  test('to a message that is not there is refused', async () => {
    const desk = openDesk()
    for (const method of ['message.reply', 'message.thread', 'message.wait']) {
      const params = { id: UNKNOWN_ID, ...(method === 'message.reply' && { text: 'x' }) }
      expect((await desk.refused(method, params)).code).toBe(errorCodes.notFound)
    }
  })

  test('to a script is kept for it: the courier is never offered it, it is no backlog, and it goes in a week', async () => {
    const desk = openDesk()
    const { id } = await send(desk, 'Agent-1', 'ci')
    const reply = await desk.call('message.reply', { id, text: 'green' })
    expect(reply).toMatchObject({ to: 'ci', state: 'queued', inbox: true })
    expect(reply.expiresAt).toBe(new Date(NOW + 7 * 86_400_000).toISOString())
    expect(offered(desk)).toEqual(['Agent-1'])
    expect(await desk.call('queue.status', {})).toMatchObject({ depth: 1 })
    expect((await desk.call('message.list', { order: 'delivery' })).line).toEqual({ total: 1, held: 0 })
    const waited = await desk.call('message.wait', { id, for: 'reply' })
    expect(waited).toMatchObject({ text: 'green', state: 'delivered', proof: 'taken' })
    expect(await desk.call('message.wait', { id, for: 'reply' })).toEqual(waited)
  })

  test('that somebody waits for is theirs the moment it comes, and typed nowhere', async () => {
    const desk = openDesk()
    const { id } = await send(desk, 'Agent-2', 'Agent-1')
    const wait = desk.call('message.wait', { id, for: 'reply', take: true })
    await later()
    const reply = await desk.call('message.reply', { id, text: 'here' })
    expect(reply).toMatchObject({ to: 'Agent-1', state: 'delivered', proof: 'taken' })
    expect(await wait).toMatchObject({ id: reply.id, text: 'here' })
    expect(offered(desk)).toEqual(['Agent-2'])
  })

  test('that somebody else looks for still goes to the agent it is for', async () => {
    const desk = openDesk()
    const { id } = await send(desk, 'Agent-2', 'Agent-1')
    const wait = desk.call('message.wait', { id, for: 'reply' })
    await later()
    await desk.call('message.reply', { id, text: 'here' })
    expect(await wait).toMatchObject({ text: 'here', state: 'queued' })
    expect(offered(desk)).toEqual(['Agent-2', 'Agent-1'])
  })

  test('that nobody gives in time ends the wait, and one that leaves ends it, too', async () => {
    const desk = openDesk()
    const { id } = await send(desk, 'Agent-1')
    const refused = desk.refused('message.wait', { id, for: 'reply', timeoutMs: 50 })
    await later()
    await desk.clock.advance(50)
    expect(await refused).toMatchObject({
      code: errorCodes.timedOut,
      message: expect.stringContaining('nobody has answered') as unknown,
    })
    const caller = client()
    const left = desk.call('message.wait', { id, for: 'reply' }, caller)
    await later()
    caller.leave()
    await expect(left).rejects.toThrow('gone')
    expect(await desk.call('message.reply', { id, text: 'late' })).toMatchObject({ state: 'queued' })
  })

  test('outlives a restart: what was kept for a script is still kept for it', async () => {
    const desk = openDesk()
    const { id } = await send(desk, 'Agent-1', 'ci')
    await desk.call('message.reply', { id, text: 'green' })
    expect(desk.reopen().next((agent) => agent === 'Agent-1')).toBeUndefined()
  })
})

describe('a question', () => {
  test('has an answer from each, told as it comes, and names who has not answered', async () => {
    const desk = openDesk()
    const caller = client('Agent-1')
    const to = ['Agent-2', 'Agent-3']
    const asked = desk.call('message.ask', { to, text: 'green?', timeoutMs: 1000, key: 'k' }, caller)
    await later()
    const [three, two] = (await desk.call('message.list', {})).messages
    await desk.call('message.reply', { id: two?.id ?? '', text: 'two is' })
    await later()
    expect(caller.events).toMatchObject([
      { type: 'answer', agent: 'Agent-2', key: 'k', message: { text: 'two is', state: 'delivered' } },
    ])
    await desk.clock.advance(1000)
    const { answers, missing } = await asked
    expect(answers).toMatchObject([{ agent: 'Agent-2', message: { text: 'two is' } }, { agent: 'Agent-3' }])
    expect(missing).toEqual(['Agent-3'])
    const late = await desk.call('message.reply', { id: three?.id ?? '', text: 'so am I' })
    expect(late).toMatchObject({ to: 'Agent-1', state: 'queued' })
  })

  test('asked again with its key asks nobody twice, and has what was answered meanwhile', async () => {
    const desk = openDesk()
    const params = { to: ['Agent-2', 'Agent-3'], text: 'green?', key: 'k', from: 'ci' }
    const caller = client()
    const first = desk.call('message.ask', params, caller)
    await later()
    caller.leave()
    await expect(first).rejects.toThrow('gone')
    const { messages } = await desk.call('message.list', {})
    for (const { id, to } of messages) await desk.call('message.reply', { id, text: `${to} says yes` })
    const { answers, missing } = await desk.call('message.ask', params)
    expect(answers.map(({ message }) => message?.text)).toEqual(['Agent-2 says yes', 'Agent-3 says yes'])
    expect(missing).toEqual([])
    expect((await desk.call('message.list', { to: 'Agent-2' })).messages).toHaveLength(1)
  })

  test('does not wait for one whom it never reached', async () => {
    const desk = openDesk()
    const asked = desk.call('message.ask', { to: 'Agent-2', text: 'green?' })
    await later()
    const [question] = (await desk.call('message.list', {})).messages
    await desk.call('message.cancel', { id: question?.id ?? '' })
    expect(await asked).toEqual({ answers: [{ agent: 'Agent-2' }], missing: ['Agent-2'] })
  })
})

describe('an inbox', () => {
  test('keeps what is for its agent: the courier is never offered it, and a sender sees where it is', async () => {
    const desk = await withInbox()
    await send(desk, 'Agent-1')
    expect(await send(desk, 'Agent-3')).toMatchObject({ state: 'queued', inbox: true })
    expect(offered(desk)).toEqual(['Agent-1'])
    expect(await desk.call('queue.status', {})).toMatchObject({
      depth: 1,
      perAgent: { 'Agent-3': { depth: 1 } },
    })
  })

  test('hands each message out once, the most urgent first, and then it is delivered', async () => {
    const desk = await withInbox()
    for (const [text, priority] of [
      ['low', 'low'],
      ['one', 'normal'],
      ['two', 'normal'],
      ['now', 'urgent'],
    ] as const)
      await desk.call('message.send', { to: 'Agent-3', text, priority })
    const { messages } = await desk.call('message.take', { agent: 'Agent-3', max: 3 })
    expect(messages.map(({ text }) => text)).toEqual(['now', 'one', 'two'])
    expect(messages[0]).toMatchObject({ state: 'delivered', proof: 'taken' })
    expect(await desk.call('message.get', { id: messages[0]?.id ?? '' })).toMatchObject({
      state: 'delivered',
      proof: 'taken',
    })
    const rest = await desk.call('message.take', { agent: 'Agent-3' })
    expect(rest.messages.map(({ text }) => text)).toEqual(['low'])
    expect((await desk.call('message.take', { agent: 'Agent-3' })).messages).toEqual([])
  })

  test('hands out one by its id, to whom it is for alone, and once', async () => {
    const desk = await withInbox()
    const [first, second] = [await send(desk, 'Agent-3', 'a'), await send(desk, 'Agent-3', 'b')]
    const take = async () => (await desk.call('message.take', { agent: 'Agent-3', id: second.id })).messages
    expect((await take()).map(({ id }) => id)).toEqual([second.id])
    expect(await take()).toEqual([])
    const { id } = await send(desk, 'Agent-1')
    expect((await desk.refused('message.take', { agent: 'Agent-3', id })).code).toBe(errorCodes.wrongState)
    expect(offered(desk)).toEqual(['Agent-1'])
    expect((await desk.call('message.get', { id: first.id })).state).toBe('queued')
  })

  test('is left by what its agent answers, and by nothing that another answers', async () => {
    const desk = await withInbox()
    const { id } = await send(desk, 'Agent-3')
    await desk.call('message.reply', { id, text: 'for it', from: 'Agent-1' })
    expect(await desk.call('message.get', { id })).toMatchObject({ state: 'queued', inbox: true })
    await desk.call('message.reply', { id, text: 'yes' })
    expect(await desk.call('message.get', { id })).toMatchObject({ state: 'delivered', proof: 'taken' })
    expect((await desk.call('message.take', { agent: 'Agent-3' })).messages).toEqual([])
  })

  test('of two who wait only one gets it', async () => {
    const desk = await withInbox()
    const takes = [1, 2].map(async () => desk.call('message.take', { agent: 'Agent-3', waitMs: 1000 }))
    await later()
    await send(desk, 'Agent-3')
    await later()
    await desk.clock.advance(1000)
    const counts = (await Promise.all(takes)).map(({ messages }) => messages.length)
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1])
  })

  test('gives nothing to one who has left, and nothing while it is paused', async () => {
    const desk = await withInbox()
    const caller = client()
    const left = desk.call('message.take', { agent: 'Agent-3', waitMs: 1000 }, caller)
    await later()
    caller.leave()
    await expect(left).rejects.toThrow('gone')
    await desk.call('queue.pause', { agent: 'Agent-3' })
    await send(desk, 'Agent-3')
    expect((await desk.call('message.take', { agent: 'Agent-3' })).messages).toEqual([])
    await desk.call('queue.resume', { agent: 'Agent-3' })
    expect((await desk.call('message.take', { agent: 'Agent-3' })).messages).toHaveLength(1)
  })

  test.each([
    ['that is with the client', true, 'delivered'],
    ['that never got out', false, 'queued'],
  ] as const)('an answer %s decides what becomes of the message', async (_what, isSent, state) => {
    const desk = await withInbox()
    const { id } = await send(desk, 'Agent-3')
    let tell: Parameters<NonNullable<TestCaller['afterAnswer']>>[0] | undefined
    const caller = { ...client(), afterAnswer: (ended: typeof tell) => (tell = ended) }
    await desk.call('message.take', { agent: 'Agent-3' }, caller)
    expect(await desk.call('message.get', { id })).toMatchObject({ state: 'delivering' })
    tell?.(isSent)
    expect(await desk.call('message.get', { id })).toMatchObject({ state })
  })

  test('of a script or a person is theirs while everything is paused; a pause is for agents', async () => {
    const desk = await withInbox()
    const { id } = await send(desk, 'Agent-1', 'you')
    await desk.call('message.reply', { id, text: 'yes' })
    await send(desk, 'Agent-3')
    await desk.call('queue.pause', {})
    expect((await desk.call('message.take', { agent: 'you' })).messages).toMatchObject([{ text: 'yes' }])
    expect((await desk.call('message.take', { agent: 'Agent-3' })).messages).toEqual([])
  })

  test('is full by itself: nobody else is kept from sending', async () => {
    const desk = await withInbox()
    for (let n = 0; n < 50; n++) await send(desk, 'Agent-3')
    expect(await desk.refused('message.send', { to: 'Agent-3', text: 'more' })).toMatchObject({
      code: errorCodes.queueFull,
      message: expect.stringContaining('in the inbox of Agent-3') as unknown,
    })
    expect(await send(desk, 'Agent-1')).toMatchObject({ state: 'queued' })
  })

  test('is nobody’s who has a window, or who is not known', async () => {
    const desk = openDesk()
    expect(await desk.refused('message.take', { agent: 'Agent-1' })).toMatchObject({
      code: errorCodes.wrongState,
      message: expect.stringContaining('--inbox') as unknown,
    })
    expect((await desk.refused('message.take', { agent: 'Agnet-1' })).code).toBe(errorCodes.unknownAgent)
  })

  test('is its agent’s only way', async () => {
    const desk = await withInbox()
    for (const params of [
      { name: 'Agent-3', second: 'window' },
      { name: 'Agent-1', second: 'inbox' },
    ])
      expect((await desk.refused('agent.set', params)).message).toContain('only way')
  })

  test('an agent that gets a window gets there what lay in its inbox', async () => {
    const desk = await withInbox()
    await send(desk, 'Agent-3')
    await desk.call('agent.set', { name: 'Agent-3', way: 'window' })
    expect(offered(desk)).toEqual(['Agent-3'])
  })
})
