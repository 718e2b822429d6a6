import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { build } from 'vite'
import { systemClock } from '../../src/main/clock'
import { lockHolder } from '../../src/main/desktop/lock/desktop-lock'
import { halt } from '../harness/processes'

// The lock is what keeps real processes apart, so real processes try it: in crowds, killed, and put to sleep.

const outDir = '.cache/test-process'
let folder: string
let path: string
let journal: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'test/process/turn-taker.ts', outDir, emptyOutDir: false, target: 'node20.18' },
  })
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-turns-'))
  path = join(folder, 'desktop')
  journal = join(folder, 'journal')
})
afterEach(async () => {
  await Promise.all([...running].map((child) => (child.kill('SIGKILL'), once(child, 'exit'))))
  rmSync(folder, { recursive: true, force: true })
})

function take(count: number, mode: 'brief' | 'hold' = 'brief'): ChildProcess {
  const child = fork(join(outDir, 'turn-taker.js'), [path, journal, String(count), mode])
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function written(): string[] {
  if (!existsSync(journal)) return []
  // A journal that was just made is empty.
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

async function until(seen: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!seen()) {
    if (performance.now() > end) throw new Error(`it never came to be; the journal:\n${written().join('\n')}`)
    await systemClock.wait(5)
  }
}

/** As if the holder had not refreshed its lock for this long. */
function age(ms: number): void {
  const then = new Date(Date.now() - ms)
  utimesSync(`${path}.lock`, then, then)
}

test('of six processes only one ever has the desktop, and each gets all its turns', async () => {
  const children = Array.from({ length: 6 }, () => take(15))
  await Promise.all(children.map((child) => once(child, 'exit')))
  const lines = written()
  expect(lines).toHaveLength(6 * 15 * 2)
  for (let index = 0; index < lines.length; index += 2) {
    const [enter, leave] = [lines[index]?.split(' '), lines[index + 1]?.split(' ')]
    expect([enter?.[0], leave?.[0], leave?.[1]]).toEqual(['enter', 'leave', enter?.[1]])
  }
})

test('a killed holder blocks others no longer than the stale time', async () => {
  const killed = take(1, 'hold')
  await until(() => written().length === 1)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  age(9_500)
  const next = take(1)
  const from = performance.now()
  await once(next, 'exit')
  expect(written().at(-1)).toBe(`leave ${next.pid}`)
  expect(performance.now() - from).toBeLessThan(5_000)
})

test('a holder put to sleep learns that it lost the desktop, and leaves the next one its lock', async () => {
  const sleeper = take(1, 'hold')
  await until(() => written().length === 1)
  await halt(sleeper.pid ?? 0)
  age(11_000)
  const next = take(1, 'hold')
  await until(() => written().length === 2)
  sleeper.kill('SIGUSR2')
  sleeper.kill('SIGCONT')
  await once(sleeper, 'exit')
  expect(written().at(-1)).toBe(`lost ${sleeper.pid}`)
  expect(lockHolder(path)?.pid).toBe(next.pid)
  next.kill('SIGUSR2')
  await once(next, 'exit')
  expect(written().at(-1)).toBe(`leave ${next.pid}`)
  expect(lockHolder(path)).toBeUndefined()
})

test('a holder put to sleep and then ended leaves the next one its lock', async () => {
  const sleeper = take(1, 'hold')
  await until(() => written().length === 1)
  await halt(sleeper.pid ?? 0)
  age(11_000)
  const next = take(1, 'hold')
  await until(() => written().length === 2)
  sleeper.kill('SIGTERM')
  sleeper.kill('SIGCONT')
  await once(sleeper, 'exit')
  expect(lockHolder(path)?.pid).toBe(next.pid)
})

test('other programs that speak the lock file protocol alone are waited for, and named as unknown', async () => {
  const release = await lock(path, { realpath: false })
  expect(lockHolder(path)).toMatchObject({ reason: 'it does not say why' })
  const waiting = take(1)
  await until(() => waiting.connected)
  expect(written()).toEqual([])
  await release()
  await once(waiting, 'exit')
  expect(written()).toHaveLength(2)
})
