import { fork, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { build } from 'vite'
import { systemClock } from '../../src/main/clock'
import { prepareHome } from '../../src/main/home'
import { userFolder } from '../../src/main/private-folder'
import { startHeadless } from './headless-waggle'
import { cleanUp, newHome, readEndpoint } from './programs'
import { ask, endAll, send } from './terminals'

// Another user of the same machine, in earnest: processes of two accounts that are neither root nor each other.

/** Waggle's user here, and the other one. */
const A = 54_321
const B = 65_534

const outDir = '.cache/test-process'
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'test/process/turn-seeker.ts', outDir, emptyOutDir: false, target: 'node20.18' },
  })
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-users-'))
  chmodSync(folder, 0o755)
})
afterEach(async () => {
  await Promise.all([...running].map((child) => (child.kill('SIGKILL'), once(child, 'exit'))))
  endAll()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(cleanUp)

/** Runs one expression as the other user; answers with what it printed or the code of what it threw. */
function asB(expression: string): string {
  const script = `try { console.log(String(await (${expression}) ?? 'done')) } catch (error) { console.log(error.code) }`
  const program = `import * as fs from 'node:fs'; import { connect } from 'node:net'; ${script}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    uid: B,
    gid: B,
    encoding: 'utf8',
  })
  return stdout.trim() || stderr
}

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)('another user', () => {
  test('reads, lists and connects to nothing, whatever the umask was', async () => {
    const home = newHome()
    mkdirSync(dirname(home), { recursive: true })
    chmodSync(dirname(home), 0o755)
    const mask = process.umask(0)
    const server = await startHeadless(home).finally(() => process.umask(mask))
    await ask(server, 'agent.set', { name: 'A', command: ['true'] })
    await send(server, 'A', 'secret')
    const endpoint = readEndpoint(home)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    for (const entry of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
      expect([entry, statSync(join(home, entry)).mode & 0o077]).toEqual([entry, 0])
    }
    const [log = ''] = readdirSync(join(home, 'logs'))
    for (const name of ['endpoint.json', 'settings.json', 'waggle.db', 'waggle.db-wal', `logs/${log}`]) {
      expect(asB(`fs.readFileSync('${join(home, name)}')`)).toBe('EACCES')
    }
    for (const name of ['', 'logs']) expect(asB(`fs.readdirSync('${join(home, name)}')`)).toBe('EACCES')
    expect(asB(`fs.writeFileSync('${join(home, 'settings.json')}', '{}')`)).toBe('EACCES')
    const connecting = `new Promise((yes, no) => connect('${endpoint.path}').once('connect', yes).once('error', no))`
    expect(asB(connecting)).toBe('EACCES')
    expect(asB(`fs.readFileSync('${endpoint.path}')`)).toBe('EACCES')
  })

  test('cannot make the lock of a user, in the runtime folder or in the home', () => {
    const where = { platform: 'linux', uid: 0, accountHome: join(folder, 'home'), tempFolder: '/tmp' }
    mkdirSync(where.accountHome)
    mkdirSync(join(folder, 'run', '0'), { recursive: true, mode: 0o700 })
    const inRuntime = userFolder({ ...where, runtimeFolders: join(folder, 'run') })
    const inHome = userFolder({ ...where, runtimeFolders: join(folder, 'none') })
    expect([inRuntime, inHome]).toEqual([
      join(folder, 'run', '0', 'waggle'),
      join(folder, 'home', '.local/state/waggle'),
    ])
    for (const one of [inRuntime, inHome]) expect(asB(`fs.mkdirSync('${one}/desktop.lock')`)).toBe('EACCES')
  })

  test('who made the runtime folder, or opened it, keeps Waggle out of it', () => {
    const where = { platform: 'linux', uid: 0, accountHome: join(folder, 'home'), tempFolder: '/tmp' }
    mkdirSync(where.accountHome)
    for (const [name, mode, owner] of [
      ['open', 0o755, 0],
      ['foreign', 0o700, B],
    ] as const) {
      mkdirSync(join(folder, name, '0'), { recursive: true })
      chmodSync(join(folder, name, '0'), mode)
      chownSync(join(folder, name, '0'), owner, owner)
      const chosen = userFolder({ ...where, runtimeFolders: join(folder, name) })
      expect(chosen).toBe(join(folder, 'home', '.local/state/waggle'))
    }
  })

  test('is named where the home is that user’s, and nothing is put there', () => {
    const home = join(folder, 'home')
    mkdirSync(home)
    chownSync(home, B, B)
    expect(() => prepareHome(home)).toThrow(/belongs to the user nobody.*WAGGLE_HOME/)
    expect(readdirSync(home)).toEqual([])
    expect(() => prepareHome(join(home, 'below'))).toThrow(/belongs to the user nobody/)
  })
})

describe('a home that others can write to is refused with the remedy', () => {
  test.each([
    ['itself', (home: string) => chmodSync(home, 0o777)],
    ['the folder it is in', (home: string) => chmodSync(dirname(home), 0o777)],
  ])('%s', (_what, open) => {
    const home = join(folder, 'mine', 'home')
    mkdirSync(home, { recursive: true })
    open(home)
    expect(() => prepareHome(home)).toThrow(/other users may write.*chmod/)
  })

  test('and one that they can only read is closed', () => {
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o755 })
    prepareHome(home)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'logs')).mode & 0o777).toBe(0o700)
  })
})

describe.runIf(isRoot)('a lock in a folder that everybody may write to', () => {
  let path: string
  let journal: string
  beforeEach(() => {
    mkdirSync(join(folder, 'tmp'))
    chmodSync(join(folder, 'tmp'), 0o1777)
    mkdirSync(join(folder, 'a'))
    chownSync(join(folder, 'a'), A, A)
    path = join(folder, 'tmp', 'desktop')
    journal = join(folder, 'a', 'journal')
  })

  function seek(): ChildProcess {
    const child = fork(join(outDir, 'turn-seeker.js'), [path, journal], { uid: A, gid: A })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }

  const written = () => (existsSync(journal) ? readFileSync(journal, 'utf8') : '')

  async function until(seen: () => boolean): Promise<void> {
    const end = performance.now() + 20_000
    while (!seen()) {
      if (performance.now() > end) throw new Error(`it never came to be; the journal:\n${written()}`)
      await systemClock.wait(5)
    }
  }

  test.each([
    ['of the future', new Date('2035-01-01')],
    ['of the past', new Date('2020-01-01')],
    ['of now', undefined],
  ])(
    'held by another user’s folder %s: the user is named, and it goes on once that is gone',
    async (_what, date) => {
      asB(`fs.mkdirSync('${path}.lock')`)
      if (date) utimesSync(`${path}.lock`, date, date)
      const child = seek()
      await until(() => /refused .*belongs to the user nobody.*have it removed/.test(written()))
      // Written an instant later.
      await until(() => /holder .*belongs to the user nobody/.test(written()))
      rmdirSync(`${path}.lock`)
      await once(child, 'exit')
      expect(written()).toMatch(/turn\n$/)
    },
  )

  test('a link in its place is named, and what it leads to stays as it was', async () => {
    mkdirSync(join(folder, 'a', 'mine'))
    chownSync(join(folder, 'a', 'mine'), A, A)
    asB(`fs.symlinkSync('${join(folder, 'a', 'mine')}', '${path}.lock')`)
    const child = seek()
    await until(() => /refused .*belongs to the user nobody/.test(written()))
    expect(existsSync(join(folder, 'a', 'mine'))).toBe(true)
    rmSync(`${path}.lock`)
    await once(child, 'exit')
  })

  test('a link in place of its stamp overwrites no file, and Waggle does not lock itself out', async () => {
    const precious = join(folder, 'a', 'precious')
    writeFileSync(precious, 'mine')
    chownSync(precious, A, A)
    asB(`fs.symlinkSync('${precious}', '${path}.holder')`)
    const child = seek()
    await until(() => written().includes('refused'))
    expect(readFileSync(precious, 'utf8')).toBe('mine')
    // Given back; it is taken again and again meanwhile.
    await until(() => !existsSync(`${path}.lock`))
    rmSync(`${path}.holder`)
    await once(child, 'exit')
    expect(written()).toMatch(/turn\n$/)
    expect(readFileSync(precious, 'utf8')).toBe('mine')
  })

  test('another user’s stamp is not believed, is named, and holds nobody up once it is gone', async () => {
    asB(`(process.umask(0o077), fs.writeFileSync('${path}.holder', '{}'))`)
    const child = seek()
    await until(() => /refused .*\.holder, which belongs to the user nobody/.test(written()))
    rmSync(`${path}.holder`)
    await once(child, 'exit')
    expect(written()).toMatch(/turn\n$/)
  })
})
