import fc from 'fast-check'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { MAX_LINE_BYTES } from '../../src/contract/endpoint'
import { cleanUp, openWire, startServer, type Server } from './programs'

// What one client does, whatever it is, must not be felt by another: each test does something and then asks as another.

let server: Server
beforeAll(async () => {
  server = await startServer()
  const { ask, socket } = await wire()
  for (let number = 0; number < 300; number++) {
    await ask('message.send', { to: 'Agent-1', text: `${number} ${'x'.repeat(20_000)}` })
  }
  socket.destroy()
})
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(cleanUp)

const wire = () => openWire(server.endpoint.path)
const line = (method: string, params: unknown = {}, id: number | string = 1) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params })

async function attacker(): Promise<Socket> {
  const socket = connect(server.endpoint.path)
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Asks as somebody else; resolves once that is answered. */
async function othersAreServed(): Promise<void> {
  const { ask, socket } = await wire()
  expect((await ask('queue.status')).result).toMatchObject({ paused: false })
  socket.destroy()
}

/** How many lines came, as they come. */
function counting(socket: Socket): () => number {
  let lines = 0
  socket.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines += 1
  })
  return () => lines
}

async function until(seen: () => boolean): Promise<void> {
  const end = performance.now() + 40_000
  while (!seen()) {
    if (performance.now() > end) throw new Error('it never came to be')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('others have their turn', () => {
  test('before ten thousand lists that one has asked for', async () => {
    const greedy = await attacker()
    const got = counting(greedy)
    greedy.write(`${line('message.list', { limit: 1000 })}\n`.repeat(10_000))
    await until(() => got() > 0)
    await othersAreServed()
    expect(got()).toBeLessThan(5000)
  })

  test('before a batch is done, whose requests count singly', async () => {
    const greedy = await attacker()
    const got = counting(greedy)
    greedy.write(
      `[${Array.from({ length: 1000 }, (_, id) => line('message.list', { limit: 50 }, id)).join()}]\n`,
    )
    await othersAreServed()
    expect(got()).toBe(0)
  })

  test('also while lists are asked for and never read', async () => {
    const deaf = await attacker()
    deaf.pause()
    deaf.write(`${line('message.list', { limit: 1000 })}\n`.repeat(10_000))
    await othersAreServed()
    const { used } = await server.memory()
    expect(used).toBeLessThan(200_000_000)
  })

  test('and what has not begun when a client goes is never done', async () => {
    const leaving = await attacker()
    const requests = Array.from({ length: 500 }, (_, n) =>
      line('message.send', { to: 'Agent-2', text: `left ${n}` }, n),
    )
    // The first line waits for a list that is not read: nothing behind it may begin.
    leaving.pause()
    leaving.write(`${line('message.list', { limit: 1000 })}\n`.repeat(20) + `${requests.join('\n')}\n`)
    await othersAreServed()
    leaving.destroy()
    const { ask } = await wire()
    await ask('queue.status')
    const { result } = await ask('message.list', { to: 'Agent-2', limit: 1000 })
    expect((result as { messages: unknown[] }).messages.length).toBeLessThan(500)
  })
})

test('answers to a batch that no line can hold are errors, not gigabytes', async () => {
  const { send, next, socket } = await wire()
  sockets.push(socket)
  send(`[${Array.from({ length: 100 }, (_, id) => line('message.list', { limit: 1000 }, id)).join()}]\n`)
  const answers = (await next()) as unknown as { result?: unknown; error?: { code: number } }[]
  expect(answers).toHaveLength(100)
  expect(answers.at(0)?.result).toBeDefined()
  expect(answers.at(-1)?.error).toMatchObject({ code: 1008 })
})

test.each([
  ['a method', line('x'.repeat(1_000_000))],
  ['a field', line('queue.status', { ['y'.repeat(1_000_000)]: 1 })],
  [
    'sixty thousand fields',
    line('queue.status', Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`f${n}`, n]))),
  ],
  ['an agent', line('message.send', { to: 'z'.repeat(1_000_000), text: 'x' })],
  ['a setting', line('settings.set', { changes: { ['s'.repeat(1_000_000)]: 1 } })],
  [
    'a nested list',
    line('message.send', { to: 'Agent-1', text: 'x' }).replace(
      '"x"',
      `${'['.repeat(400_000)}${']'.repeat(400_000)}`,
    ),
  ],
])('%s of a megabyte comes back cut', async (_what, text) => {
  const { send, next, socket } = await wire()
  sockets.push(socket)
  send(`${text}\n`)
  const { error } = await next()
  expect(error).toBeDefined()
  expect(JSON.stringify(error).length).toBeLessThan(10_000)
})

