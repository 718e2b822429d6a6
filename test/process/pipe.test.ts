import fc from 'fast-check'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_LINE_BYTES } from '../../src/contract/endpoint'
import { cleanUp, newHome, openWire, startServer, type Server } from './programs'

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(cleanUp)

const wire = () => openWire(server.endpoint.path)
const STATUS = '{"jsonrpc":"2.0","id":1,"method":"queue.status"}'

describe('a line', () => {
  test.each([
    ['not JSON', 'hello', -32700],
    ['an empty line', '', -32700],
    ['null', 'null', -32600],
    ['a number', '7', -32600],
    ['an empty batch', '[]', -32600],
    ['no method', '{"jsonrpc":"2.0","id":1}', -32600],
    ['a method that is a number', '{"jsonrpc":"2.0","id":1,"method":7}', -32600],
    ['no version', '{"id":1,"method":"queue.status"}', -32600],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"queue.status"}', -32600],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"nothing.like.it"}', -32601],
    ['params that are a list', '{"jsonrpc":"2.0","id":1,"method":"queue.status","params":[1]}', -32602],
  ])('%s gets its error and the connection lives on', async (_what, line, code) => {
    const { send, next, socket } = await wire()
    send(`${line}\n${STATUS}\n`)
    expect((await next()).error).toMatchObject({ code, message: expect.stringMatching(/\w+ \w+/) as unknown })
    expect((await next()).result).toMatchObject({ paused: false })
    socket.destroy()
  })

  test('bytes that are not UTF-8 are a parse error, not a message with other letters', async () => {
    const { send, next, socket } = await wire()
    send(
      Buffer.concat([
        Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('"}\n'),
      ]),
    )
    send(`${STATUS}\n`)
    expect(await next()).toMatchObject({ id: null, error: { code: -32700 } })
    expect((await next()).result).toBeDefined()
    socket.destroy()
  })

  test('CRLF and a byte order mark are tolerated', async () => {
    const { send, next, socket } = await wire()
    send(`\uFEFF${STATUS}\r\n`)
    expect((await next()).result).toBeDefined()
    socket.destroy()
  })

  test('a character cut in two by the transport arrives whole', async () => {
    const { socket, send, next } = await wire()
    const bytes = Buffer.from(
      '{"jsonrpc":"2.0","id":1,"method":"message.send","params":{"to":"Agent-1","text":"🐝"}}\n',
    )
    for (const byte of bytes) {
      await new Promise<void>((resolve) => socket.write(Buffer.from([byte]), () => resolve()))
    }
    expect((await next()).result).toMatchObject({ messages: [{ text: '🐝' }] })
    send('')
    socket.destroy()
  })

  test('of the longest length is served; one byte more ends the connection with the reason', async () => {
    const first = await wire()
    first.send(`${STATUS.padEnd(MAX_LINE_BYTES - 1)}\n`)
    expect((await first.next()).result).toBeDefined()
    first.socket.destroy()
    const second = await wire()
    second.send(`${STATUS.padEnd(MAX_LINE_BYTES)}\n${STATUS}\n`)
    expect(await second.rest()).toMatchObject([{ id: null, error: { code: 1008 } }])
  })

  test('that never ends is not kept in memory', async () => {
    const { send, rest } = await wire()
    for (let mebibyte = 0; mebibyte < 8; mebibyte++) send('x'.repeat(MAX_LINE_BYTES))
    expect(await rest()).toMatchObject([{ error: { code: 1008 } }])
    expect((await (await wire()).ask('hello')).result).toMatchObject({ name: 'Waggle' })
  })

  test('of any bytes gets exactly one answer, and the connection lives on', async () => {
    const { send, next, socket } = await wire()
    const anyLine = fc.oneof(
      fc
        .uint8Array({ minLength: 1, maxLength: 60 })
        .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10))),
      fc.json().map((json) => Buffer.from(json)),
      fc.string().map((method) => Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} }))),
    )
    await fc.assert(
      fc.asyncProperty(anyLine, async (line) => {
        // A list may hold notifications, which get no answer.
        fc.pre(!line.toString().trimStart().startsWith('['))
        send(line)
        send('\n')
        const { result, error } = await next()
        expect(result !== undefined || error !== undefined).toBe(true)
      }),
      { numRuns: 300 },
    )
    send(`${STATUS}\n`)
    expect((await next()).result).toMatchObject({ paused: false })
    socket.destroy()
  })
})

