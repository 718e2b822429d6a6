import { expect, test } from 'vitest'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
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
