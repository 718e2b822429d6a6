import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Failure } from '../../src/contract/failure'
import { systemClock } from '../../src/main/clock'
import type { Outcome } from '../../src/main/queue/message-store'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { launchApp, type LaunchedApp } from './app'
import { temporaryHome } from './home'
import { openPipeClient, type PipeClient } from './pipe-client'

const timings = { waitMs: 5, deliveryMs: 80, steps: [{ step: 'paste' as const, ms: 40 }] }
const failure: Failure = { code: 'text-mismatch', message: 'What was read back was not the message.' }

/** How long a change may take to be seen on a busy machine. */
export const soon = { timeout: 10_000 }

/** The real window over a past: 300 delivered, one failed, one in doubt. The queue is paused. */
export interface WindowDesk {
  readonly home: string
  readonly waggle: LaunchedApp
  readonly pipe: PipeClient
  readonly page: Page
  list(name: string): Locator
  rows(name: string): Locator
  textOf(name: string): Promise<string[]>
  /** Queues so many for Agent-1, from two senders in turn. */
  send(count: number): Promise<void>
}

/** One app for all tests of a file; each begins at the queue, with nothing waiting. */
export function useWindowWithPast(): WindowDesk {
  let home: ReturnType<typeof temporaryHome>
  let waggle: LaunchedApp
  let pipe: PipeClient
  let page: Page
  beforeAll(async () => {
    home = temporaryHome()
    mkdirSync(home.path, { recursive: true, mode: 0o700 })
    await writePast(join(home.path, 'waggle.db'))
    waggle = await launchApp({ home: home.path })
    pipe = await openPipeClient(waggle.endpoint)
    for (const name of ['Agent-1', 'Agent-2']) await pipe.call('agent.set', { name, at: [100, 100] })
    page = await waggle.app.firstWindow()
    page.setDefaultTimeout(soon.timeout)
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
  })
  afterAll(async () => {
    pipe.close()
    await waggle.close()
    home.remove()
  })
  beforeEach(async () => {
    const { messages } = await pipe.call('message.list', { states: ['queued'], limit: 1000 })
    for (const { id } of messages) await pipe.call('message.cancel', { id })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.evaluate('document.activeElement?.blur()')
    await page.keyboard.press('1')
    await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor()
    // Rows of the test before may still be drawn, and would pass for those of this one.
    await page.getByText('No message waits.').waitFor()
  })
  const rows = (name: string) => page.getByRole('listbox', { name }).getByRole('option')
  return {
    get home() {
      return home.path
    },
    get waggle() {
      return waggle
    },
    get pipe() {
      return pipe
    },
    get page() {
      return page
    },
    list: (name) => page.getByRole('listbox', { name }),
    rows,
    textOf: async (name) => rows(name).allInnerTexts(),
    send: async (count) => {
      for (let n = 0; n < count; n += 1) {
        await pipe.call('message.send', { to: 'Agent-1', from: `s${n % 2}`, text: `message ${n}` })
      }
    },
  }
}

async function writePast(path: string): Promise<void> {
  const store = openSqliteMessageStore({ path, clock: systemClock })
  store.setPaused('*', true)
  const past: readonly (readonly [string, Outcome])[] = [
    ...Array.from({ length: 300 }, (_, n): [string, Outcome] => [
      `old message ${n}`,
      { state: 'delivered', proof: 'read-back' },
    ]),
    ['a failed one', { state: 'failed', failure }],
    ['a doubtful one', { state: 'in-doubt', failure: { ...failure, code: 'submit-unconfirmed' } }],
  ]
  const sent = { to: 'Agent-1', from: 'script', priority: 'normal', submit: true } as const
  const inserted = await store.insert(past.map(([text]) => ({ ...sent, text })))
  for (const [index, [, outcome]] of past.entries()) {
    const id = inserted[index]?.message.id ?? ''
    store.begin(id)
    store.finish(id, outcome, timings)
  }
  store.close()
}
