import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { openMcp, type McpClient } from '../harness/mcp-client'
import { cleanUp, cliScript, openWire, startServer, type Server, type Wire } from './programs'

// Many agents at once, each with an MCP server of its own, with the guards as they are by default.

let server: Server
let wire: Wire
const clients: McpClient[] = []

beforeEach(async () => {
  server = await startServer()
  wire = await openWire(server.endpoint.path)
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (client) => client.close()))
  await server.stop()
})
afterAll(cleanUp)

interface Shown {
  readonly id: string
  readonly from: string
  readonly text: string
  readonly answers?: string
  readonly why?: string
}

async function agent(name: string): Promise<McpClient> {
  await wire.ask('agent.set', { name, way: 'inbox' })
  const client = await openMcp(cliScript, server.home, name)
  clients.push(client)
  return client
}

const taken = async ({ call }: McpClient) =>
  (await call('take_messages', { wait_seconds: 60 }))['messages'] as Shown[]

test('sixteen in a ring, each answering: of a thousand messages every thread is whole, and none is crossed', async () => {
  const names = Array.from({ length: 16 }, (_, n) => `Ring-${n}`)
  const ring = await Promise.all(names.map(agent))
  const questions = 32
  /** Asks its neighbour one question after the other, and answers the other neighbour's. */
  const play = async (client: McpClient, n: number) => {
    const next = names[(n + 1) % 16] ?? ''
    const ask = async (number: number) =>
      client.call('send_message', { to: next, text: `question ${number} of ${names[n]}` })
    const got: string[] = []
    await ask(1)
    for (let [asked, answered] = [1, 0]; got.length < questions || answered < questions;) {
      for (const message of await taken(client)) {
        if (message.answers === undefined) {
          answered += 1
          await client.call('reply', { message_id: message.id, text: `answer to ${message.text}` })
          continue
        }
        got.push(message.text)
        if (asked < questions) await ask((asked += 1))
      }
    }
    return got
  }
  const answers = await Promise.all(ring.map(play))
  const numbers = Array.from({ length: questions }, (_, n) => n + 1)
  for (const [n, got] of answers.entries())
    expect(got).toEqual(numbers.map((number) => `answer to question ${number} of ${names[n]}`))
  for (const [n, name] of names.entries()) {
    const { result } = await wire.ask('message.list', { from: name, limit: 1000 })
    const asked = (result as { messages: Shown[] }).messages.filter(({ text }) => text.startsWith('question'))
    expect(asked).toHaveLength(questions)
    for (const { id, text } of asked) {
      const { result } = await wire.ask('message.thread', { id })
      const neighbour = names[(n + 1) % 16]
      expect(result).toMatchObject({
        messages: [
          { id, from: name, to: neighbour, text, state: 'delivered' },
          { replyTo: id, from: neighbour, to: name, text: `answer to ${text}`, state: 'delivered' },
        ],
      })
    }
  }
}, 180_000)

test('two who answer each other for ever are stopped, and go on once they are let go', async () => {
  const [one, two] = [await agent('One'), await agent('Two')]
  await one.call('send_message', { to: 'Two', text: 'thanks' })
  let why: string | undefined
  let count = 0
  for (let turn = 0; why === undefined; turn++) {
    const client = turn % 2 === 0 ? two : one
    const [message] = await taken(client)
    const reply = await client.call('reply', { message_id: message?.id, text: 'thanks' })
    why = reply['why'] as string | undefined
    count += 1
  }
  expect(count).toBe(101)
  expect(why).toContain('have answered each other more than 100 times')
  expect((await one.call('take_messages'))['messages']).toEqual([])
  const { result } = await wire.ask('queue.status')
  expect(result).toMatchObject({ held: [{ count: 1 }] })
  await wire.ask('queue.resume')
  expect(await taken(one)).toMatchObject([{ from: 'Two', text: 'thanks' }])
}, 120_000)
