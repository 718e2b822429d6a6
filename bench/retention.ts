import { DatabaseSync } from '@photostructure/sqlite'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile } from '../demo/percentile'
import { seeded } from '../demo/seeded'
import { systemClock, type Clock } from '../src/main/clock'
import { startRetention } from '../src/main/queue/retention'
import { say } from '../scripts/lib/progress.mjs'
import { openSqliteMessageStore } from '../src/main/queue/sqlite-message-store'
import { sampleMessage } from './sample'
import { printTable } from './table'

const DAY_MS = 86_400_000
const LENGTH = 5000
const AT_ONCE = 500
/** The pause between two steps is left out and reckoned; after the last one it is an hour. */
const [PAUSE_MS, HOUR_MS] = [50, 3_600_000]
/** So many words there are: as many as in much talk about code. */
const WORDS = 20_000

/** Prints what it takes to let so many old messages of 5 KB go: each step, all of them with their pauses, and the file. */
export async function benchRetention(count = 100_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const path = join(folder, 'waggle.db')
  try {
    await fill(path, count)
    const before = statSync(path).size
    const steps = await clear(path)
    const total = steps.reduce((sum, ms) => sum + ms, 0)
    const paused = (total + steps.length * PAUSE_MS) / 1000
    printTable(`${count} messages of 5 KB leave the history`, [
      ['a step, ms: p50, p99, most', [50, 99, 100].map((p) => percentile(steps, p).toFixed(0)).join(', ')],
      ['work of all steps, s', (total / 1000).toFixed(0)],
      ['with the pauses between them, min', (paused / 60).toFixed(1)],
      [
        'file before and after, MB',
        `${(before / 1e6).toFixed(0)} and ${(statSync(path).size / 1e6).toFixed(1)}`,
      ],
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(path: string, count: number): Promise<void> {
  const store = openSqliteMessageStore({ path, clock: systemClock })
  const random = seeded(1)
  const word = () => Math.floor(random() * random() * WORDS).toString(36)
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, n) => {
      const { to, from } = sampleMessage(sent + n)
      let text = ''
      while (text.length < LENGTH) text += `w${word()} `
      return { to, from, text, priority: 'normal', submit: true } as const
    })
    await store.insert(batch)
  }
  // Reading by a word has the index catch up.
  store.list({ text: 'w1', limit: 1 })
  store.close()
  const database = new DatabaseSync(path)
  database.exec(
    `UPDATE messages SET state = 'delivered', finished_at = created_at; PRAGMA wal_checkpoint(TRUNCATE)`,
  )
  database.close()
}

/** How long each step took; the pauses are left out. */
async function clear(path: string): Promise<number[]> {
  const steps: number[] = []
  let over: (() => void) | undefined
  const done = new Promise<void>((resolve) => (over = resolve))
  const clock: Clock = {
    ...systemClock,
    now: () => Date.now() + 91 * DAY_MS,
    setTimer(ms, call) {
      // It is through: the next look is in an hour.
      if (steps.length > 0 && ms === HOUR_MS) over?.()
      else
        setImmediate(() => {
          const from = performance.now()
          call()
          steps.push(performance.now() - from)
        })
      return () => undefined
    },
  }
  startRetention({ path, clock, log: { error: say, warn: say, info: say, debug: say }, keepDays: () => 90 })
  await done
  return steps
}
