import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { OperationError } from '../../contract/failure'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { MessageStore } from './message-store'
import { openSqliteMessageStore } from './sqlite-message-store'

interface OpenMessagesDeps {
  readonly path: string
  readonly clock: Clock
  readonly log: Log
  /** Says something to the person at the desk. */
  readonly say: (title: string, sentence: string) => void
}

/** What SQLite writes beside a database. */
const BESIDE = ['-wal', '-shm']

/**
 * The messages in the file at `path`. A damaged file is kept aside as `<path>.broken-<date>` and a new one begun; one that
 * is taken away while Waggle runs is written anew, with all that was in it. Throws a sentence for the user for a file of
 * another program or of a newer Waggle, which is left as it is.
 */
export function openMessages(deps: OpenMessagesDeps): MessageStore {
  try {
    return openFollowed(deps)
  } catch (error) {
    if (!isDamaged(error)) throw error
    const { path, clock, log, say } = deps
    const aside = `${path}.broken-${new Date(clock.now()).toISOString().replaceAll(':', '-')}`
    for (const end of ['', ...BESIDE]) if (existsSync(path + end)) renameSync(path + end, aside + end)
    const sentence = `The messages in ${path} could not be read any more. The file is kept as ${aside}, and Waggle begins a new one.`
    log.error(sentence)
    say('Waggle’s messages were damaged', sentence)
    return openFollowed(deps)
  }
}

/** SQLite's CORRUPT and NOTADB, as what was thrown or as its cause. */
function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
  return code === 11 || code === 26 || isDamaged(error.cause)
}

/** The store, which before each use looks whether its file is still where it was: an unlinked one keeps nothing. */
function openFollowed({ path, clock, log }: OpenMessagesDeps): MessageStore {
  let store = openSqliteMessageStore({ path, clock })
  let file = fileAt(path)

  const present = () => {
    const now = fileAt(path)
    if (now === file) return store
    if (now !== undefined) throw replaced(path)
    const rescue = `${path}.rescue`
    rmSync(rescue, { force: true })
    store.saveAs(rescue)
    // Closed first, it takes what is beside it with it; left there, that would be read into the new file.
    store.close()
    for (const end of BESIDE) rmSync(path + end, { force: true })
    renameSync(rescue, path)
    store = openSqliteMessageStore({ path, clock })
    file = fileAt(path)
    log.error(`${path} was taken away while Waggle ran; it was written anew, and nothing is lost.`)
    return store
  }
  return following(store, (name) => (name === 'close' ? store : present()))
}

/** What `present` gives at each use, as one object; its own objects, too, so that nobody keeps one of a closed file. */
function following<T extends object>(shape: T, present: (used: PropertyKey) => T): T {
  return new Proxy(shape, {
    get(_, name) {
      const member: unknown = Reflect.get(shape, name, shape)
      const memberOf = (owner: object): unknown => Reflect.get(owner, name, owner)
      if (typeof member === 'function') return (...args: unknown[]) => call(present(name), memberOf, args)
      if (typeof member === 'object' && member !== null)
        return following(member, () => asObject(memberOf(present(name))))
      return memberOf(present(name))
    },
  })
}

function call(owner: object, methodOf: (owner: object) => unknown, args: readonly unknown[]): unknown {
  const method = methodOf(owner)
  if (typeof method !== 'function') throw new Error('what was a method is none any more')
  return Reflect.apply(method, owner, args)
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('what was an object is none any more')
  return value
}

function fileAt(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stat && `${stat.dev}-${stat.ino}`
}

function replaced(path: string): OperationError {
  return new OperationError(
    'storage',
    `Nothing was changed: ${path} was replaced by another file while Waggle ran. Start Waggle again to use that one.`,
    { retryAfterMs: 60_000 },
  )
}
