import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/main/clock'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { startAgents, type Agents } from '../harness/agents'
import { launchApp, type LaunchedApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { startNotificationHost, type NotificationHost } from '../harness/notification-host'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'

// Trouble is told by the desktop's own notifications, and a click leads to the message.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 20_000 }

let home: ReturnType<typeof temporaryHome>
let host: NotificationHost
let waggle: LaunchedApp
let pipe: PipeClient
let page: Page
let agents: Agents

beforeEach(async () => {
  home = temporaryHome()
  host = await startNotificationHost()
  ;[agents, waggle] = await Promise.all([
    startAgents({ agents: [{ name: 'Agent-1' }] }),
    launchApp({ home: home.path, args: ['--hidden'] }),
  ])
  pipe = await openPipeClient(waggle.endpoint)
  page = await waggle.app.firstWindow()
  // One attempt, so that the first failure is the last.
  await pipe.call('settings.set', { changes: { delivery: { attempts: 1 } } })
  const { rect } = await agents.window('Agent-1')
  // A point beside the input: the paste goes nowhere.
  await pipe.call('agent.set', {
    name: 'Agent-1',
    at: [rect.x + rect.width - 4, rect.y + 4],
    window: '^Agent-1: chat$',
  })
})

afterEach(async () => {
  pipe.close()
  await Promise.all([waggle.close(), agents.stop()])
  host.close()
  home.remove()
})

const isVisible = async () =>
  waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.title === 'Waggle' && window.isVisible()),
  )

test('a message that failed is told with the reason, and a click shows it in the window', async () => {
  await agents.dialog('Agent-1', true)
  const { messages } = await pipe.call('message.send', { to: 'Agent-1', text: 'Please rebase.' })
  await pipe.call('message.wait', { id: messages[0]?.id ?? '', timeoutMs: 20_000 })
  await expect.poll(() => host.shown().length, soon).toBe(1)
  const [told] = host.shown()
  expect(told?.title).toBe('Not delivered to Agent-1')
  expect(told?.body).toContain('“Please rebase.”')
  expect(await isVisible()).toBe(false)
  host.click(told?.id ?? 0)
  await expect.poll(isVisible, soon).toBe(true)
  await page.getByRole('button', { name: 'Send again' }).waitFor()
  expect(await page.locator('body').innerText()).toContain('Please rebase.')
})

test('trouble with many messages is not told message by message', async () => {
  await pipe.call('queue.pause', {})
  const ids: string[] = []
  for (const text of ['one', 'two', 'three']) {
    const { messages } = await pipe.call('message.send', { to: 'Agent-1', text })
    ids.push(messages[0]?.id ?? '')
  }
  await agents.dialog('Agent-1', true)
  await pipe.call('queue.resume', {})
  for (const id of ids) await pipe.call('message.wait', { id, timeoutMs: 40_000 })
  await expect.poll(() => host.shown().length, soon).toBeGreaterThan(0)
  expect(host.shown().length).toBeLessThan(3)
})

test('what a crash left in doubt is told at the next start, and a click shows it', async () => {
  pipe.close()
  await waggle.close()
  await leaveInDoubt(join(home.path, 'waggle.db'))
  waggle = await launchApp({ home: home.path, args: ['--hidden'] })
  pipe = await openPipeClient(waggle.endpoint)
  page = await waggle.app.firstWindow()
  await expect.poll(() => host.shown().length, soon).toBe(1)
  const [told] = host.shown()
  expect(told?.title).toBe('May have been sent to Agent-1: you decide')
  host.click(told?.id ?? 0)
  await expect.poll(isVisible, soon).toBe(true)
  await page.getByRole('button', { name: 'It arrived' }).first().waitFor()
})

/** The database as a Waggle leaves it that is killed at the submit key. */
async function leaveInDoubt(path: string): Promise<void> {
  const store = openSqliteMessageStore({ path, clock: systemClock })
  const message = {
    to: 'Agent-1',
    from: 'test',
    text: 'Was it sent?',
    priority: 'normal',
    submit: true,
  } as const
  const [inserted] = await store.insert([message])
  const id = inserted?.message.id ?? ''
  store.begin(id)
  store.markSubmitting(id)
  store.close()
}
