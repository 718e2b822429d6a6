import { DatabaseSync } from '@photostructure/sqlite'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage } from '../fakes/new-message'

const clock = new FakeClock()
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-sqlite-'))
  path = join(folder, 'waggle.db')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('messages, their order in line, pauses and keys survive closing and opening', async () => {
  const first = openSqliteMessageStore({ path, clock })
  const inserted = await first.insert([newMessage({ text: 'one', key: 'k' }), newMessage({ text: 'two' })])
  const id = inserted[0]?.message.id ?? ''
  first.cancel(id)
  first.retry(id)
  first.setPaused('Agent-1', true)
  const line = first.waiting()
  first.close()

  const second = openSqliteMessageStore({ path, clock })
  expect(second.waiting()).toEqual(line)
  expect(second.waiting().at(-1)?.id).toBe(id)
  expect(second.paused()).toEqual(new Set(['Agent-1']))
  expect(second.sentBefore('script', 'k').map((one) => one.id)).toEqual([id])
  await second.insert([newMessage({ text: 'three' })])
  expect(second.waiting().at(-2)?.id).toBe(id)
  second.close()
})

test('an acknowledged insert is in the file even when the process never closes it', async () => {
  const store = openSqliteMessageStore({ path, clock })
  await store.insert([newMessage({ text: 'kept' })])
  const other = new DatabaseSync(path, { readOnly: true })
  expect(other.prepare('SELECT text FROM messages').all()).toEqual([{ text: 'kept' }])
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  other.close()
  store.close()
})

test('what still waits for its commit is committed by closing', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const pending = store.insert([newMessage({ text: 'last' })])
  store.close()
  await expect(pending).resolves.toMatchObject([{ isNew: true }])
  const again = openSqliteMessageStore({ path, clock })
  expect(again.list({ limit: 1 }).messages).toMatchObject([{ text: 'last' }])
  again.close()
})

test('only the owner may read the files', async () => {
  writeFileSync(path, '', { mode: 0o644 })
  const store = openSqliteMessageStore({ path, clock })
  await store.insert([newMessage()])
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
  store.close()
})

test('a file that is no database is refused in a sentence and left as it is', () => {
  const content = 'my notes, not a database\n'.repeat(100)
  writeFileSync(path, content)
  expect(() => openSqliteMessageStore({ path, clock })).toThrow(/not a database.*move it away/)
  expect(readFileSync(path, 'utf8')).toBe(content)
})

test("another program's database is refused and left as it is", () => {
  const theirs = new DatabaseSync(path)
  theirs.exec('CREATE TABLE songs (title TEXT)')
  theirs.close()
  const before = readFileSync(path)
  expect(() => openSqliteMessageStore({ path, clock })).toThrow(/another program/)
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a database of a newer Waggle is refused and left as it is', () => {
  openSqliteMessageStore({ path, clock }).close()
  const newer = new DatabaseSync(path)
  newer.exec('PRAGMA user_version = 999')
  newer.close()
  expect(() => openSqliteMessageStore({ path, clock })).toThrow(/newer Waggle.*version 999/)
  const after = new DatabaseSync(path)
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 })
  after.close()
})

test('a folder that is not there is named in a sentence', () => {
  expect(() => openSqliteMessageStore({ path: join(folder, 'none', 'waggle.db'), clock })).toThrow(
    /Tried to open the messages in .*none.*Check the folder/,
  )
})

test('inserts that wait together share one commit, and a failed commit rejects them all', async () => {
  const store = openSqliteMessageStore({ path, clock })
  await store.insert([newMessage({ text: 'before' })])
  const blocker = new DatabaseSync(path)
  blocker.exec('BEGIN IMMEDIATE')
  const results = await Promise.allSettled([store.insert([newMessage()]), store.insert([newMessage()])])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  blocker.exec('ROLLBACK')
  blocker.close()
  await expect(store.insert([newMessage({ text: 'after' })])).resolves.toHaveLength(1)
  expect(store.list({ limit: 10 }).messages.map(({ text }) => text)).toEqual(['after', 'before'])
  store.close()
})

test('what was pasted is in the file when the call returns, even when the process never closes it', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const [inserted] = await store.insert([newMessage()])
  store.pastes.write('Agent-1', { messageId: inserted?.message.id ?? '', text: 'hello', draft: '' })
  const other = new DatabaseSync(path, { readOnly: true })
  expect(other.prepare('SELECT agent, text FROM pastes').all()).toEqual([{ agent: 'Agent-1', text: 'hello' }])
  other.close()
  store.pastes.erase('Agent-1')
  store.close()
})

test.each(['by this Waggle', 'by one that did not note it'])(
  'where the clock was set back between two starts, a period holds what was handed in during it: noted %s',
  async (by) => {
    for (const [text, ms] of Object.entries({ late: 9_000_000, early: 1000, middle: 5_000_000 })) {
      const store = openSqliteMessageStore({ path, clock: new FakeClock(ms) })
      await store.insert([newMessage({ text })])
      store.close()
    }
    if (by !== 'by this Waggle') {
      const earlier = new DatabaseSync(path)
      earlier.exec('DROP TABLE set_back; PRAGMA user_version = 7;')
      earlier.close()
    }
    const store = openSqliteMessageStore({ path, clock })
    const [since, until] = [new Date(500).toISOString(), new Date(2000).toISOString()]
    expect(store.list({ limit: 9, since, until }).messages.map(({ text }) => text)).toEqual(['early'])
    expect(store.list({ limit: 9, since: until }).messages.map(({ text }) => text)).toEqual([
      'middle',
      'late',
    ])
    store.close()
  },
)

test('a page of long texts is cut where one answer ends, and goes on from there', async () => {
  const store = openSqliteMessageStore({ path, clock })
  const texts = Array.from({ length: 100 }, (_, number) => `${number} ${'x'.repeat(60_000)}`)
  for (const text of texts) await store.insert([newMessage({ text })])
  const pages = []
  for (let before: string | undefined, more = true; more;) {
    const page = store.list({ limit: 1000, ...(before !== undefined && { before }) })
    pages.push(page.messages.map(({ text }) => text))
    before = page.next
    more = before !== undefined
  }
  expect(pages.flat()).toEqual(texts.toReversed())
  expect(Math.max(...pages.map(({ length }) => length))).toBeLessThan(40)
  const ids = store.list({ limit: 30 }).messages.map(({ id }) => id)
  expect(store.pick([...ids, ...ids, ...ids]).length).toBeLessThan(40)
  store.close()
})
