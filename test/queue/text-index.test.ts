import { expect, test } from 'vitest'
import { openDatabase } from '../../src/main/queue/schema'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { TextIndex } from '../../src/main/queue/text-index'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage } from '../fakes/new-message'

test('a search sees what was stored an instant ago, and what was indexed in peace', async () => {
  const clock = new FakeClock()
  const store = openSqliteMessageStore({ path: ':memory:', clock })
  const found = (text: string) => store.list({ text, limit: 1000 }).messages.length
  await store.insert([newMessage({ text: 'the parser branch is green' })])
  expect(found('parser')).toBe(1)
  await store.insert(Array.from({ length: 700 }, () => newMessage({ text: 'the lexer branch is red' })))
  await clock.advance(10_000)
  expect(clock.pending).toBe(0)
  await store.insert([newMessage({ text: 'the lexer is green again' })])
  expect([found('lexer'), found('branch'), found('green')]).toEqual([701, 701, 2])
  store.close()
  expect(clock.pending).toBe(0)
})

test('a disk that takes nothing neither ends the app nor leaves a transaction open', async () => {
  const clock = new FakeClock()
  const database = openDatabase(':memory:')
  const index = new TextIndex(database, clock)
  const text = Array.from({ length: 2000 }, (_, n) => `word${n}`).join(' ')
  database.exec(`INSERT INTO messages (seq, id, recipient, sender, priority, submit, state, rank, created_at, text)
    VALUES (1, 'a', 'A', 'B', 'normal', 1, 'queued', 1, 0, '${text}')`)
  database.exec('PRAGMA max_page_count = 1') // no more pages than there are
  index.stored()
  await clock.advance(10_000)
  expect(database.isTransaction).toBe(false)
  expect(() => index.catchUp()).toThrow(/full/)
  expect(database.isTransaction).toBe(false)
  database.exec('PRAGMA max_page_count = 1000000')
  index.catchUp()
})