describe('requests', () => {
  test('a batch is answered as a list, also one of one; notifications get no answer', async () => {
    const { send, next, socket } = await wire()
    const quiet = '{"jsonrpc":"2.0","method":"queue.status"}'
    send(`${quiet}\n[${quiet}]\n[${STATUS},${quiet},7]\n[${STATUS}]\n`)
    expect(await next()).toMatchObject([
      { id: 1, result: { paused: false } },
      { id: null, error: { code: -32600 } },
    ])
    expect(await next()).toMatchObject([{ id: 1, result: { paused: false } }])
    socket.destroy()
  })

  test('run together: one that waits does not hold up the next', async () => {
    const { send, ask, next, socket } = await wire()
    const sent = await ask('message.send', { to: 'Agent-2', text: 'hello' })
    const [{ id }] = (sent.result as { messages: [{ id: string }] }).messages
    send(
      `${JSON.stringify({ jsonrpc: '2.0', id: 'wait', method: 'message.wait', params: { id } })}\n${STATUS}\n`,
    )
    expect(await next()).toMatchObject({ id: 1 })
    expect(await (await wire()).ask('message.cancel', { id })).toMatchObject({
      result: { state: 'cancelled' },
    })
    expect(await next()).toMatchObject({ id: 'wait', result: { state: 'cancelled' } })
    socket.destroy()
  })

  test('a last line without an end is answered after a half-close, as printf into nc sends it', async () => {
    const { socket, rest } = await wire()
    socket.end(STATUS)
    expect(await rest()).toMatchObject([{ id: 1, result: { paused: false } }])
  })

  test('from sixteen clients at once all get into the queue, each once', async () => {
    const { ask } = await wire()
    const clients = Array.from({ length: 16 }, async (_, client) => {
      const { ask, socket } = await wire()
      for (let number = 0; number < 10; number++) {
        const answer = await ask('message.send', {
          to: 'Agent-3',
          from: `client-${client}`,
          text: `number ${number}`,
        })
        expect(answer.error).toBeUndefined()
      }
      socket.destroy()
    })
    await Promise.all(clients)
    const { result } = await ask('message.list', { to: 'Agent-3', limit: 1000 })
    const messages = (result as { messages: { from: string; text: string }[] }).messages
    expect(messages).toHaveLength(160)
    expect(new Set(messages.map(({ from, text }) => `${from} ${text}`)).size).toBe(160)
  })
})

describe('events', () => {
  test('come after the answer to the subscription, and go on after a half-close', async () => {
    const { socket, next } = await wire()
    socket.end('{"jsonrpc":"2.0","id":1,"method":"events.subscribe"}\n')
    expect(await next()).toEqual({ jsonrpc: '2.0', id: 1, result: {} })
    expect(await next()).toMatchObject({ method: 'event', params: { type: 'queue' } })
    await (await wire()).ask('message.send', { to: 'Agent-1', text: 'for the subscriber' })
    expect(await next()).toMatchObject({ method: 'event', params: { type: expect.any(String) as unknown } })
    socket.destroy()
  })

  test('a subscriber that does not read is disconnected and holds nobody up', async () => {
    const deaf = await openWire(server.endpoint.path)
    await deaf.ask('events.subscribe')
    deaf.socket.pause()
    const { ask } = await wire()
    const text = 'x'.repeat(60_000)
    const gone = new Promise((resolve) => deaf.socket.once('close', resolve))
    for (let number = 0; number < 200; number++) {
      const { error } = await ask('message.send', { to: 'Agent-1', text, key: `deaf-${number}` })
      expect(error).toBeUndefined()
    }
    deaf.socket.resume()
    await gone
    expect((await ask('hello')).result).toMatchObject({ name: 'Waggle' })
  })
})

