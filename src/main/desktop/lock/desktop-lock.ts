import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { lock } from 'proper-lockfile'
import type { Holder } from '../../../contract/operations'
import type { Clock } from '../../clock'
import { diskTrouble } from '../../disk-trouble'
import { refuseOddNames } from '../../windows-names'
import { forget, guard, guardedFs, isOwn } from './guarded-fs'
import { AgeWatch, lockFolder, lookAtFolder } from './lock-folder'
import {
  foreignStamp,
  hasEnded,
  readStamp,
  removeStamp,
  stampPath,
  theseProcesses,
  writeStamp,
  type Stamp,
} from './stamp'
import { LockUnusable, TurnLost, TurnTimeout } from './turn-errors'

/** proper-lockfile judges by the lock's age: one not refreshed for this long belongs to nobody. */
export const STALE_MS = 10_000
/** A process that stood still for this long may have lost the lock without knowing; it must not act on it any more. */
const TRUSTED_GAP_MS = STALE_MS - 2000

export interface LockSettings {
  readonly path: string
  readonly retryMs: number
  readonly retryFactor: number
  readonly retryMaxMs: number
  readonly timeoutMs: number
}

export interface HeldLock {
  /** Throws {@link TurnLost} unless the lock is ours at this instant. */
  check(): void
  /** Gives it back; a lock that is no longer ours is left alone. */
  release(): Promise<void>
}

/** The lock folders that this process is taking or holding. */
const inUse = new Set<string>()

/** Takes the lock for one process's turns, one after the other. */
export class LockTaker {
  readonly #clock: Clock
  readonly #watch: AgeWatch

  constructor(clock: Clock) {
    this.#clock = clock
    this.#watch = new AgeWatch(clock)
  }

