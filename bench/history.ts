import { DatabaseSync } from '@photostructure/sqlite'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock'
import { createQueue } from '../src/main/queue/queue'
import type { MessageFilter } from '../src/main/queue/message-store'
import { openSqliteMessageStore } from '../src/main/queue/sqlite-message-store'
import { printTable } from './table'
import { sampleMessage } from './sample'

const WAITING = 10_000
const BATCH = 5000

/** Prints how long lists, searches and the choice of the next message take with so many messages in the database. */
export async function benchHistory(count = 1_000_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const path = join(folder, 'waggle.db')
  const store = openSqliteMessageStore({ path, clock: systemClock })
  try {
    const start = performance.now()
    for (let from = 0; from < count; from += BATCH) {
      await store.insert(
        Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => sampleMessage(from + index)),
      )
    }
    settleOld(path, count - WAITING)
    const megabytes = Math.round(statSync(path).size / 1e6)
    console.log(`${count} messages in ${Math.round((performance.now() - start) / 1000)} s, ${megabytes} MB`)
    const lists: Record<string, Omit<MessageFilter, 'limit'>> = {
      newest: {},
      'one agent': { to: 'Agent-3' },
      'one sender': { from: 'sender-7' },
      'agent and sender without a message in common': { to: 'Agent-3', from: 'sender-8' },
      'a rare state': { states: ['failed'] },
      'a rare state of one agent': { states: ['failed', 'in-doubt'], to: 'Agent-3' },
      'search: a frequent word': { text: 'review' },
      'search: one letter': { text: 'd' },
      'search: a frequent beginning': { text: 'tick' },
      'search: a longer beginning': { text: 'ticket12' },
      'search: one message': { text: `ticket${count - 12_345}` },
      'search: two frequent words': { text: 'review deploy' },
      'search: a frequent word in a rare state': { text: 'review', states: ['failed'] },
    }
    const times = Object.entries(lists).map(([name, filter]) => {
      return [name, `${milliseconds(() => store.list({ ...filter, limit: 100 }))} ms`] as const
    })
    const stats = milliseconds(() => store.stats())
    const recent = milliseconds(() => store.stats(new Date(Date.now() - 1000).toISOString()))
    printTable('Lists of 100, newest first', times)
    printTable('Statistics', [
      ['since ever', `${stats} ms`],
      ['of the last second', `${recent} ms`],
    ])
    const opening = performance.now()
    const queue = createQueue({ store, clock: systemClock, limit: WAITING * 2 })
    const opened = performance.now() - opening
    const held = new Set(['Agent-0', 'Agent-1', 'Agent-2', 'Agent-3', 'Agent-4', 'Agent-5', 'Agent-6'])
    printTable(`The queue with ${queue.status().depth} waiting`, [
      ['start', `${opened.toFixed(1)} ms`],
      ['next', `${milliseconds(() => queue.next(new Set()))} ms`],
      ['next, all but one agent held', `${milliseconds(() => queue.next(held))} ms`],
      ['status', `${milliseconds(() => queue.status())} ms`],
    ])
    queue.close()
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All but the last ones have had their turn: nearly all delivered, one in 10,000 failed. Written past the store, for speed. */
function settleOld(path: string, last: number): void {
  const database = new DatabaseSync(path, { timeout: 60_000 })
  database.exec(`UPDATE messages SET state = iif(seq % 10000 = 0, 'failed', 'delivered'), attempts = 1,
    wait_ms = 100 + seq % 1000, delivery_ms = 80 + seq % 70, steps = '[]', finished_at = created_at WHERE seq <= ${last}`)
  database.close()
}

/** The median of 21 runs. */
function milliseconds(work: () => unknown): string {
  const times = Array.from({ length: 21 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return (times.toSorted((a, b) => a - b)[10] ?? 0).toFixed(2)
}