describe('the socket', () => {
  test('and what tells of it are closed to other users', () => {
    expect(statSync(server.home).mode & 0o777).toBe(0o700)
    expect(statSync(server.endpoint.path).mode & 0o777).toBe(0o600)
    expect(statSync(join(server.home, 'endpoint.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(server.home, 'waggle.db')).mode & 0o077).toBe(0)
  })

  test('of a home with a long path is where endpoint.json says', async () => {
    const long = await startServer({ home: join(newHome(), 'x'.repeat(100)) })
    expect(Buffer.byteLength(long.endpoint.path)).toBeLessThanOrEqual(103)
    expect((await (await openWire(long.endpoint.path)).ask('hello')).result).toMatchObject({
      home: long.home,
    })
    await long.stop()
    expect(existsSync(long.endpoint.path)).toBe(false)
  })

  test('left behind by a killed Waggle is replaced; that of a living one is never taken', async () => {
    const first = await startServer()
    await first.kill()
    expect(existsSync(first.endpoint.path)).toBe(true)
    const second = await startServer({ home: first.home })
    await expect(startServer({ home: first.home })).rejects.toThrow('Another Waggle is listening')
    expect((await (await openWire(second.endpoint.path)).ask('hello')).result).toMatchObject({
      pid: second.endpoint.pid,
    })
  })

  test('answers nothing but hello until the token came, where that is asked for', async () => {
    const guarded = await startServer({ env: { REQUIRE_HELLO: '1' } })
    const { ask, socket } = await openWire(guarded.endpoint.path)
    expect(await ask('queue.status')).toMatchObject({ error: { code: -32600 } })
    expect(await ask('hello')).toMatchObject({ error: { code: -32600 } })
    const { token } = guarded.endpoint
    // Of any length, and however much of it is right.
    for (const guess of ['', 'guessed', token.slice(0, -1), `${token}0`, `${token.slice(0, -1)}~`])
      expect(await ask('hello', { token: guess })).toMatchObject({ error: { code: -32600 } })
    expect(await ask('queue.status')).toMatchObject({ error: { code: -32600 } })
    expect(await ask('hello', { token })).toMatchObject({
      result: { name: 'Waggle' },
    })
    expect(await ask('queue.status')).toMatchObject({ result: { paused: false } })
    socket.destroy()
  })
})

describe('durability', () => {
  test('what was answered with success is there after a kill at that very moment', async () => {
    const first = await startServer()
    const { ask } = await openWire(first.endpoint.path)
    const answer = await ask('message.send', { to: ['Agent-1', 'Agent-2'], text: 'safe' })
    await first.kill()
    const ids = (answer.result as { messages: { id: string }[] }).messages.map((message) => message.id)
    const second = await startServer({ home: first.home })
    const list = await (await openWire(second.endpoint.path)).ask('message.list', { states: ['queued'] })
    const found = (list.result as { messages: { id: string }[] }).messages.map((message) => message.id)
    expect(found.toSorted()).toEqual(ids.toSorted())
  })

  test('a clean exit removes endpoint.json, but not one that is another Waggle’s', async () => {
    const clean = await startServer()
    await clean.stop()
    expect(existsSync(join(clean.home, 'endpoint.json'))).toBe(false)
    const other = await startServer()
    writeFileSync(
      join(other.home, 'endpoint.json'),
      JSON.stringify({ ...other.endpoint, token: 'of another' }),
    )
    await other.stop()
    expect(existsSync(join(other.home, 'endpoint.json'))).toBe(true)
  })
})

test('the one-liner of the documents works: printf into a socket with nc', async () => {
  const hasNc = spawnSync('sh', ['-c', 'command -v nc']).status === 0
  const program = hasNc
    ? `nc -N -U "$0"`
    : `node -e 'const s=require("net").connect(process.argv[1]);process.stdin.pipe(s).pipe(process.stdout)' "$0"`
  const { stdout } = spawnSync('sh', ['-c', `printf '${STATUS}\\n' | ${program}`, server.endpoint.path], {
    encoding: 'utf8',
  })
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { paused: false } })
})
