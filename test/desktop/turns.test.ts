import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock, type Clock } from '../../src/main/clock'
import { lockHolder } from '../../src/main/desktop/lock/desktop-lock'
import { AgeWatch } from '../../src/main/desktop/lock/lock-folder'
import { guard } from '../../src/main/desktop/lock/guarded-fs'
import { defaultLockPath } from '../../src/main/desktop/lock/lock-path'
import { theseProcesses } from '../../src/main/desktop/lock/stamp'
import { LockUnusable, TurnLost, TurnTimeout } from '../../src/main/desktop/lock/turn-errors'
import { createTurns, type Turns } from '../../src/main/desktop/lock/turns'
import { silentLog } from '../fakes/silent-log'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-turns-'))
  path = join(folder, 'not', 'yet', 'there')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function turnsWith({ clock = systemClock, timeoutMs = 1000 } = {}): Turns {
  const lock = () => ({ path, retryMs: 2, retryFactor: 1.5, retryMaxMs: 20, timeoutMs })
  return createTurns({ lock, clock, log: silentLog })
}

test('turns within the app are first come, first served, whatever becomes of those before', async () => {
  const turns = turnsWith()
  const order: number[] = []
  const all = Array.from({ length: 8 }, (_, index) =>
    turns.withTurn(`turn ${index}`, async () => {
      order.push(index)
      if (index % 3 === 0) throw new Error('this one fails')
    }),
  )
  const ends = await Promise.allSettled(all)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(ends.map(({ status }) => status === 'rejected')).toEqual(order.map((index) => index % 3 === 0))
  expect(lockHolder(path)).toBeUndefined()
})

test('below a file there is no holder to be seen, and who wants a turn there is told why', async () => {
  path = join(folder, 'a file', 'lock')
  writeFileSync(join(folder, 'a file'), '')
  const turns = turnsWith()
  expect(turns.foreignHolder()).toBeUndefined()
  await expect(turns.withTurn('mine', async () => undefined)).rejects.toThrow(/EEXIST|ENOTDIR/)
})

test('the lock is the folder <path>.lock while a turn lasts, and its holder is named', async () => {
  const turns = turnsWith()
  await turns.withTurn('message for Agent-1', async ({ check }) => {
    check()
    expect(statSync(`${path}.lock`).isDirectory()).toBe(true)
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, reason: 'message for Agent-1' })
    expect(turns.foreignHolder()).toBeUndefined()
  })
  expect(statSync(`${path}.lock`, { throwIfNoEntry: false })).toBeUndefined()
})

test('who looks while a turn is taken or given back never takes us for a stranger', async () => {
  const turns = turnsWith()
  const seen: unknown[] = []
  const over = new AbortController()
  const looking = (async () => {
    while (!over.signal.aborted) {
      seen.push(turns.foreignHolder(), lockHolder(path)?.pid ?? process.pid)
      await setImmediate()
    }
  })()
  for (let n = 0; n < 50; n += 1) await turns.withTurn('mine', async () => undefined)
  over.abort()
  await looking
  expect(new Set(seen)).toEqual(new Set([undefined, process.pid]))
})

test('a lock that is never given back is a timeout that names its holder', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  const turns = turnsWith({ timeoutMs: 60 })
  await expect(turns.withTurn('mine', async () => undefined)).rejects.toThrow(TurnTimeout)
  expect(turns.foreignHolder()).toMatchObject({ reason: 'it does not say why' })
})

test('a wait for the lock ends when it is called off', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  const stop = new AbortController()
  const waiting = turnsWith({ timeoutMs: 60_000 }).withTurn('mine', async () => undefined, stop.signal)
  stop.abort(new Error('shutting down'))
  await expect(waiting).rejects.toThrow('shutting down')
})

describe('a turn is lost', () => {
  test('when another process has taken the lock over, which then keeps it', async () => {
    await turnsWith().withTurn('mine', async ({ check }) => {
      rmdirSync(`${path}.lock`)
      mkdirSync(`${path}.lock`)
      expect(check).toThrow(TurnLost)
      expect(lockHolder(path), 'the stamp is not of this lock').toMatchObject({
        reason: 'it does not say why',
      })
    })
    expect(statSync(`${path}.lock`).isDirectory()).toBe(true)
  })

  test('when another process has put its stamp there', async () => {
    await turnsWith().withTurn('mine', async ({ check }) => {
      const stamp = JSON.parse(readFileSync(`${path}.holder`, 'utf8')) as object
      writeFileSync(`${path}.holder`, JSON.stringify({ ...stamp, token: 'another' }))
      expect(check).toThrow(TurnLost)
    })
  })

  test.each(['monotonic', 'wall'] as const)('when the process stood still by the %s clock', async (which) => {
    let jump = 0
    const clock: Clock = {
      ...systemClock,
      now: () => systemClock.now() + (which === 'wall' ? jump : 0),
      monotonic: () => systemClock.monotonic() + (which === 'monotonic' ? jump : 0),
    }
    await turnsWith({ clock }).withTurn('mine', async ({ check }) => {
      check()
      // As long as it never stands still, a turn may take its time.
      for (jump = 5000; jump <= 20_000; jump += 5000) check()
      jump += 4000
      expect(check).toThrow(TurnLost)
    })
  })
})

