import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openMcp, type McpClient } from '../harness/mcp-client'
import { cleanUp, cliScript, newHome, openWire, startServer, type Server, type Wire } from './programs'

let server: Server
let wire: Wire
const clients: McpClient[] = []

beforeAll(async () => {
  server = await startServer()
  wire = await openWire(server.endpoint.path)
  for (const name of ['Agent-2', 'Agent-3'])
    await wire.ask('agent.set', { name, way: 'inbox', description: `${name} tests` })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (client) => client.close()))
})
afterAll(cleanUp)

async function open(agent?: string, home = server.home): Promise<McpClient> {
  const client = await openMcp(cliScript, home, agent)
  clients.push(client)
  return client
}

type Shown = { id: string; text: string; from: string; to: string; state: string }
const messagesOf = (result: Record<string, unknown>) => result['messages'] as Shown[]

describe('the server', () => {
  test('offers tools, resources and a prompt that say what they are for', async () => {
    const { client } = await open('Agent-1')
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'list_agents',
      'message_status',
      'read_thread',
      'read_messages',
      'send_message',
      'broadcast',
      'reply',
      'cancel_message',
      'ask',
      'take_messages',
    ])
    for (const { description, inputSchema } of tools) {
      expect(description?.length).toBeGreaterThan(60)
      expect(inputSchema.type).toBe('object')
    }
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toEqual(['waggle://agents', 'waggle://queue'])
    expect((await client.listResourceTemplates()).resourceTemplates).toMatchObject([
      { uriTemplate: 'waggle://thread/{id}' },
    ])
    const { messages } = await client.getPrompt({ name: 'work-with-others' })
    expect(messages[0]?.content).toMatchObject({
      text: expect.stringContaining('your name is Agent-1') as unknown,
    })
    const agents = await client.readResource({ uri: 'waggle://agents' })
    expect(JSON.parse((agents.contents[0] as { text: string }).text)).toMatchObject({
      agents: [{ name: 'Agent-1' }, { name: 'Agent-2', way: 'inbox' }, {}, {}],
    })
  })

  test('says who is there, what each is for and how it stands', async () => {
    const { call } = await open('Agent-1')
    expect(await call('list_agents')).toMatchObject({
      you: 'Agent-1',
      agents: [
        { name: 'Agent-1', stands: 'ready', gets_messages_by: 'window' },
        { name: 'Agent-2', description: 'Agent-2 tests', gets_messages_by: 'inbox' },
        {},
        {},
      ],
    })
  })

  test('starts while Waggle does not run, says so in each answer, and works once it does', async () => {
    const home = newHome()
    const client = await open('Agent-1', home)
    expect((await client.client.listTools()).tools).not.toEqual([])
    for (const name of ['list_agents', 'take_messages'])
      expect(await client.refused(name)).toMatch(/^Waggle is not running \(.*Start it/)
    expect(await client.refused('ask', { to: 'Agent-2', question: 'x' })).toContain('Waggle is not running')
    const late = await startServer({ home })
    expect(await client.call('list_agents')).toMatchObject({ agents: [{ name: 'Agent-1' }, {}, {}, {}] })
    await late.kill()
    expect(await client.refused('list_agents')).toContain('Waggle')
    const again = await startServer({ home })
    expect(await client.call('send_message', { to: 'Agent-3', text: 'x' })).toMatchObject({
      messages: [{ from: 'Agent-1' }],
    })
    await again.stop()
  })

  test('that knows no name reads, but sends and takes nothing; the variable names it, too', async () => {
    const nobody = await open()
    expect(await nobody.call('list_agents')).toMatchObject({
      you: expect.stringContaining('--agent NAME') as unknown,
    })
    for (const [name, args] of [
      ['send_message', { to: 'Agent-2', text: 'x' }],
      ['broadcast', { text: 'x' }],
      ['ask', { to: 'Agent-2', question: 'x' }],
      ['take_messages', {}],
      ['read_messages', {}],
    ] as const)
      expect(await nobody.refused(name, args)).toContain('does not know who you are')
    const named = await openMcp(cliScript, server.home, undefined, { WAGGLE_AGENT: 'Agent-2' })
    clients.push(named)
    expect(await named.call('list_agents')).toMatchObject({ you: 'Agent-2' })
  })
})

