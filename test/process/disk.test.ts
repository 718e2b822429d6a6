import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/errors'
import { prepareHome } from '../../src/main/home'
import { cleanUp, openWire, startServer, waggle } from './programs'

const send = (text: string) => ['send', '--agent', 'Agent-1', '--message', text]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-disk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(cleanUp)

test.each(['settings.json', 'waggle.db', 'endpoint.json', 'waggle.sock'])(
  'a folder where %s goes is named at the start',
  (name) => {
    mkdirSync(join(folder, 'home', name), { recursive: true })
    chmodSync(join(folder, 'home'), 0o700)
    expect(() => prepareHome(join(folder, 'home'))).toThrow(
      `a folder stands at ${join(folder, 'home', name)}`,
    )
  },
)

describe.runIf(process.getuid?.() === 0)('a real disk', () => {
  let home: string
  beforeEach(() => {
    home = join(folder, 'home')
    mkdirSync(home)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m,mode=700', 'tmpfs', home])
  })
  afterEach(async () => {
    await cleanUp()
    execFileSync('umount', [home])
  })

  test('that is full is told as such, with "try later"; what was accepted is there, and it goes on by itself', async () => {
    const { endpoint } = await startServer({ home })
    const { ask } = await openWire(endpoint.path)
    const accepted: string[] = []
    writeFileSync(join(home, 'ballast'), 'x'.repeat(1_500_000))
    let refused
    for (let number = 0; number < 200 && !refused; number++) {
      const { result, error } = await ask('message.send', {
        to: 'Agent-1',
        text: `${number} ${'x'.repeat(50_000)}`,
      })
      refused = error
      for (const { id } of (result as { messages?: { id: string }[] } | undefined)?.messages ?? [])
        accepted.push(id)
    }
    expect(refused).toMatchObject({
      code: errorCodes.storage,
      message: expect.stringContaining('full') as unknown,
      data: { retryAfterMs: expect.any(Number) as unknown },
    })
    const { code, err } = await waggle(home, send('x'.repeat(60_000)))
    expect([code, err]).toEqual([75, expect.stringMatching(/Nothing was changed.*full.*Free some space/)])
    rmSync(join(home, 'ballast'))
    expect((await waggle(home, send('goes on'))).code).toBe(0)
    const { result } = await ask('message.list', { limit: 1000 })
    const ids = (result as { messages: { id: string }[] }).messages.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(accepted))
  })

  test('that fails at any one write loses nothing that was accepted, and nothing of what was refused comes back', async () => {
    const { endpoint, process: server } = await startServer({ home })
    const { ask } = await openWire(endpoint.path)
    const [accepted, refused]: [string[], string[]] = [[], []]
    const resize = (kib: number) => execFileSync('mount', ['-o', `remount,size=${kib}k`, home])
    for (let spare = 0; spare < 32; spare++) {
      const used = Number(
        execFileSync('df', ['--output=used', '-k', home], { encoding: 'utf8' }).split('\n')[1],
      )
      resize(used + spare * 4)
      for (let number = 0; number < 6; number++) {
        const text = `spare ${spare} number ${number} ${'x'.repeat(9000)}`
        const { error } = await ask('message.send', { to: ['Agent-1', 'Agent-2'], text })
        if (error) expect(error.code).toBe(errorCodes.storage)
        ;(error ? refused : accepted).push(text)
      }
      resize(20_000)
      expect((await ask('message.send', { to: 'Agent-3', text: 'between' })).error).toBeUndefined()
    }
    expect(Math.min(accepted.length, refused.length)).toBeGreaterThan(10)
    server.kill('SIGKILL')
    await once(server, 'exit')
    const again = await startServer({ home })
    const { result } = await (
      await openWire(again.endpoint.path)
    ).ask('message.list', { to: 'Agent-2', limit: 1000 })
    const texts = (result as { messages: { text: string }[] }).messages.map(({ text }) => text)
    expect(texts.toReversed()).toEqual(accepted)
  })

  test('that is read-only at the start is told with the remedy', () => {
    prepareHome(home)
    execFileSync('mount', ['-o', 'remount,ro', home])
    expect(() => prepareHome(home)).toThrow(/cannot be written to.*WAGGLE_HOME/)
  })
})
