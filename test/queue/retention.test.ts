import { DatabaseSync } from '@photostructure/sqlite'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startRetention } from '../../src/main/queue/retention'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage } from '../fakes/new-message'
import { silentLog } from '../fakes/silent-log'

const DAY_MS = 86_400_000
let folder: string
let path: string
let clock: FakeClock
let stop: () => void = () => undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-retention-'))
  path = join(folder, 'waggle.db')
  clock = new FakeClock()
})
afterEach(() => {
  stop()
  rmSync(folder, { recursive: true, force: true })
})

const keeping = (days: number) => {
  stop = startRetention({ path, clock, log: silentLog, keepDays: () => days })
}

test('what ended long ago goes with its attempts and its words, and gives its space back; what is open stays', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const send = async (text: string) => (await store.insert([newMessage({ text })]))[0]?.message.id ?? ''
  const timings = { waitMs: 1, deliveryMs: 1, steps: [] }
  const waiting = await send('still waiting')
  const doubtful = await send('in doubt')
  store.begin(doubtful)
  store.finish(
    doubtful,
    { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message: '?' } },
    timings,
  )
  const ancient = Array.from({ length: 400 }, (_, n) =>
    newMessage({ text: `ancient ${n} ${'x'.repeat(5000)}` }),
  )
  await store.insert(ancient)
  const delivered = new DatabaseSync(path)
  delivered.exec(`INSERT INTO attempts (message, started_at, outcome) SELECT seq, 0, 'delivered' FROM messages WHERE text LIKE 'ancient%';
    UPDATE messages SET state = 'delivered', finished_at = ${clock.now()} WHERE text LIKE 'ancient%'`)
  delivered.close()
  store.list({ text: 'ancient', limit: 1 })
  store.close()
  const before = statSync(path).size
  clock.setWall(clock.now() + 91 * DAY_MS)
  const later = openSqliteMessageStore({ path, clock })
  const fresh = (await later.insert([newMessage({ text: 'fresh' })]))[0]?.message.id ?? ''
  later.cancel(fresh)
  keeping(90)
  await clock.advance(3_600_000 + 60_000)
  expect(later.list({ limit: 1000 }).messages.map(({ id }) => id)).toEqual([fresh, doubtful, waiting])
  expect(later.get(doubtful)?.attempts).toHaveLength(1)
  expect(later.list({ text: 'ancient', limit: 10 }).messages).toEqual([])
  later.close()
  expect(statSync(path).size).toBeLessThan(before / 4)
  const file = new DatabaseSync(path)
  expect(file.prepare('SELECT count(*) AS n FROM attempts').get()).toEqual({ n: 1 })
  expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  file.close()
})

test('0 days keep everything, and a clock set forward takes nothing away at once', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const id = (await store.insert([newMessage()]))[0]?.message.id ?? ''
  store.cancel(id)
  keeping(0)
  clock.setWall(clock.now() + 400 * DAY_MS)
  await clock.advance(5 * 3_600_000)
  stop()
  expect(store.get(id)).toBeDefined()
  keeping(90)
  clock.setWall(clock.now() + 400 * DAY_MS)
  await clock.advance(3_600_000)
  clock.setWall(clock.now() - 800 * DAY_MS)
  await clock.advance(5 * 3_600_000)
  expect(store.get(id), 'set forward for an hour, by a wrong battery or time server').toBeDefined()
  store.close()
})

test('a database that cannot be cleared is tried again an hour later', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const id = (await store.insert([newMessage()]))[0]?.message.id ?? ''
  store.cancel(id)
  clock.setWall(clock.now() + 91 * DAY_MS)
  keeping(90)
  const blocker = new DatabaseSync(path)
  blocker.exec('BEGIN IMMEDIATE')
  await clock.advance(3_600_000)
  expect(store.get(id)).toBeDefined()
  blocker.exec('ROLLBACK')
  blocker.close()
  await clock.advance(3_600_000)
  expect(store.get(id)).toBeUndefined()
  store.close()
})