describe('messages', () => {
  test('one agent asks two, both answer by their doors, and it has both; nobody gets anything twice', async () => {
    const [one, two, three] = [await open('Agent-1'), await open('Agent-2'), await open('Agent-3')]
    const told: string[] = []
    const asked = one.call(
      'ask',
      { to: ['Agent-2', 'Agent-3'], question: 'green?', timeout_seconds: 60 },
      { onprogress: ({ message }) => void told.push(message ?? '') },
    )
    for (const [name, agent] of [
      ['Agent-2', two],
      ['Agent-3', three],
    ] as const) {
      const { messages } = (await agent.call('take_messages', { wait_seconds: 30 })) as { messages: Shown[] }
      expect(messages).toMatchObject([{ from: 'Agent-1', to: name, text: 'green?', state: 'delivered' }])
      await agent.call('reply', { message_id: messages[0]?.id, text: `${name} is` })
      expect(messagesOf(await agent.call('take_messages'))).toEqual([])
    }
    expect(await asked).toMatchObject({
      answers: [
        { agent: 'Agent-2', text: 'Agent-2 is' },
        { agent: 'Agent-3', text: 'Agent-3 is' },
      ],
      missing: [],
    })
    expect(told).toContain('Agent-2 has answered')
  })

  test('are sent, looked at, taken, taken back and read again, each by its own', async () => {
    const [one, two] = [await open('Agent-1'), await open('Agent-2')]
    const [sent] = messagesOf(await one.call('send_message', { to: 'Agent-2', text: 'hello' }))
    const id = sent?.id ?? ''
    expect(await one.call('message_status', { message_id: id })).toMatchObject({ state: 'in the inbox' })
    expect(await two.refused('cancel_message', { message_id: id })).toContain('only its sender')
    expect(messagesOf(await two.call('read_messages'))).toMatchObject([{ id }, {}])
    expect(messagesOf(await two.call('take_messages'))).toMatchObject([{ id, text: 'hello' }])
    expect(await one.call('message_status', { message_id: id })).toMatchObject({
      state: 'delivered',
      known_by: 'taken',
    })
    expect(await one.refused('cancel_message', { message_id: id })).toContain('it is delivered')
    await two.call('reply', { message_id: id, text: 'hello yourself' })
    const thread = messagesOf(await one.call('read_thread', { message_id: id }))
    expect(thread.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'Agent-1: hello',
      'Agent-2: hello yourself',
    ])
    const resource = await one.client.readResource({ uri: `waggle://thread/${id}` })
    expect(JSON.parse((resource.contents[0] as { text: string }).text)).toMatchObject({
      messages: [{ id }, {}],
    })
    const [mistake] = messagesOf(await one.call('send_message', { to: 'Agent-2', text: 'a mistake' }))
    expect(await one.call('cancel_message', { message_id: mistake?.id })).toMatchObject({
      state: 'cancelled',
    })
    expect(messagesOf(await two.call('take_messages'))).toEqual([])
  })

  test('nobody sends as another, or takes what is another’s', async () => {
    const two = await open('Agent-2')
    const [sent] = messagesOf(
      await two.call('send_message', { to: 'Agent-3', text: 'x', from: 'Agent-1', agent: 'Agent-1' }),
    )
    expect(sent).toMatchObject({ from: 'Agent-2' })
    expect(messagesOf(await two.call('take_messages', { agent: 'Agent-3' }))).toEqual([])
    const broadcast = messagesOf(await two.call('broadcast', { text: 'all', from: 'Agent-3' }))
    expect(broadcast.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'Agent-2 Agent-1',
      'Agent-2 Agent-3',
      'Agent-2 Closed',
    ])
    await (await open('Agent-3')).call('take_messages')
  })

  test('what goes wrong says what to do', async () => {
    const one = await open('Agent-1')
    expect(await one.refused('send_message', { to: 'Agnet-2', text: 'x' })).toContain(
      'Did you mean "Agent-2"?',
    )
    expect(await one.refused('take_messages')).toContain('gets its messages by its window')
    expect(await one.refused('message_status', { message_id: 'seven' })).toContain(
      'take it from the message itself',
    )
    for (const note of [undefined, expect.stringContaining('the same text less than a minute ago')])
      expect(messagesOf(await one.call('send_message', { to: 'Agent-2', text: 'twice' }))[0]).toMatchObject(
        note === undefined ? { to: 'Agent-2' } : { note: note as unknown },
      )
    await (await open('Agent-2')).call('take_messages')
    expect(await one.refused('send_message', { to: 'Agent-2', text: 'x\u001B[0m' })).toContain(
      'control character',
    )
  })

  test('a wait that is called off ends, takes nothing with it, and the connection lives on', async () => {
    const two = await open('Agent-2')
    const off = new AbortController()
    const waiting = two.call('take_messages', { wait_seconds: 60 }, { signal: off.signal })
    await two.call('list_agents')
    off.abort('enough')
    await expect(waiting).rejects.toThrow('enough')
    await two.call('list_agents')
    const { result } = await wire.ask('message.send', { to: 'Agent-2', text: 'after it' })
    const [{ id }] = (result as { messages: [{ id: string }] }).messages
    expect((await wire.ask('message.get', { id })).result).toMatchObject({ state: 'queued', inbox: true })
    expect(messagesOf(await two.call('take_messages'))).toMatchObject([{ text: 'after it' }])
  })

  test('a question survives that Waggle is killed in the middle of it, and nobody is asked twice', async () => {
    const first = await startServer()
    const setUp = await openWire(first.endpoint.path)
    const one = await open('Agent-1', first.home)
    const asked = one.call('ask', { to: ['Agent-2', 'Agent-3'], question: 'still?', timeout_seconds: 60 })
    let questions: Shown[] = []
    while (questions.length < 2) {
      const { result } = await setUp.ask('message.list', {})
      questions = messagesOf(result ?? {})
    }
    const questionTo = (name: string) => questions.find(({ to }) => to === name)?.id
    await setUp.ask('message.reply', { id: questionTo('Agent-2'), text: 'two' })
    await first.kill()
    const second = await startServer({ home: first.home })
    const after = await openWire(second.endpoint.path)
    await after.ask('message.reply', { id: questionTo('Agent-3'), text: 'three' })
    expect(await asked).toMatchObject({ answers: [{ text: 'two' }, { text: 'three' }], missing: [] })
    expect(messagesOf((await after.ask('message.list', { from: 'Agent-1' })).result ?? {})).toHaveLength(2)
    await second.stop()
  })

  test('a server that is killed while it waits takes nothing with it', async () => {
    const two = await open('Agent-2')
    const waiting = two.call('take_messages', { wait_seconds: 60 }).catch(() => 'gone')
    await two.call('list_agents')
    process.kill(two.pid, 'SIGKILL')
    expect(await waiting).toBe('gone')
    await wire.ask('message.send', { to: 'Agent-2', text: 'for the next one' })
    const next = await open('Agent-2')
    expect(messagesOf(await next.call('take_messages', { wait_seconds: 30 }))).toMatchObject([
      { text: 'for the next one' },
    ])
  })
})
