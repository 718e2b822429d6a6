import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/errors'
import { cleanUp, newHome, openWire, startServer, type Server } from '../process/programs'

// The system itself refuses the n-th write or sync of the database (strace's fault injection), for each n there is.

/** Then each single write; else a sample of them. */
const isSoak = process.env['SOAK'] === '1'
let log: string
beforeEach(() => {
  log = join(mkdtempSync(join(tmpdir(), 'waggle-writes-')), 'strace')
})
afterEach(() => rmSync(join(log, '..'), { recursive: true, force: true }))
afterAll(cleanUp)

interface Outcome {
  readonly accepted: string[]
  readonly refused: string[]
}

/** Sends messages while the `nth` call of this kind fails; what was said of each. */
async function sendMeanwhile(
  home: string,
  call: string,
  error: string,
  nth: number,
): Promise<Outcome | 'no start'> {
  const under = refusing(home, call, `${call}:error=${error}:when=${nth}`)
  let server: Server
  try {
    server = await startServer({ home, under })
  } catch {
    return 'no start'
  }
  const { ask, socket } = await openWire(server.endpoint.path)
  const outcome: Outcome = { accepted: [], refused: [] }
  for (let number = 0; number < 5; number += 1) {
    const text = `number ${number} ${'x'.repeat(3000)}`
    const { error: refusal } = await ask('message.send', { to: ['Agent-1', 'Agent-2'], text })
    if (refusal) expect(refusal).toMatchObject({ code: errorCodes.storage })
    ;(refusal ? outcome.refused : outcome.accepted).push(text)
    server.deliverOne()
  }
  socket.destroy()
  await server.kill()
  return outcome
}

function refusing(home: string, calls: string, inject: string): string[] {
  const files = ['', '-wal', '-journal'].flatMap((end) => ['-P', join(home, `waggle.db${end}`)])
  return ['strace', '-D', '-f', '-qq', '-o', log, ...files, '-e', `trace=${calls}`, '-e', `inject=${inject}`]
}

/** What is on the disk, oldest first. */
async function kept(home: string): Promise<string[]> {
  const server = await startServer({ home })
  const { ask } = await openWire(server.endpoint.path)
  const { result } = await ask('message.list', { to: 'Agent-2', limit: 1000 })
  await server.kill()
  return (result as { messages: { text: string }[] }).messages.map(({ text }) => text).toReversed()
}

test.each([
  ['pwrite64', 'EIO', 9],
  ['pwrite64', 'ENOSPC', 13],
  ['fsync', 'EIO', 1],
] as const)(
  'the n-th %s fails with %s: senders are told, and exactly what was accepted is there after a crash',
  async (call, error, apart) => {
    const step = isSoak ? 1 : apart
    let refused = 0
    for (let nth = 1; ; nth += step) {
      const home = newHome()
      const outcome = await sendMeanwhile(home, call, error, nth)
      const isInjected = existsSync(log) && readFileSync(log, 'utf8').includes('(INJECTED)')
      rmSync(log, { force: true })
      if (!isInjected) break
      if (outcome === 'no start') continue
      refused += outcome.refused.length
      expect(await kept(home), `the ${nth}th`).toEqual(outcome.accepted)
    }
    expect(refused).toBeGreaterThan(0)
  },
  300_000,
)

test('a disk that becomes read-only while Waggle runs is told as such, reading goes on, and so does sending once it can be written to', async () => {
  const home = newHome()
  const calls = 'pwrite64,fsync,ftruncate'
  const server = await startServer({ home, under: refusing(home, calls, `${calls}:error=EROFS:when=150+`) })
  const { ask, socket } = await openWire(server.endpoint.path)
  const accepted: string[] = []
  const send = async (text: string) => {
    const { error } = await ask('message.send', { to: ['Agent-1', 'Agent-2'], text })
    if (!error) accepted.push(text)
    return error
  }
  let refusal
  for (let number = 0; number < 300 && !refusal; number += 1) refusal = await send(`number ${number}`)
  const message: unknown = expect.stringContaining('cannot be written to')
  const told = { code: errorCodes.storage, message, data: { retryAfterMs: expect.any(Number) as unknown } }
  expect(refusal).toMatchObject(told)
  expect(await send('still not')).toMatchObject(told)
  const listed = async () => {
    const { result } = await ask('message.list', { to: 'Agent-2', limit: 1000 })
    return (result as { messages: { text: string }[] }).messages.map(({ text }) => text).toReversed()
  }
  expect(await listed()).toEqual(accepted)
  const tracer = Number(
    /TracerPid:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1],
  )
  process.kill(tracer, 'SIGKILL')
  await expect.poll(() => send('again'), { timeout: 10_000 }).toBeUndefined()
  socket.destroy()
  await server.kill()
  expect(await kept(home)).toEqual(accepted)
}, 60_000)