test('whoever waits for a lock looks again once a killed holder’s may be taken over, however long its pauses', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  const pauses: number[] = []
  const clock: Clock = {
    ...systemClock,
    async wait(ms) {
      pauses.push(ms)
      rmdirSync(`${path}.lock`)
    },
  }
  const lock = () => ({ path, retryMs: 30_000, retryFactor: 1.5, retryMaxMs: 30_000, timeoutMs: 60_000 })
  await createTurns({ lock, clock, log: silentLog }).withTurn('mine', async () => undefined)
  expect(pauses).toHaveLength(1)
  expect(pauses[0]).toBeLessThanOrEqual(10_001)
})

test('a dead holder’s lock stamped in the future frees ten seconds after it was first seen, as any other', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  const years = new Date('2035-01-01')
  utimesSync(`${path}.lock`, years, years)
  let passed = 0
  const clock: Clock = {
    ...systemClock,
    monotonic: () => passed,
    async wait(ms) {
      passed += ms
    },
  }
  await turnsWith({ clock, timeoutMs: 60_000 }).withTurn('mine', async () => undefined)
  expect(passed).toBeGreaterThanOrEqual(10_000)
  expect(passed).toBeLessThan(10_100)
})

test('a jump of the wall clock makes no lock old, and none young', () => {
  let [now, monotonic] = [Date.now(), 0]
  const watch = new AgeWatch({ now: () => now, monotonic: () => monotonic })
  const fresh = { name: 'a', refreshed: now }
  expect(watch.ageOf(fresh)).toBe(0)
  now += 3_600_000
  expect(watch.ageOf(fresh)).toBe(0)
  monotonic += 9000
  now -= 7_200_000
  expect(watch.ageOf(fresh)).toBe(9000)
  expect(watch.ageOf({ name: 'a', refreshed: now }), 'refreshed by its holder').toBe(0)
  expect(watch.ageOf({ name: 'b', refreshed: now - 20_000 }), 'old when first seen').toBe(20_000)
})

test('the lock is given back when its stamp cannot be written, and taken at once when it can', async () => {
  mkdirSync(`${path}.holder/full`, { recursive: true })
  const turns = turnsWith()
  await expect(turns.withTurn('mine', async () => undefined)).rejects.toThrow(LockUnusable)
  expect(statSync(`${path}.lock`, { throwIfNoEntry: false }), 'nobody waits for itself').toBeUndefined()
  rmSync(`${path}.holder`, { recursive: true })
  await turns.withTurn('mine', async ({ check }) => check())
})

test('a lock that this process made and lost track of is taken back at once', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  guard(`${path}.lock`, () => true)
  await turnsWith().withTurn('mine', async ({ check }) => check())
})

/** A lock that was refreshed just now, whose stamp names this process. */
function lockOf(pid: number, processes: string | undefined): void {
  mkdirSync(`${path}.lock`, { recursive: true })
  const { ino, birthtimeNs } = statSync(`${path}.lock`, { bigint: true })
  const since = new Date().toISOString()
  const stamp = { token: 't', pid, reason: 'held', since, folder: `${ino}-${birthtimeNs}`, processes }
  writeFileSync(`${path}.holder`, JSON.stringify(stamp), { mode: 0o600 })
}

const ended = (): number => spawnSync('true').pid

test('a lock whose holder has ended is taken without waiting', async () => {
  lockOf(ended(), theseProcesses())
  expect(await turnsWith({ timeoutMs: 0 }).withTurn('mine', async () => 'taken')).toBe('taken')
})

test.each([
  ['whose holder lives', () => process.ppid, theseProcesses],
  ['of another machine or container', ended, () => 'elsewhere'],
  ['that does not say where its process is', ended, () => undefined],
])('a lock %s is waited for', async (_, pid, processes) => {
  lockOf(pid(), processes())
  const turn = turnsWith({ timeoutMs: 0 }).withTurn('mine', async () => 'taken')
  await expect(turn).rejects.toThrow(TurnTimeout)
})

test('a stamp that is a pipe or a link is no stamp, and holds nobody up', async () => {
  mkdirSync(`${path}.lock`, { recursive: true })
  const real = { token: 't', pid: 1, reason: 'planted', since: new Date().toISOString(), folder: '' }
  writeFileSync(join(folder, 'planted'), JSON.stringify(real))
  symlinkSync(join(folder, 'planted'), `${path}.holder`)
  expect(lockHolder(path)).toMatchObject({ reason: 'it does not say why' })
  rmSync(`${path}.holder`)
  execFileSync('mkfifo', [`${path}.holder`])
  expect(lockHolder(path)).toMatchObject({ reason: 'it does not say why' })
})

test('the lock path depends on user and display, not on folder or environment', () => {
  const where = { platform: 'linux', folder: '/run/user/1000/waggle' }
  const path = defaultLockPath({ ...where, env: { DISPLAY: ':0', TMPDIR: '/x', XDG_RUNTIME_DIR: '/y' } })
  expect(path).toBe(defaultLockPath({ ...where, env: { DISPLAY: ':0.0' } }))
  expect(path).not.toBe(defaultLockPath({ ...where, env: { DISPLAY: ':1' } }))
  expect(path).not.toBe(
    defaultLockPath({ ...where, folder: '/run/user/1001/waggle', env: { DISPLAY: ':0' } }),
  )
  expect(path.startsWith('/run/user/1000/waggle/')).toBe(true)
})
