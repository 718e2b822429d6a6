import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanUp, openWire, spawnWaggle, startServer, waggle, type Server, type Wire } from './programs'

const ID = '[0-9a-f-]{36}'
let server: Server
let wire: Wire
const run = (args: readonly string[], env: Record<string, string> = {}) => waggle(server.home, args, { env })

beforeAll(async () => {
  server = await startServer()
  wire = await openWire(server.endpoint.path)
  await ok('agent.set', { name: 'Inbox', way: 'inbox' })
})
afterAll(cleanUp)

async function ok(method: string, params: unknown): Promise<Record<string, unknown>> {
  const { result, error } = await wire.ask(method, params)
  if (!result) throw new Error(error?.message)
  return result
}

async function sent(params: Record<string, unknown>): Promise<string> {
  const { messages } = (await ok('message.send', { to: 'Agent-1', text: 'hello', ...params })) as {
    messages: [{ id: string }]
  }
  return messages[0].id
}

const inbox = (text: string) => sent({ to: 'Inbox', text })

/** The command under way: its lines as they come, and its end. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawnWaggle(server.home, args, env)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    next: async () => String((await lines.next()).value),
    end: async () => child.exitCode ?? ((await once(child, 'exit')) as [number])[0],
  }
}

/** The newest question that waits for this agent. */
async function questionTo(agent: string, text: string): Promise<string> {
  for (;;) {
    const found = (await ok('message.list', { to: agent, limit: 20 })) as {
      messages: { id: string; text: string }[]
    }
    const question = found.messages.find((message) => message.text === text)
    if (question) return question.id
  }
}

describe('reply and thread', () => {
  test('an answer by the command line reaches the script that waits for it, and only that', async () => {
    const { next, end } = start(['send', '-a', 'Agent-1', '-m', 'which port?', '--wait-reply=30'])
    const [, id = ''] = (await next()).split(' ')
    const reply = await run(['reply', id, '--message', 'on 8080\nand 8081'])
    expect(reply.out).toMatch(new RegExp(`^delivered ${ID} script 0ms taken\n$`))
    expect([await next(), await next(), await end()]).toEqual(['on 8080', 'and 8081', 0])
    const thread = await run(['thread', id])
    expect(thread.out).toMatch(
      /^script → Agent-1, .*\n {2}which port\?\n {2}Agent-1 → script, .*\n {4}on 8080/,
    )
    expect(await run(['thread', id, '--json'])).toMatchObject({ code: 0 })
  })

  test('an answer that comes before anyone waits is kept; one that never comes is exit 75', async () => {
    const id = await sent({ from: 'ci' })
    expect((await run(['reply', id, '-m', 'kept'])).out).toMatch(new RegExp(`^queued ${ID} ci\n$`))
    expect(await ok('message.wait', { id, for: 'reply' })).toMatchObject({ text: 'kept', proof: 'taken' })
    const none = await run(['send', '-a', 'Agent-1', '-m', 'anyone?', '--wait-reply=0.05'])
    expect(none).toMatchObject({
      code: 75,
      err: expect.stringContaining('has not been answered yet') as unknown,
    })
  })

  test('a message that never arrives ends the wait for its answer with exit 1', async () => {
    const { next, end } = start(['send', '-a', 'Agent-1', '-m', 'too late', '--wait-reply'])
    const [, id = ''] = (await next()).split(' ')
    await ok('message.cancel', { id })
    expect(await next()).toBe(`cancelled ${id} Agent-1`)
    expect(await end()).toBe(1)
  })
})

