import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync, type BigIntStats } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { lock } from 'proper-lockfile'
import { z } from 'zod'
import type { Holder } from '../../../contract/operations'
import type { Clock } from '../../clock'
import { forget, guard, guardedFs, isOwn } from './guarded-fs'
import { TurnLost, TurnTimeout } from './turn-errors'

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

/** What a holder writes beside the lock: who, why, and which lock folder it means. */
const stampSchema = z.object({
  token: z.string(),
  pid: z.int(),
  reason: z.string(),
  since: z.iso.datetime(),
  folder: z.string(),
})
type Stamp = z.infer<typeof stampSchema>

/**
 * Takes the lock across processes (proper-lockfile's protocol on `settings.path`), trying again with growing pauses.
 * Rejects with {@link TurnTimeout} after `timeoutMs`, or with the signal's reason.
 */
export async function takeLock(
  settings: LockSettings,
  reason: string,
  clock: Clock,
  signal?: AbortSignal,
): Promise<HeldLock> {
  mkdirSync(dirname(settings.path), { recursive: true })
  const deadline = clock.monotonic() + settings.timeoutMs
  let pause = settings.retryMs
  for (;;) {
    signal?.throwIfAborted()
    const held = await tryLock(settings.path, reason, clock)
    if (held) return held
    const left = deadline - clock.monotonic()
    if (left <= 0) throw new TurnTimeout(timeoutSentence(settings))
    // Never sleep past the moment at which a killed holder's lock may be taken over.
    await clock.wait(Math.min(pause, left, staleIn(settings.path, clock)), signal)
    pause = Math.min(pause * settings.retryFactor, settings.retryMaxMs)
  }
}

/** Which program a holder is, for a sentence. */
export function programOf(holder: Holder | undefined): string {
  return holder?.pid === undefined ? 'another program' : `process ${holder.pid}`
}

/** Who holds the lock, this process included; undefined when it is free, and while we are just taking or giving it back. */
export function lockHolder(path: string): Holder | undefined {
  const folder = folderOf(path)
  if (!folder) return undefined
  const stamp = readStamp(path)
  if (stamp?.folder === folder.name) {
    return { pid: stamp.pid, since: stamp.since, reason: stamp.reason }
  }
  if (isOwn(lockFolder(path))) return undefined
  return { since: folder.since, reason: 'it does not say why' }
}

async function tryLock(path: string, reason: string, clock: Clock): Promise<HeldLock | undefined> {
  let compromised: Error | undefined
  let release: () => Promise<void>
  try {
    release = await lock(path, {
      realpath: false,
      stale: STALE_MS,
      fs: guardedFs,
      onCompromised: (error) => (compromised = error),
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined
    throw error
  }
  const stamp = writeStamp(path, reason, clock)
  const isOurs = () => folderOf(path)?.name === stamp.folder && readStamp(path)?.token === stamp.token
  guard(lockFolder(path), isOurs)
  let seen = { monotonic: clock.monotonic(), wall: clock.now() }
  return {
    check() {
      const gap = Math.max(clock.monotonic() - seen.monotonic, clock.now() - seen.wall)
      if (compromised) throw new TurnLost(`the desktop lock was lost: ${compromised.message}`)
      if (gap > TRUSTED_GAP_MS) {
        throw new TurnLost(`Waggle stood still for ${Math.round(gap / 1000)} s while it held the desktop`)
      }
      if (!isOurs()) throw new TurnLost('another process took the desktop over')
      seen = { monotonic: clock.monotonic(), wall: clock.now() }
    },
    async release() {
      if (isOurs()) rmSync(stampPath(path), { force: true })
      // Without its stamp the lock no longer counts as ours; the folder's identity alone decides now.
      guard(lockFolder(path), () => folderOf(path)?.name === stamp.folder)
      // A compromised lock is one that proper-lockfile has given up by itself.
      if (!compromised) await release()
      forget(lockFolder(path))
    },
  }
}

function writeStamp(path: string, reason: string, clock: Clock): Stamp {
  const stamp = {
    token: randomUUID(),
    pid: process.pid,
    reason,
    since: new Date(clock.now()).toISOString(),
    folder: folderOf(path)?.name ?? '',
  }
  writeFileSync(stampPath(path), JSON.stringify(stamp), { mode: 0o600 })
  return stamp
}

/** proper-lockfile resolves the path before it appends the ending. */
function lockFolder(path: string): string {
  return `${resolve(path)}.lock`
}

function stampPath(path: string): string {
  return `${path}.holder`
}

function readStamp(path: string): Stamp | undefined {
  try {
    return stampSchema.parse(JSON.parse(readFileSync(stampPath(path), 'utf8')))
  } catch {
    return undefined // none, or its writer was killed halfway: the lock's holder is then unknown
  }
}

/** The lock folder's identity: a folder made anew has another birth time, even where the inode number is used again. */
function folderOf(path: string): { name: string; since: string; ageMs: (now: number) => number } | undefined {
  const stat = statOf(lockFolder(path))
  if (!stat) return undefined
  return {
    name: `${stat.ino}-${stat.birthtimeNs}`,
    since: stat.birthtime.toISOString(),
    ageMs: (now) => now - Number(stat.mtimeMs),
  }
}

/** Undefined where no folder can be: below a file, or where nobody may look. Taking the lock there says why. */
function statOf(folder: string): BigIntStats | undefined {
  try {
    return statSync(folder, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

function staleIn(path: string, clock: Clock): number {
  const folder = folderOf(path)
  return folder ? Math.max(1, STALE_MS + 1 - folder.ageMs(clock.now())) : 1
}

function timeoutSentence(settings: LockSettings): string {
  const holder = lockHolder(settings.path)
  const why = holder ? ` since ${holder.since}: ${holder.reason}` : ''
  return `The desktop was not free for ${settings.timeoutMs / 1000} s. It is held by ${programOf(holder)}${why}.`
}
