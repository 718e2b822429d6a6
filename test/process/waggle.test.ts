import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cleanUp, newHome, openWire, spawnWaggle, startServer, waggle, type Server } from './programs'

const ID = '[0-9a-f-]{36}'
let server: Server
let run: (
  args: readonly string[],
  options?: { input?: string; env?: Record<string, string> },
) => ReturnType<typeof waggle>

beforeAll(async () => {
  server = await startServer()
  run = (args, options) => waggle(server.home, args, options)
})
beforeEach(async () => {
  const { socket, ask } = await openWire(server.endpoint.path)
  const { result } = await ask('message.list', { states: ['queued'], limit: 1000 })
  for (const { id } of (result as { messages: { id: string }[] }).messages)
    await ask('message.cancel', { id })
  await ask('queue.resume')
  socket.destroy()
})
afterAll(cleanUp)

const send = ['send', '--agent', 'Agent-1', '--message'] as const

/** Delivers what waits as soon as the command has said that it is queued; resolves with all its lines. */
async function runAndDeliver(args: readonly string[]): Promise<{ lines: string[]; code: number | null }> {
  const child = spawnWaggle(server.home, args)
  const exit = once(child, 'exit') as Promise<[number | null]>
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (line.startsWith('queued')) server.deliverOne()
  }
  return { lines, code: (await exit)[0] }
}

describe('send', () => {
  test('prints "queued ID AGENT" once the message is safe', async () => {
    const { code, out, err } = await run([...send, 'hello'])
    expect(out).toMatch(new RegExp(`^queued ${ID} Agent-1\n$`))
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('--wait tells how the message is known to have arrived', async () => {
    const { lines, code } = await runAndDeliver([...send, 'hello', '--wait'])
    expect(lines[1]).toMatch(new RegExp(`^delivered ${ID} Agent-1 84ms read-back$`))
    expect(code).toBe(0)
  })

  test('--wait tells why it failed and exits 1', async () => {
    const { lines, code } = await runAndDeliver(['send', '--agent', 'Closed', '--message', 'hello', '--wait'])
    expect(lines[1]).toMatch(new RegExp(`^failed ${ID} Closed window-missing: No window`))
    expect(code).toBe(1)
  })

  test('--wait=SECONDS exits 75 when the time is over, and says what to do', async () => {
    const { code, out, err } = await run([...send, 'hello', '--wait=0.05'])
    expect(code).toBe(75)
    expect(out).toMatch(/^queued/)
    expect(err).toMatch(/has not ended yet\. "waggle wait .*" waits on/)
  })

  test('--json prints the result on one line', async () => {
    const { out } = await run([
      ...send,
      'two\nlines',
      '--json',
      '--priority',
      'urgent',
      '--no-submit',
      '--key',
      'k1',
    ])
    expect(out.trimEnd()).not.toContain('\n')
    expect(JSON.parse(out)).toMatchObject({
      messages: [{ to: 'Agent-1', text: 'two\nlines', priority: 'urgent', submit: false, key: 'k1' }],
    })
  })

  test('the text may come from stdin, in Unix line ends and without the last one', async () => {
    const { out } = await run([...send, '-', '--json'], { input: 'héllo 🐝\r\nsecond\r\n' })
    expect(JSON.parse(out)).toMatchObject({ messages: [{ text: 'héllo 🐝\nsecond' }] })
  })

  test('the sender is --from, else WAGGLE_AGENT, else "script"', async () => {
    const env = { WAGGLE_AGENT: 'Agent-4' }
    expect((await run([...send, 'x', '--json', '--from', 'N'], { env })).out).toContain('"from":"N"')
    expect((await run([...send, 'x', '--json'], { env })).out).toContain('"from":"Agent-4"')
    expect((await run([...send, 'x', '--json'], { env: { WAGGLE_AGENT: '' } })).out).toContain(
      '"from":"script"',
    )
  })

  test('an unknown agent is exit 2 with the closest one', async () => {
    const { code, err } = await run(['send', '--agent', 'Agnet-1', '--message', 'x'])
    expect(err).toBe('waggle: There is no agent "Agnet-1". Did you mean "Agent-1"?\n')
    expect(code).toBe(2)
  })

  test.each([
    ['no message', ['send', '--agent', 'Agent-1']],
    ['an unknown option', [...send, 'x', '--urgent']],
    ['an unknown command', ['sned']],
    ['a bad priority', [...send, 'x', '--priority', 'high']],
    ['a bad wait', [...send, 'x', '--wait=soon']],
    ['an empty text', [...send, '']],
    ['an escape sequence', [...send, '\u001B[31m']],
    ['a bad id', ['show', 'seven']],
    ['a text over the line limit', ['agents', 'import', '-']],
  ])('%s is exit 2 with a complaint on stderr and nothing on stdout', async (_what, args) => {
    const { code, out, err } = await run(args, { input: 'x'.repeat(2_000_000) })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/\w+ \w+/)
  })
})

test.each([['broadcast'], ['send', '--agent', '*']])(
  '%s reaches everyone but the sender',
  async (...command) => {
    const { out } = await run([...command, '--message', 'hello', '--from', 'Agent-2'])
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[2]),
    ).toEqual(['Agent-1', 'Agent-3', 'Closed'])
  },
)