test('of half lines that never end those begun first are given up, a whole one is still served, and nothing is left of them', async () => {
  const before = await server.memory()
  const half = 'x'.repeat(MAX_LINE_BYTES - 1)
  const ended: string[] = []
  const clients = await Promise.all(Array.from({ length: 500 }, () => attacker()))
  for (const socket of clients) {
    socket.on('data', (chunk) => ended.push(chunk.toString()))
    socket.write(half)
  }
  await until(() => ended.length >= 400)
  expect(ended[0]).toContain('try again later')
  const { ask } = await wire()
  const text = 'y'.repeat(60_000)
  expect((await ask('message.send', { to: 'Agent-2', text })).result).toBeDefined()
  const during = await server.memory()
  expect(during.used - before.used).toBeLessThan(150_000_000)
  for (const socket of clients) socket.destroy()
  await expect.poll(async () => (await server.memory()).used).toBeLessThan(before.used * 1.3)
})

test('a line that comes byte by byte takes no more room than another', async () => {
  const before = await server.memory()
  const slow = await attacker()
  slow.setNoDelay(true)
  for (let sent = 0; sent < 20_000; sent++) {
    if (!slow.write('x')) await once(slow, 'drain')
    if (sent % 50 === 0) await new Promise(setImmediate)
  }
  expect((await server.memory()).used - before.used).toBeLessThan(5_000_000)
})

test('over the limit of connections the one silent the longest is let go; who works or listens stays', async () => {
  const small = await startServer({ env: { MOST_CONNECTIONS: '10' } })
  const listening = await openWire(small.endpoint.path)
  await listening.ask('events.subscribe')
  const silent = await openWire(small.endpoint.path)
  for (let number = 0; number < 30; number++) {
    const { ask } = await openWire(small.endpoint.path)
    expect((await ask('hello')).result).toMatchObject({ name: 'Waggle' })
  }
  expect((await silent.rest()).at(-1)?.error).toMatchObject({ code: 1007 })
  expect((await listening.ask('hello')).error).toBeUndefined()
  await small.stop()
})

/** Lines of every kind from ten clients, a crowd that says nothing and one that listens and never reads; then all go. */
async function rush(crowdSize: number, rounds: number): Promise<void> {
  const crowd = await Promise.all(Array.from({ length: crowdSize }, () => attacker()))
  const deaf = await attacker()
  deaf.write(`${line('events.subscribe')}\n`)
  deaf.pause()
  const lines = fc.sample(anyLine, { numRuns: 2000, seed: 20_260_101 })
  const clients = await Promise.all(Array.from({ length: 10 }, () => attacker()))
  await Promise.all(
    clients.map(async (client) => {
      client.resume()
      for (let round = 0; round < rounds; round++) {
        for (const one of lines) {
          if (!client.write(Buffer.concat([one, Buffer.from('\n')]))) await once(client, 'drain')
        }
      }
      client.end(`${line('hello', {}, 'last')}\n`)
      await once(client, 'close')
    }),
  )
  await othersAreServed()
  for (const socket of [...crowd, deaf]) socket.destroy()
  await until(() => [...crowd, deaf].every((socket) => socket.closed))
  await othersAreServed()
}

const anyLine = fc.oneof(
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10))),
  fc.json().map((json) => Buffer.from(json)),
  fc.nat(400).map((depth) => Buffer.from('['.repeat(depth))),
  fc
    .tuple(fc.constantFrom('hello', 'queue.status', 'message.list', 'message.send', '__proto__'), fc.json())
    .map(([method, json]) => Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"${method}","params":${json}}`)),
  fc
    .tuple(fc.constantFrom('hello', 'queue.status', 'agent.list'), fc.nat(60))
    .map(([method, cut]) => Buffer.from(line(method).slice(0, cut))),
)

test('a hundred thousand lines of anything, thousands of connections and deaf listeners leave nothing behind', async () => {
  await rush(100, 1) // what Node makes once and keeps
  const before = await server.memory()
  await rush(3500, 5)
  const after = await server.memory()

  expect(after.used).toBeLessThan(before.used * 1.3)
})