  /**
   * Takes the lock across processes (proper-lockfile's protocol on `settings.path`), trying again with growing pauses.
   * Rejects with {@link TurnTimeout} after `timeoutMs`, with {@link LockUnusable} at once where waiting would not help,
   * or with the signal's reason. Whatever it rejects with, this process does not hold the lock then.
   */
  async take(settings: LockSettings, reason: string, signal?: AbortSignal): Promise<HeldLock> {
    const { path } = settings
    const clock = this.#clock
    unusable(path, () => {
      refuseOddNames(path)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    })
    const deadline = clock.monotonic() + settings.timeoutMs
    let pause = settings.retryMs
    for (;;) {
      signal?.throwIfAborted()
      this.#clearAway(path)
      const held = await tryLock(path, reason, clock)
      if (held) return held
      const left = deadline - clock.monotonic()
      if (left <= 0) throw new TurnTimeout(timeoutSentence(settings))
      // Never sleep past the moment at which a killed holder's lock may be taken over.
      await clock.wait(Math.min(pause, left, this.#staleIn(path)), signal)
      pause = Math.min(pause * settings.retryFactor, settings.retryMaxMs)
    }
  }

  /** Removes a lock that nobody refreshes any more, whose holder has ended, or that this process made and lost track of. */
  #clearAway(path: string): void {
    const found = lookAtFolder(path)
    if (!found) return
    if (found.foreign !== undefined) throw new LockUnusable(found.foreign)
    const folder = lockFolder(path)
    const isFresh = this.#watch.ageOf(found) <= STALE_MS
    if (inUse.has(folder) || (isFresh && !isOwn(folder) && !isLeft(path, found.name))) return
    forget(folder)
    unusable(path, () => removeFolder(folder))
  }

  #staleIn(path: string): number {
    const folder = lookAtFolder(path)
    return folder ? Math.max(1, STALE_MS + 1 - this.#watch.ageOf(folder)) : 1
  }
}

/** Whether the stamp means this very lock, and its holder has ended. */
function isLeft(path: string, name: string): boolean {
  const stamp = readStamp(path)
  return stamp?.folder === name && hasEnded(stamp)
}

function removeFolder(folder: string): void {
  try {
    guardedFs.rmdirSync(folder)
  } catch (error) {
    // Whoever else waited was quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** Runs one step of taking the lock; what the system refuses becomes a sentence. */
function unusable<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw asUnusable(path, error)
  }
}

function asUnusable(path: string, error: unknown): LockUnusable {
  return new LockUnusable(
    diskTrouble(error) ?? `${words(error)} (lock.path in the settings names another place than ${path})`,
  )
}

/** Which program a holder is, for a sentence. */
export function programOf(holder: Holder | undefined): string {
  return holder?.pid === undefined ? 'another program' : `process ${holder.pid}`
}

/** Who holds the lock, this process included; undefined when it is free, and while we are just taking or giving it back. */
export function lockHolder(path: string): Holder | undefined {
  const folder = lookAtFolder(path)
  if (!folder) return undefined
  if (folder.foreign !== undefined) return { since: folder.since, reason: folder.foreign }
  const stamp = readStamp(path)
  if (stamp?.folder === folder.name) {
    return { pid: stamp.pid, since: stamp.since, reason: stamp.reason }
  }
  if (isOwn(lockFolder(path))) return undefined
  return { since: folder.since, reason: 'it does not say why' }
}

/** Why nobody of this user can take the lock, if so: something of another user's stands in its place. */
export function foreignLock(path: string): string | undefined {
  return lookAtFolder(path)?.foreign ?? foreignStamp(path)
}

async function tryLock(path: string, reason: string, clock: Clock): Promise<HeldLock | undefined> {
  let compromised: Error | undefined
  let release: () => Promise<void>
  const folder = lockFolder(path)
  if (inUse.has(folder)) return undefined
  inUse.add(folder)
  try {
    release = await lock(path, {
      realpath: false,
      stale: STALE_MS,
      fs: guardedFs,
      onCompromised: (error) => (compromised = error),
    })
  } catch (error) {
    inUse.delete(folder)
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined
    throw asUnusable(path, error)
  }
  try {
    const stamp = newStamp(path, reason, clock)
    writeStamp(path, stamp)
    return hold(path, stamp, clock, { release, compromised: () => compromised })
  } catch (error) {
    // Kept, it would be refreshed for ever, and we would wait for ourselves.
    await release().catch(() => undefined)
    inUse.delete(folder)
    throw new LockUnusable(
      foreignStamp(path) ??
        diskTrouble(error) ??
        `its stamp ${stampPath(path)} cannot be written (${words(error)})`,
    )
  }
}

interface Taken {
  release(): Promise<void>
  compromised(): Error | undefined
}

function hold(path: string, stamp: Stamp, clock: Clock, { release, compromised }: Taken): HeldLock {
  const isOurs = () => lookAtFolder(path)?.name === stamp.folder && readStamp(path)?.token === stamp.token
  guard(lockFolder(path), isOurs)
  let seen = { monotonic: clock.monotonic(), wall: clock.now() }
  return {
    check() {
      const gap = Math.max(clock.monotonic() - seen.monotonic, clock.now() - seen.wall)
      const lost = compromised()
      if (lost) throw new TurnLost(`the desktop lock was lost: ${lost.message}`)
      if (gap > TRUSTED_GAP_MS) {
        throw new TurnLost(`Waggle stood still for ${Math.round(gap / 1000)} s while it held the desktop`)
      }
      if (!isOurs()) throw new TurnLost('another process took the desktop over')
      seen = { monotonic: clock.monotonic(), wall: clock.now() }
    },
    async release() {
      try {
        if (isOurs()) removeStamp(path)
      } finally {
        // Without its stamp the lock no longer counts as ours; the folder's identity alone decides now.
        guard(lockFolder(path), () => lookAtFolder(path)?.name === stamp.folder)
        // A compromised lock is one that proper-lockfile has given up by itself.
        await letGo(path, compromised() ? undefined : release)
      }
    },
  }
}

async function letGo(path: string, release: (() => Promise<void>) | undefined): Promise<void> {
  try {
    await release?.()
  } finally {
    forget(lockFolder(path))
    inUse.delete(lockFolder(path))
  }
}

function newStamp(path: string, reason: string, clock: Clock): Stamp {
  const processes = theseProcesses()
  return {
    token: randomUUID(),
    pid: process.pid,
    reason,
    since: new Date(clock.now()).toISOString(),
    folder: lookAtFolder(path)?.name ?? '',
    ...(processes !== undefined && { processes }),
  }
}

function timeoutSentence(settings: LockSettings): string {
  const holder = lockHolder(settings.path)
  const why = holder ? ` since ${holder.since}: ${holder.reason}` : ''
  return `The desktop was not free for ${settings.timeoutMs / 1000} s. It is held by ${programOf(holder)}${why}.`
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
