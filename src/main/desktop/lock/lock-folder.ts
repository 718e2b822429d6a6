import { lstatSync, type BigIntStats } from 'node:fs'
import { resolve } from 'node:path'
import type { Clock } from '../../clock'
import { userName } from '../../private-folder'

/** proper-lockfile resolves the path before it appends the ending. */
export function lockFolder(path: string): string {
  return `${resolve(path)}.lock`
}

/** What stands where the lock folder goes. */
export interface LockFolder {
  /** A folder made anew has another birth time, even where the inode number is used again; on Windows it never is. */
  readonly name: string
  readonly since: string
  /** Milliseconds since 1970 when it was last refreshed, with fractions. */
  readonly refreshed: number
  /** Why it is none of this user's locks, if so: nobody but its owner can take it away. */
  readonly foreign: string | undefined
}

/** Undefined when nothing is there, and where nothing can be: below a file, or where nobody may look. Follows no link. */
export function lookAtFolder(path: string): LockFolder | undefined {
  const folder = lockFolder(path)
  const stat = statOf(folder)
  if (!stat) return undefined
  return {
    // Not by its birth there: on some file systems that changes with the folder's times, which the lock refreshes.
    name: process.platform === 'win32' ? String(stat.ino) : `${stat.ino}-${stat.birthtimeNs}`,
    since: stat.birthtime.toISOString(),
    refreshed: Number(stat.mtimeNs) / 1e6,
    foreign: foreignness(folder, stat),
  }
}

function foreignness(folder: string, stat: BigIntStats): string | undefined {
  const uid = process.getuid?.()
  const elsewhere = 'or choose another lock.path in the settings'
  if (uid !== undefined && stat.uid !== BigInt(uid))
    return `${folder} belongs to the user ${userName(Number(stat.uid))}, not to you: have it removed, ${elsewhere}`
  if (stat.isDirectory()) return undefined
  return `${folder} is ${stat.isSymbolicLink() ? 'a link' : 'a file'} and no lock: remove it, ${elsewhere}`
}

function statOf(folder: string): BigIntStats | undefined {
  try {
    return lstatSync(folder, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined // taking the lock there says why
  }
}

/** What was last seen of a lock that somebody else holds. */
interface Sighting {
  readonly name: string
  readonly refreshed: number
  readonly at: number
  readonly ageThen: number
}

/**
 * How long a lock was not refreshed. Its own date counts at the first sight only and never as younger than new; from then
 * on it is watched by a clock that nobody sets, so a lock stamped in the future ages as any other, and a jump of the
 * wall clock makes none old.
 */
export class AgeWatch {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>
  #seen: Sighting | undefined

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock
  }

  /** In ms. */
  ageOf({ name, refreshed }: Pick<LockFolder, 'name' | 'refreshed'>): number {
    const at = this.#clock.monotonic()
    if (this.#seen?.name !== name || this.#seen.refreshed !== refreshed) {
      this.#seen = { name, refreshed, at, ageThen: Math.max(0, this.#clock.now() - refreshed) }
    }
    return this.#seen.ageThen + (at - this.#seen.at)
  }
}
