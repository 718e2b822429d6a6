import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Process } from '../reader'
import {
  asFields,
  headOf,
  namesIn,
  promptsIn,
  surroundingsOf,
  textOfParts,
  timeOf,
  type Fields,
  type Prompt,
} from './record-files'
import type { SessionRecord } from './session-records'

// As Codex 0.171.0 writes it: a process of its own, the same one for all terminals of a user, holds
// ~/.codex/thread-writer-locks/THREAD.lock for each thread that is open, and writes what was said in it to
// ~/.codex/sessions/YEAR/MONTH/DAY/rollout-TIME-THREAD.jsonl from the first prompt on.

/** A thread and where what was said in it is written down. */
export interface CodexThread {
  readonly id: string
  readonly path: string
}

/**
 * The thread of the Codex that is this process: the only open one that began since it was started and is of its folder. A
 * sentence says why it cannot be told.
 */
export function codexThread(process: Process): CodexThread | string {
  const { folder, variable } = surroundingsOf(process)
  const home = variable('CODEX_HOME') ?? join(variable('HOME') ?? '/', '.codex')
  const threads = openThreads(home)
    .filter((id) => begunAt(id) >= process.startedAt)
    .map((id) => ({ id, path: rolloutOf(home, id) }))
    .filter(({ path }) => path === undefined || isOfPerson(path, folder))
  const [first, ...others] = threads
  if (!first) return 'it has no open thread of its own that began with it'
  if (others.length > 0)
    return `it may have one of several threads: ${threads.map(({ id }) => id).join(', ')}`
  if (first.path === undefined) return 'its thread has not been asked anything yet'
  return { id: first.id, path: first.path }
}

export const codexRecord: SessionRecord = {
  promptsSince(process, since) {
    const thread = codexThread(process)
    return typeof thread === 'string' ? [] : promptsIn(thread.path, since, promptOf)
  },
}

function openThreads(home: string): string[] {
  const folder = join(home, 'thread-writer-locks')
  const held = heldInodes()
  return namesIn(folder)
    .toSorted()
    .filter((name) => THREAD.test(name) && held.has(inodeOf(join(folder, name))))
    .map((name) => name.slice(0, -'.lock'.length))
}

const THREAD = /^[0-9a-f-]{36}\.lock$/

/** A UUID of version 7 begins with its time. */
function begunAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

/** The files that some process holds locked. */
function heldInodes(): ReadonlySet<string> {
  const held = new Set<string>()
  try {
    for (const [, inode] of readFileSync('/proc/locks', 'utf8').matchAll(/ [0-9a-f]+:[0-9a-f]+:(\d+) /g))
      if (inode !== undefined) held.add(inode)
  } catch {
    // No such list here.
  }
  return held
}

function inodeOf(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false })?.ino)
}

function rolloutOf(home: string, id: string): string | undefined {
  const day = new Date(begunAt(id))
  // Named after the day where the person is, which may be the one before or after.
  for (const shift of [0, -1, 1]) {
    const [date = ''] = new Date(day.getTime() + shift * A_DAY_MS).toISOString().split('T')
    const folder = join(home, 'sessions', ...date.split('-'))
    const name = namesIn(folder).find((one) => one.endsWith(`-${id}.jsonl`))
    if (name !== undefined) return join(folder, name)
  }
  return undefined
}

const A_DAY_MS = 24 * 60 * 60 * 1000

/** Not of one of its helpers, and of this folder. */
function isOfPerson(path: string, folder: string): boolean {
  const { cwd, thread_source: source } = asFields(headOf(path)['payload'])
  return cwd === folder && source === 'user'
}

function promptOf({ type, payload, timestamp }: Fields): Prompt | undefined {
  const { role, content } = asFields(payload)
  const text = type === 'response_item' && role === 'user' ? textOfParts(content) : undefined
  return text === undefined ? undefined : { text, at: timeOf(timestamp) }
}
