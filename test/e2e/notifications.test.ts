import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/main/clock'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { launchApp, type LaunchedApp } from '../harness/app'
import { calibrate, forThisTest, openAgentsDesk, openDesk, type AgentsDesk } from '../harness/desk'
import { startInputs } from '../harness/inputs'
import { startNotificationHost, type NotificationHost } from '../harness/notification-host'

// Trouble is told by the desktop's own notifications, and a click leads to the message.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 20_000 }

let host: NotificationHost
let desk: AgentsDesk<LaunchedApp>
let page: Page

beforeEach(async () => {
  host = await forThisTest(startNotificationHost(), (host) => host.close())
  desk = await openAgentsDesk(launchApp, { agents: [{ name: 'Agent-1' }], args: ['--hidden'] })
  page = await desk.waggle.app.firstWindow()
  // One attempt, so that the first failure is the last.
  await desk.pipe.call('settings.set', { changes: { delivery: { attempts: 1 } } })
  const { rect } = await desk.agents.window('Agent-1')
  // A point beside the input: the paste goes nowhere.
  await calibrate(desk, 'Agent-1', { at: [rect.x + rect.width - 4, rect.y + 4] })
})

const isVisible = async () =>
  desk.waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.title === 'Waggle' && window.isVisible()),
  )

test('a message that failed is told with the reason, and a click shows it in the window', async () => {
  // An input that corrects what is pasted has another text than the message.
  const windows = [{ name: 'Editor', smart: true, rect: { x: 700, y: 420, width: 400, height: 300 } }]
  const inputs = await forThisTest(startInputs({ windows }), async (inputs) => inputs.stop())
  const { input } = await inputs.window('Editor')
  await desk.pipe.call('agent.set', { name: 'Editor', at: input, window: '^Editor: chat$' })
  const { messages } = await desk.pipe.call('message.send', { to: 'Editor', text: 'Please "rebase".' })
  await desk.pipe.call('message.wait', { id: messages[0]?.id ?? '', timeoutMs: 20_000 })
  await expect.poll(() => host.shown().length, soon).toBe(1)
  const [told] = host.shown()
  expect(told?.title).toBe('Not delivered to Editor')
  expect(told?.body).toContain('“Please "rebase".”')
  expect(await isVisible()).toBe(false)
  host.click(told?.id ?? 0)
  await expect.poll(isVisible, soon).toBe(true)
  await page.getByRole('button', { name: 'Send again' }).waitFor()
  expect(await page.locator('body').innerText()).toContain('Please "rebase".')
})

test('trouble with many messages is not told message by message', async () => {
  await desk.pipe.call('queue.pause', {})
  const ids: string[] = []
  for (const text of ['one', 'two', 'three']) {
    const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text })
    ids.push(messages[0]?.id ?? '')
  }
  await desk.agents.dialog('Agent-1', true)
  await desk.pipe.call('queue.resume', {})
  for (const id of ids) await desk.pipe.call('message.wait', { id, timeoutMs: 40_000 })
  await expect.poll(() => host.shown().length, soon).toBeGreaterThan(0)
  expect(host.shown().length).toBeLessThan(3)
})

test('an answer to the person is told, and a click leads to the field that answers it', async () => {
  await desk.pipe.call('queue.pause', {})
  const { messages } = await desk.pipe.call('message.send', {
    to: 'Agent-1',
    from: 'you',
    text: 'Which port?',
  })
  await desk.pipe.call('message.reply', { id: messages[0]?.id ?? '', text: '8080' })
  await expect.poll(() => host.shown().length, soon).toBe(1)
  const [told] = host.shown()
  expect(told).toMatchObject({ title: 'Agent-1 has answered', body: '“8080”' })
  host.click(told?.id ?? 0)
  const field = page.getByRole('textbox', { name: /^Reply to Agent-1/ })
  await field.waitFor()
  await expect.poll(async () => field.and(page.locator(':focus')).count(), soon).toBe(1)
  await page.keyboard.type('thanks')
  await page.keyboard.press('Enter')
  const sent = async () => (await desk.pipe.call('message.thread', { id: messages[0]?.id ?? '' })).messages
  await expect
    .poll(async () => (await sent()).map(({ text }) => text), soon)
    .toEqual(['Which port?', '8080', 'thanks'])
})

test('what a crash left in doubt is told at the next start, and a click shows it', async () => {
  desk.pipe.close()
  await desk.waggle.close()
  await leaveInDoubt(join(desk.home, 'waggle.db'))
  desk = { ...desk, ...(await openDesk(launchApp, { home: desk.home, args: ['--hidden'] })) }
  page = await desk.waggle.app.firstWindow()
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