describe('ask', () => {
  test('prints each answer as it comes, then who has not answered, and exits by it', async () => {
    const text = 'are you green?'
    const args = ['ask', '--agent', 'Agent-1', 'Agent-2', '--message', text, '--from', 'Agent-3']
    const { next, end } = start([...args, '--timeout', '30'])
    await run(['reply', await questionTo('Agent-2', text), '-m', 'I am'])
    expect(await next()).toBe('Agent-2: I am')
    await ok('message.cancel', { id: await questionTo('Agent-1', text) })
    expect(await next()).toBe('No answer from Agent-1.')
    expect(await end()).toBe(1)
  })

  test('without anyone to ask, or with somebody unknown, nothing is sent, and that is said', async () => {
    expect(await run(['ask', '-m', 'x'])).toMatchObject({
      code: 2,
      out: '',
      err: 'waggle: Whom is it for? Give --agent NAME.\n',
    })
    expect(await run(['ask', '--agent', 'Agnet-1', '-m', 'x'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Did you mean "Agent-1"?') as unknown,
    })
  })

  test('--json is a line for each answer and one for who is missing; all answered is exit 0', async () => {
    const text = 'ready?'
    const { next, end } = start(['--json', 'ask', '--agent', 'Agent-1', '--message', text])
    await run(['reply', await questionTo('Agent-1', text), '-m', 'yes'])
    expect(JSON.parse(await next())).toMatchObject({ agent: 'Agent-1', message: { text: 'yes' } })
    expect(JSON.parse(await next())).toEqual({ missing: [] })
    expect(await end()).toBe(0)
  })

  test('over the pipe each answer is an event on the asker’s connection, and the connection may be half closed', async () => {
    const asker = await openWire(server.endpoint.path)
    const params = { to: ['Agent-1'], text: 'half closed?', key: 'half' }
    asker.socket.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'message.ask', params })}\n`)
    await run(['reply', await questionTo('Agent-1', 'half closed?'), '-m', 'heard'])
    const lines = await asker.rest()
    expect(lines.find(({ method }) => method === 'event')).toMatchObject({
      params: { type: 'answer', agent: 'Agent-1', key: 'half', message: { text: 'heard' } },
    })
    expect(lines.find(({ id }) => id === 1)).toMatchObject({
      result: { missing: [], answers: [{ agent: 'Agent-1', message: { text: 'heard' } }] },
    })
  })

  test('a killed Waggle loses no answer: asked again with its key, nobody is asked twice', async () => {
    const first = await startServer()
    const params = { to: ['Agent-1', 'Agent-2'], text: 'still there?', key: 'again', timeoutMs: 60_000 }
    const before = await openWire(first.endpoint.path)
    before.send(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'message.ask', params })}\n`)
    const other = await openWire(first.endpoint.path)
    let questions: { id: string; to: string }[] = []
    while (questions.length < 2) {
      const { result } = await other.ask('message.list', {})
      questions = (result as { messages: typeof questions }).messages
    }
    const one = questions.find(({ to }) => to === 'Agent-1')?.id ?? ''
    const two = questions.find(({ to }) => to === 'Agent-2')?.id ?? ''
    await other.ask('message.reply', { id: one, text: 'one' })
    await first.kill()
    const second = await startServer({ home: first.home })
    const after = await openWire(second.endpoint.path)
    after.send(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'message.ask', params })}\n`)
    const helper = await openWire(second.endpoint.path)
    await helper.ask('message.reply', { id: two, text: 'two' })
    const lines = [await after.next(), await after.next(), await after.next()]
    expect(lines.find(({ id }) => id === 1)?.result).toMatchObject({
      missing: [],
      answers: [
        { agent: 'Agent-1', message: { text: 'one' } },
        { agent: 'Agent-2', message: { text: 'two' } },
      ],
    })
    const { result } = await helper.ask('message.list', { from: 'script' })
    expect((result as { messages: unknown[] }).messages).toHaveLength(2)
  })
})

describe('inbox', () => {
  test('what is in it is queued there until it is taken, each message once', async () => {
    const id = await inbox('take me')
    expect((await run(['show', id])).out).toContain('queued, in the inbox until Inbox takes it')
    expect((await run(['inbox', 'Inbox'])).out).toMatch(/^from script, .*\n {2}take me\n$/)
    expect((await run(['show', id])).out).toMatch(/state +delivered\n.*proof +taken/s)
    expect((await run(['inbox', 'Inbox'])).out).toBe('Nothing in the inbox.\n')
  })

  test('--follow takes each as it comes', async () => {
    const { child, next } = start(['inbox', 'Inbox', '--follow', '--json'])
    for (const text of ['one', 'two']) {
      await inbox(text)
      expect(JSON.parse(await next())).toMatchObject({ text, state: 'delivered', proof: 'taken' })
    }
    child.kill()
    await once(child, 'exit')
  })

  test('sixteen who take at once get each message once, and none is lost', async () => {
    const texts = Array.from({ length: 100 }, (_, n) => `message ${n}`)
    for (const text of texts) await inbox(text)
    const takers = Array.from({ length: 16 }, async () => {
      const { ask, socket } = await openWire(server.endpoint.path)
      const got: string[] = []
      for (;;) {
        const { result } = await ask('message.take', { agent: 'Inbox', max: 3 })
        const { messages } = result as { messages: { text: string }[] }
        got.push(...messages.map(({ text }) => text))
        if (messages.length === 0) break
      }
      socket.destroy()
      return got
    })
    expect((await Promise.all(takers)).flat().toSorted()).toEqual(texts.toSorted())
  })

  test('one who leaves while it waits takes nothing with it', async () => {
    const gone = await openWire(server.endpoint.path)
    gone.send('{"jsonrpc":"2.0","id":1,"method":"message.take","params":{"agent":"Inbox","waitMs":60000}}\n')
    await gone.ask('hello')
    gone.socket.destroy()
    await once(gone.socket, 'close')
    // A round trip: by now Waggle has heard of it.
    await ok('queue.status', {})
    const id = await inbox('still here')
    expect(await ok('message.get', { id })).toMatchObject({ state: 'queued', inbox: true })
    expect((await run(['inbox', 'Inbox'])).out).toContain('still here')
  })

  test('what was on its way to one who takes is in doubt when Waggle is killed, and is handed out to nobody', async () => {
    const killed = await startServer()
    const one = await openWire(killed.endpoint.path)
    await one.ask('agent.set', { name: 'Inbox', way: 'inbox' })
    const text = 'x'.repeat(60_000)
    for (let n = 0; n < 15; n++) await one.ask('message.send', { to: 'Inbox', text })
    const slow = await openWire(killed.endpoint.path)
    slow.socket.pause()
    slow.send('{"jsonrpc":"2.0","id":1,"method":"message.take","params":{"agent":"Inbox","max":15}}\n')
    for (;;) {
      const { result } = await one.ask('message.list', { states: ['delivering'], limit: 1 })
      if ((result as { messages: unknown[] }).messages.length > 0) break
    }
    await killed.kill()
    slow.socket.destroy()
    const again = await startServer({ home: killed.home })
    const after = await openWire(again.endpoint.path)
    // The roster of this test server is in memory.
    await after.ask('agent.set', { name: 'Inbox', way: 'inbox' })
    const { result } = await after.ask('message.list', { states: ['in-doubt'], limit: 100 })
    expect((result as { messages: unknown[] }).messages).toHaveLength(15)
    expect((await after.ask('message.take', { agent: 'Inbox' })).result).toEqual({ messages: [] })
  })
})

describe('spellings of older tools', () => {
  test('-a, -m, -s and --priority regular mean what they always did', async () => {
    const { out } = await run([
      '--json',
      'send',
      '-a',
      'Agent-1',
      '-m',
      'x',
      '-s',
      'N',
      '--priority',
      'regular',
    ])
    expect(JSON.parse(out)).toMatchObject({ messages: [{ to: 'Agent-1', from: 'N', priority: 'normal' }] })
  })

  test('-b is everyone but the sender; with an agent beside it, or nobody, it is exit 2', async () => {
    const { out } = await run(['send', '-b', '-m', 'all', '--sender', 'Agent-1'])
    expect(out.trimEnd().split('\n')).toHaveLength(4)
    expect(await run(['send', '-b', '-a', 'Agent-1', '-m', 'x'])).toMatchObject({ code: 2, out: '' })
    expect(await run(['send', '-m', 'x'])).toMatchObject({ code: 2, out: '' })
  })
})
