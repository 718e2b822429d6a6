import { DatabaseSync } from '@photostructure/sqlite'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MessageStore } from '../../src/main/queue/message-store'
import { openMessages } from '../../src/main/queue/open-messages'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage } from '../fakes/new-message'
import { silentLog } from '../fakes/silent-log'

const clock = new FakeClock()
let folder: string
let path: string
let said: string[]
let store: MessageStore | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-messages-'))
  path = join(folder, 'waggle.db')
  said = []
})
afterEach(() => {
  store?.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = () =>
  (store = openMessages({ path, clock, log: silentLog, say: (_title, sentence) => void said.push(sentence) }))
const texts = (from: MessageStore) => from.list({ limit: 100 }).messages.map(({ text }) => text)
const aside = () => readdirSync(folder).filter((name) => name.includes('.broken-'))

test.each([
  ['random bytes', () => writeFileSync(path, Buffer.alloc(50_000, 7))],
  ['a file cut off', () => truncateSync(path, 6000)],
])('%s are kept aside, a new file is begun, and it is said', async (_what, damage) => {
  await open().insert([newMessage({ text: 'before' })])
  store?.close()
  damage()
  const damaged = readFileSync(path)
  expect(texts(open())).toEqual([])
  await store?.insert([newMessage({ text: 'after' })])
  expect(said).toEqual([expect.stringMatching(/could not be read any more.*kept as .*broken-/)])
  expect(readFileSync(join(folder, aside()[0] ?? ''))).toEqual(damaged)
})

test('a file of a newer Waggle or of another program is left as it is, and ends the start with a sentence', () => {
  open().close()
  const newer = new DatabaseSync(path)
  newer.exec('PRAGMA user_version = 999')
  newer.close()
  expect(open).toThrow(/newer Waggle/)
  rmSync(path)
  const other = new DatabaseSync(path)
  other.exec('CREATE TABLE theirs (x)')
  other.close()
  expect(open).toThrow(/another program/)
  expect(aside()).toEqual([])
})

test.each([
  ['the file', () => rmSync(path)],
  ['all its files', () => ['', '-wal', '-shm'].forEach((end) => rmSync(path + end, { force: true }))],
])(
  'of %s taken away underneath nothing is lost, and what is accepted after that is on disk',
  async (_what, takeAway) => {
    const { insert, get, begin } = bound(open())
    const [first] = await insert([newMessage({ text: 'first' })])
    await insert([newMessage({ text: 'second' })])
    begin(first?.message.id ?? '')
    const { pastes } = store ?? open()
    takeAway()
    await insert([newMessage({ text: 'third' })])
    expect(pastes.of('Agent-1'), 'what was taken from the store before goes on, too').toBeUndefined()
    expect(get(first?.message.id ?? '')).toMatchObject({
      state: 'delivering',
      attempts: [{ outcome: 'running' }],
    })
    expect(existsSync(path)).toBe(true)
    store?.close()
    expect(texts(open())).toEqual(['third', 'second', 'first'])
    store?.close()
    const file = new DatabaseSync(path)
    expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    file.close()
  },
)

/** The methods by themselves: each use has to look anew. */
function bound(of: MessageStore): Pick<MessageStore, 'insert' | 'get' | 'begin'> {
  return {
    insert: (batch) => of.insert(batch),
    get: (id) => of.get(id),
    begin: (id) => of.begin(id),
  }
}

test('another file in its place is neither written to nor overwritten', async () => {
  const ours = open()
  await ours.insert([newMessage({ text: 'ours' })])
  writeFileSync(join(folder, 'other'), 'other')
  renameSync(join(folder, 'other'), path)
  await expect(async () => ours.insert([newMessage()])).rejects.toMatchObject({ code: 1010 })
  expect(readFileSync(path, 'utf8')).toBe('other')
})
