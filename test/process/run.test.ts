import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cleanUp, newHome, openWire, spawnWaggle, startServer, waggle, type Server } from './programs'

// Real commands under a real lease: what counts is who has the desktop at each moment, and that nobody keeps it.

let server: Server
let folder: string
beforeAll(async () => {
  server = await startServer()
})
afterAll(cleanUp)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-run-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...command: string[]) => waggle(server.home, ['run', '--', ...command])

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 20_000
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > end) throw new Error('it never came to be')
    await delay(10)
  }
}

async function holder(): Promise<{ pid?: number; reason: string } | undefined> {
  const { ask, socket } = await openWire(server.endpoint.path)
  const { result } = await ask('queue.status')
  socket.destroy()
  return result?.['holder'] as { pid?: number; reason: string } | undefined
}

/** Runs until the file `go` is there, or its folder gone; says that it has begun by the file `begun`, with its process id in it. */
function longCommand(): { args: string[]; begun: () => number | undefined; go: () => void } {
  const [begun, go] = [join(folder, 'begun'), join(folder, 'go')]
  const script = `echo $$ > ${begun}.new; mv ${begun}.new ${begun}; while [ -e ${begun} ] && [ ! -e ${go} ]; do sleep 0.02; done; exit 7`
  return {
    args: ['run', '--reason', 'a long script', '--', 'sh', '-c', script],
    begun: () => (existsSync(begun) ? Number(readFileSync(begun, 'utf8')) : undefined),
    go: () => writeFileSync(go, ''),
  }
}

test('the command has the terminal, and its code is ours', async () => {
  const script = 'read line; echo "out $line"; echo err >&2; exit 42'
  const ran = await waggle(server.home, ['run', '--', 'sh', '-c', script], { input: 'in\n' })
  expect(ran).toEqual({ code: 42, out: 'out in\n', err: 'err\n' })
  expect(await run('true')).toMatchObject({ code: 0 })
})

test('options of the command are the command’s, and the lease is named after it', async () => {
  expect((await run('echo', '--json', '-n', 'x')).out).toBe('--json -n x\n')
})

test.each([
  ['TERM', 143],
  ['KILL', 137],
])('a command ended by SIG%s gives %i', async (signal, code) => {
  expect((await run('sh', '-c', `kill -${signal} $$`)).code).toBe(code)
})

test('a command that is not there is 127, one that cannot be run 126, and nobody keeps the desktop', async () => {
  expect(await run('no-such-command-here')).toMatchObject({
    code: 127,
    err: expect.stringMatching(/no command/) as unknown,
  })
  writeFileSync(join(folder, 'plain'), 'no program')
  expect((await run(join(folder, 'plain'))).code).toBe(126)
  expect(await holder()).toBeUndefined()
})

test('without a running Waggle the command is not run', async () => {
  const file = join(folder, 'touched')
  const ran = await waggle(newHome(), ['run', '--', 'touch', file])
  expect(ran).toMatchObject({ code: 69, err: expect.stringContaining('not running') as unknown })
  expect(existsSync(file)).toBe(false)
})

test('while it runs the desktop is held and named; the next one waits, and gives up when it was told to', async () => {
  const long = longCommand()
  const first = spawnWaggle(server.home, long.args)
  await until(long.begun)
  expect(await holder()).toEqual({
    pid: first.pid,
    reason: 'a long script',
    since: expect.any(String) as unknown,
  })
  const late = await waggle(server.home, ['run', '--timeout', '0.1', '--', 'touch', join(folder, 'late')])
  expect(late).toMatchObject({ code: 75, err: expect.stringContaining('a long script') as unknown })
  const second = waggle(server.home, ['run', '--', 'sh', '-c', `test -e ${join(folder, 'go')}`])
  long.go()
  expect(await once(first, 'exit')).toEqual([7, null])
  expect((await second).code).toBe(0)
  expect(existsSync(join(folder, 'late'))).toBe(false)
})

test('a killed "waggle run" gives the desktop back at once', async () => {
  const long = longCommand()
  const killed = spawnWaggle(server.home, long.args)
  await until(long.begun)
  killed.kill('SIGKILL')
  expect(await run('true')).toMatchObject({ code: 0 })
  long.go()
})

test('told to end, it ends the command first and holds the desktop until that has ended', async () => {
  const [begun, ended] = [join(folder, 'begun'), join(folder, 'ended')]
  const script = `trap 'sleep 0.3; touch ${ended}; exit 5' TERM; touch ${begun}; while [ -e ${begun} ]; do sleep 0.02; done`
  const child = spawnWaggle(server.home, ['run', '--', 'sh', '-c', script])
  await until(() => existsSync(begun) || undefined)
  child.kill('SIGTERM')
  const next = run('test', '-e', ended)
  expect(await once(child, 'exit')).toEqual([5, null])
  expect((await next).code).toBe(0)
})

test('when Waggle ends meanwhile the command goes on, and the person is told', async () => {
  const own = await startServer()
  const long = longCommand()
  const child = spawnWaggle(own.home, long.args)
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  await until(long.begun)
  await own.stop()
  await until(() => err.includes('without holding the desktop') || undefined)
  long.go()
  expect(await once(child, 'exit')).toEqual([7, null])
})

test('a lease over the pipe ends with its connection; a foreign or old one is not found', async () => {
  const one = await openWire(server.endpoint.path)
  const { result } = await one.ask('desktop.acquire', { reason: 'a raw client' })
  expect(await holder()).toMatchObject({ reason: 'a raw client' })
  one.socket.destroy()
  const other = await openWire(server.endpoint.path)
  expect((await other.ask('desktop.acquire', { reason: 'next' })).result).toHaveProperty('lease')
  expect((await other.ask('desktop.release', { lease: result?.['lease'] })).error).toMatchObject({
    code: 1003,
  })
  other.socket.destroy()
})