describe('looking and changing', () => {
  test('status, pause and resume say how the queue stands', async () => {
    expect((await run(['status'])).out).toBe('Running; nothing waits.\n')
    expect((await run(['pause'])).out).toBe('Paused; nothing waits.\n')
    expect((await run(['pause', '--now'])).out).toBe('Paused; nothing waits.\n')
    await run([...send, 'x'])
    expect((await run(['resume'])).out).toMatch(/^Running; 1 message waiting\.\n\nAgent-1 {2}1 waiting\n$/)
    expect(JSON.parse((await run(['status', '--json'])).out)).toMatchObject({ paused: false, depth: 1 })
  })

  test('a message can be listed, shown, cancelled, sent again and found', async () => {
    const sent = await run([...send, 'a rare zebra'])
    const [, id = ''] = sent.out.split(' ')
    expect((await run(['queue'])).out).toContain(id)
    expect((await run(['show', id])).out).toMatch(/state +queued\n/)
    expect((await run(['cancel', id])).out).toBe(`cancelled ${id} Agent-1\n`)
    const again = await run(['cancel', id])
    expect({ code: again.code, err: again.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('cancelled') as unknown,
    })
    expect((await run(['retry', id])).out).toBe(`queued ${id} Agent-1\n`)
    expect((await run(['history', '--search', 'zebra'])).out).toContain(id)
    expect((await run(['history', '--search', 'giraffe'])).out).toBe('No such messages.\n')
    expect((await run(['wait', id, '--timeout', '0'])).code).toBe(75)
    expect((await run(['resolve', id, 'delivered'])).code).toBe(2)
  })

  test('queue lists what waits in the order in which it will go', async () => {
    for (const [text, priority] of Object.entries({ one: 'low', two: 'normal', three: 'urgent' })) {
      await run([...send, text, '--priority', priority])
    }
    const { out } = await run(['queue'])
    expect(out.split('\n').flatMap((line) => /\b(one|two|three)$/.exec(line)?.[1] ?? [])).toEqual([
      'three',
      'two',
      'one',
    ])
  })

  test('history exports every message there is as CSV or JSON lines, page after page', async () => {
    for (let n = 0; n < 3; n++) await run([...send, `export ${n}, "quoted"`])
    const filter = ['history', '--search', 'export', '--since', '2020-01-01', '--format']
    const { code, out } = await run([...filter, 'csv'])
    expect(code).toBe(0)
    expect(out.split('\r\n').map((line) => /"export (\d), ""quoted"""/.exec(line)?.[1] ?? '')).toEqual([
      '',
      '2',
      '1',
      '0',
      '',
    ])
    const lines = (await run([...filter, 'jsonl', '--limit', '2'])).out.trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { text: string }).text)).toEqual([
      'export 2, "quoted"',
      'export 1, "quoted"',
    ])
    expect((await run([...filter, 'csv', '--json'])).code).toBe(2)
    expect((await run(['history', '--since', 'yesterdy'])).err).toContain('--since takes a day or a time')
  })

  test('agents are set, listed, exported, imported and removed', async () => {
    expect((await run(['agents', 'set', 'New', '--at', '150,190', '--profile', 'terminal'])).out).toContain(
      '150,190',
    )
    const exported = await run(['agents', 'export'])
    expect((await run(['agents', 'remove', 'New'])).out).toContain('Removed New')
    expect((await run(['agents'])).out).not.toContain('New')
    const imported = await run(['agents', 'import', '-'], { input: exported.out })
    expect([imported.out, imported.err]).toEqual([
      expect.stringContaining('New'),
      expect.stringContaining('waggle agents import --undo'),
    ])
    expect((await run(['agents', 'import', '--undo', '--preview'])).out).toContain('removed   New')
    expect((await run(['agents', 'import', '--undo'])).out).not.toContain('New')
    const again = await run(['agents', 'import', '--undo'])
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('There is no import to undo')])
    expect((await run(['agents', 'import', '--undo', 'file.json'])).code).toBe(2)
    expect((await run(['agents', 'import'])).code).toBe(2)
    await run(['agents', 'import', '-'], { input: exported.out })
    expect((await run(['agents', 'set', 'New', '--at', '9999,0'])).err).toContain('outside every screen')
    expect((await run(['agents', 'import', 'no-such-file.json'])).code).toBe(2)
    await run(['agents', 'remove', 'New'])
  })

  test('watch follows what happens, one event a line', async () => {
    const child = spawnWaggle(server.home, ['watch', '--json'])
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>
    expect(await next()).toMatchObject({ type: 'queue' })
    await run([...send, 'watched'])
    let event = await next()
    while (event['type'] !== 'message') event = await next()
    expect(event).toMatchObject({ message: { text: 'watched', state: 'queued' } })
    child.kill()
    await once(child, 'close')
  })

  test.each([
    'send',
    'broadcast',
    'status',
    'queue',
    'history',
    'show',
    'wait',
    'cancel',
    'retry',
    'resolve',
    'pause',
  ])('%s --help shows an example', async (command) => {
    const { code, out } = await run([command, '--help'])
    expect(out).toMatch(new RegExp(`Examples?:\n.*\\$ .*waggle ${command}`))
    expect(code).toBe(0)
  })
})

describe('without a running Waggle', () => {
  test('every command is exit 69 and says how to start it', async () => {
    const { code, out, err } = await waggle(newHome(), ['status'])
    expect({ code, out }).toEqual({ code: 69, out: '' })
    expect(err).toMatch(/^waggle: Waggle is not running \(there is no .*endpoint\.json\)\. Start it .*\n$/)
  })

  test('a killed one, its endpoint.json still there, is exit 69 too', async () => {
    const killed = await startServer()
    await killed.kill()
    expect(await waggle(killed.home, ['status'])).toMatchObject({ code: 69 })
    rmSync(killed.endpoint.path)
    expect(await waggle(killed.home, ['status'])).toMatchObject({ code: 69 })
    writeFileSync(join(killed.home, 'endpoint.json'), 'half a fi')
    expect(await waggle(killed.home, ['status'])).toMatchObject({ code: 69 })
  })

  test('one that is killed during a wait is exit 69', async () => {
    const killed = await startServer()
    const child = spawnWaggle(killed.home, [...send, 'x', '--wait'])
    const exit = once(child, 'exit') as Promise<[number | null]>
    await once(child.stdout, 'data')
    await killed.kill()
    expect((await exit)[0]).toBe(69)
  })
})
