import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock'
import type { MessageFilter, MessageStore } from '../src/main/queue/message-store'
import { createQueue } from '../src/main/queue/fair-queue'
import { openSqliteMessageStore } from '../src/main/queue/sqlite-message-store'
import { writeMillion } from './million'
import { printTable } from './table'
import { benchViews } from './views'

const WAITING = 10_000
const DAY_MS = 86_400_000

/**
 * Prints how long lists, searches, figures and the line take with so many messages in the database, in the store and in
 * the real window.
 */
export async function benchHistory(count = 1_000_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const home = join(folder, 'home')
  const path = join(home, 'waggle.db')
  try {
    mkdirSync(home)
    chmodSync(home, 0o700)
    const { seconds, megabytes } = writeMillion(path, { count, waiting: WAITING })
    console.log(`${count} messages in ${seconds.toFixed(0)} s, ${megabytes.toFixed(0)} MB`)
    await measureStore(path, count)
    await benchViews(home, count)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measureStore(path: string, count: number): Promise<void> {
  const store = openSqliteMessageStore({ path, clock: systemClock })
  try {
    printLists(store, count)
    await printFigures(store)
    printQueue(store)
  } finally {
    store.close()
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

function printLists(store: MessageStore, count: number): void {
  const lists: Record<string, Omit<MessageFilter, 'limit'>> = {
    newest: {},
    'the settled states': { states: ['delivered', 'failed', 'in-doubt', 'cancelled', 'expired'] },
    'one agent': { to: 'Agent-3' },
    'one sender': { from: 'sender-7' },
    'one agent, the last week': { to: 'Agent-3', since: daysAgo(7) },
    'a day two weeks ago': { since: daysAgo(15), until: daysAgo(14) },
    'agent and sender without a message in common': { to: 'Agent-3', from: 'sender-8' },
    'a rare state': { states: ['failed'] },
    'a rare state of one agent': { states: ['failed', 'in-doubt'], to: 'Agent-3' },
    'search: a frequent word': { text: 'review' },
    'search: one letter': { text: 'd' },
    'search: a frequent beginning': { text: 'tick' },
    'search: a longer beginning': { text: 'ticket12' },
    'search: one message': { text: `ticket${count - 12_345}` },
    'search: two frequent words': { text: 'review deploy' },
    'search: an emoji that is nowhere': { text: '🐝' },
    'search: a frequent word in the last day': { text: 'review', since: daysAgo(1) },
    'search: a frequent word in a rare state': { text: 'review', states: ['failed'] },
  }
  printTable(
    'Lists of 100, newest first',
    Object.entries(lists).map(([name, filter]) => [
      name,
      `${milliseconds(() => store.list({ ...filter, limit: 100 }))} ms`,
    ]),
  )
}

async function printFigures(store: MessageStore): Promise<void> {
  const over = async (days: number, buckets: number, to?: string) => {
    const until = Date.now()
    const range = { since: until - days * DAY_MS, until, bucketMs: (days * DAY_MS) / buckets }
    const start = performance.now()
    await store.history(to === undefined ? range : { ...range, to })
    return `${(performance.now() - start).toFixed(1)} ms`
  }
  await over(1, 24)
  printTable('Statistics', [
    ['counts since ever', `${milliseconds(() => store.stats())} ms`],
    [
      'counts of the last second',
      `${milliseconds(() => store.stats(new Date(Date.now() - 1000).toISOString()))} ms`,
    ],
    ['the last day by the hour', await over(1, 24)],
    ['the last week by six hours', await over(7, 28)],
    ['all 30 days by the day', await over(30, 30)],
    ['all 30 days of one agent', await over(30, 30, 'Agent-3')],
  ])
}

function printQueue(store: MessageStore): void {
  const opening = performance.now()
  const queue = createQueue({ store, clock: systemClock, limit: WAITING * 2 })
  const opened = performance.now() - opening
  queue.resume()
  const held = new Set(['Agent-0', 'Agent-1', 'Agent-2', 'Agent-3', 'Agent-4', 'Agent-5', 'Agent-6'])
  const [first] = queue.line({ limit: 1 }).messages
  const priorities = ['urgent', 'normal'] as const
  let turn = 0
  const changed = () => {
    queue.prioritize(first?.id ?? '', priorities[(turn += 1) % 2] ?? 'normal')
    queue.line({ skip: WAITING / 2, limit: 100 })
  }
  printTable(`The queue with ${queue.status().depth} waiting`, [
    ['start', `${opened.toFixed(1)} ms`],
    ['next', `${milliseconds(() => queue.next(() => false))} ms`],
    ['next, all but one agent held', `${milliseconds(() => queue.next((agent) => held.has(agent)))} ms`],
    [
      '100 in the middle of the line',
      `${milliseconds(() => queue.line({ skip: WAITING / 2, limit: 100 }))} ms`,
    ],
    ['the same after a change', `${milliseconds(changed)} ms`],
    ['status', `${milliseconds(() => queue.status())} ms`],
  ])
  queue.pause()
  queue.close()
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
