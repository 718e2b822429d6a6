import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Message } from '../../src/contract/message'
import type { MessageStore, NewMessage } from '../../src/main/queue/message-store'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage } from '../fakes/new-message'

interface Options {
  readonly clock: FakeClock
  readonly newId?: () => string
}

export interface StoreKind {
  readonly name: string
  open(folder: string, options: Options): MessageStore
}

/** The two that must behave alike. */
export const storeKinds: readonly StoreKind[] = [
  { name: 'the fake in memory', open: (_folder, options) => new MemoryMessageStore(options) },
  {
    name: 'SQLite',
    open: (folder, options) => openSqliteMessageStore({ path: join(folder, 'waggle.db'), ...options }),
  },
]

export interface StoreDesk {
  readonly store: MessageStore
  readonly clock: FakeClock
  /** Stores one message with the most usual values but these. */
  send(values?: Partial<NewMessage>): Promise<Message>
  /** A new empty store in the old one's place, with ids of the test's choice. */
  replace(newId: () => string): void
}

/** A fresh store of this kind for each test. */
export function useStore({ open }: StoreKind): StoreDesk {
  let folder = ''
  let clock = new FakeClock()
  let store: MessageStore
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waggle-store-'))
    clock = new FakeClock()
    store = open(folder, { clock })
  })
  afterEach(() => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    get store() {
      return store
    },
    get clock() {
      return clock
    },
    async send(values = {}) {
      const [inserted] = await store.insert([newMessage(values)])
      if (!inserted) throw new Error('nothing came back')
      return inserted.message
    },
    replace(newId) {
      store.close()
      store = open(mkdtempSync(join(folder, 'more-')), { clock, newId })
    },
  }
}

/** The code of the error that `work` throws, if it throws one. */
export function codeOf(work: () => unknown): number | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { code?: number }).code
  }
}
