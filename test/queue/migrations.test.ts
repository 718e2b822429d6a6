import { DatabaseSync } from '@photostructure/sqlite'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrations, openDatabase } from '../../src/main/queue/schema'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage, timings } from '../fakes/new-message'

const clock = new FakeClock()
const [ended, waiting] = ['0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11', '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b12']
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-migrations-'))
  path = join(folder, 'waggle.db')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a Waggle of that version left: a failed message with its attempt, one that waits with a key, a pause. */
function leaveEarlier(version: number): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA synchronous = OFF')
  for (const step of migrations.slice(0, version)) database.exec(step)
  // "WGGL", as in the schema.
  database.exec(`PRAGMA application_id = 1464289100; PRAGMA user_version = ${version};`)
  const insert = database.prepare(
    `INSERT INTO messages (seq, id, recipient, sender, priority, submit, key, state, rank, attempts, tries, created_at,
       finished_at, failure_code, failure_message, text)
     VALUES (?, ?, 'Agent-1', 'script', 'normal', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  insert.run(1, ended, null, 'failed', 1, 1, 1, clock.now(), clock.now(), 'focus-lost', 'why', 'an old one')
  insert.run(2, waiting, 'k', 'queued', 2, 0, 0, clock.now(), null, null, null, 'a later one')
  database.exec(`INSERT INTO attempts (message, started_at, ended_at, outcome, failure_code, failure_message)
    VALUES (1, ${clock.now()}, ${clock.now()}, 'failed', 'focus-lost', 'why');
    INSERT INTO paused VALUES ('Agent-1');`)
  database.close()
}

/** Tables with their columns, and indices with what they are made of. */
function schemaOf(database: InstanceType<typeof DatabaseSync>): unknown {
  const columns = database.prepare(
    `SELECT s.name, c.name AS "column", c.type, c."notnull", c.dflt_value FROM sqlite_schema s, pragma_table_xinfo(s.name) c
     ORDER BY 1, 2`,
  )
  const indices = database.prepare(
    `SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') ORDER BY 1`,
  )
  return { columns: columns.all(), indices: indices.all() }
}

test.each(migrations.map((_, index) => index + 1))(
  'a database of version %i comes to the present with all that is in it, and takes all that there is today',
  async (version) => {
    leaveEarlier(version)
    const store = openSqliteMessageStore({ path, clock })
    const failure = { code: 'focus-lost', message: 'why' } as const
    expect(store.get(ended)).toMatchObject({
      text: 'an old one',
      state: 'failed',
      failure,
      attempts: [{ outcome: failure }],
    })
    expect(store.list({ text: 'later', limit: 10 }).messages.map(({ id }) => id)).toEqual([waiting])
    expect(store.waiting().map(({ id }) => id)).toEqual([waiting])
    expect([...store.paused()]).toEqual(['Agent-1'])
    const again = await store.insert([newMessage({ key: 'k' })])
    expect(again).toMatchObject([{ message: { id: waiting }, isNew: false }])

    store.pastes.write('Agent-1', { messageId: ended, text: 'an old one', draft: '' })
    store.retry(ended)
    expect(store.pastes.of('Agent-1')).toBeUndefined()
    store.begin(ended)
    const left = { ...failure, left: true }
    expect(store.finish(ended, { state: 'failed', failure: left }, timings)).toMatchObject({ failure: left })
    const [reply] = await store.insert([newMessage({ replyTo: ended, thread: ended })])
    expect(store.exchanges.thread(ended).map(({ id }) => id)).toEqual([ended, reply?.message.id])
    store.close()

    const [present, fresh] = [new DatabaseSync(path), openDatabase(':memory:')]
    expect(schemaOf(present)).toEqual(schemaOf(fresh))
    for (const one of [present, fresh]) one.close()
  },
)

test('what brings a schema to the next version is as it was when it was released', () => {
  const marks = migrations.map((step) => createHash('sha256').update(step).digest('hex').slice(0, 12))
  expect(marks).toEqual([
    '339db252b446',
    '60577bf577a4',
    'ceaeeb746652',
    '532893c0ec98',
    'de4a4a19a8b4',
    '5ebdb8a49329',
    '38ff19052145',
    '53e9b693c4b7',
  ])
})
