import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import { launchApp, type LaunchedApp } from '../harness/app'
import { axeFindings } from '../harness/axe'
import { openDesk, type Desk } from '../harness/desk'
import { pressEnterTwice } from '../harness/press-twice'
import { xdotool } from '../harness/xdotool'

// Quick send's page: readable and reachable for everyone, in both themes; and what the settings do to it.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 15_000 }

let desk: Desk<LaunchedApp>
let page: Page

beforeEach(async () => {
  desk = await openDesk(launchApp, { args: ['--hidden'] })
  const { pipe, waggle } = desk
  await pipe.call('queue.pause', {})
  for (const name of ['Agent-1', 'Reviewer']) await pipe.call('agent.set', { name, at: [100, 100] })
  const opened = waggle.app.waitForEvent('window', (page) => page.url().includes('quick-send'))
  await (await waggle.app.firstWindow()).waitForLoadState()
  xdotool('key', 'ctrl+alt+n')
  page = await opened
  // Playwright else says what the theme is, whatever the app wants.
  await page.emulateMedia({ colorScheme: null })
  await page.getByRole('combobox', { name: 'Find an agent' }).waitFor()
})

const sent = async () => {
  const { messages } = await desk.pipe.call('message.list', {})
  return messages.map(({ to, text, priority }) => `${to} ${priority} ${text}`).toSorted()
}

const isShown = async () =>
  desk.waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.title !== 'Waggle' && window.isVisible()),
  )

const focused = async () =>
  desk.waggle.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getFocusedWindow()
    return window === null ? undefined : { title: window.title, width: window.getBounds().width }
  })

test.each(['light', 'dark'] as const)(
  'axe finds nothing in it, from choosing to following (%s)',
  async (theme) => {
    await desk.pipe.call('settings.set', { changes: { theme } })
    const isDark = () => page.evaluate<boolean>(`matchMedia('(prefers-color-scheme: dark)').matches`)
    await expect.poll(isDark, soon).toBe(theme === 'dark')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.keyboard.type('Hello')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('waiting: the queue is paused').waitFor()
    expect(await axeFindings(page)).toEqual([])
  },
)

test('several agents are chosen by the keyboard alone, and the priority too', async () => {
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.type('To both')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('of you')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await expect.poll(sent, soon).toEqual(['Agent-1 urgent To both\nof you', 'Reviewer urgent To both\nof you'])
  await page.getByText('0 of 2 delivered').waitFor()
})

test('Enter held down sends what was written once', async () => {
  await page.keyboard.press('Enter')
  await page.keyboard.type('only once')
  await pressEnterTwice(page)
  await page.getByText('waiting: the queue is paused').waitFor()
  // Behind whatever was sent before it.
  await desk.pipe.call('message.send', { to: 'Reviewer', text: 'the last' })
  expect(await sent()).toEqual(['Agent-1 normal only once', 'Reviewer normal the last'])
})

test('a refused message is kept with the reason, and nobody is left without the focus', async () => {
  await desk.pipe.call('settings.set', { changes: { queue: { limit: 1 } } })
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'the one that fits' })
  await page.keyboard.press('Enter')
  await page.keyboard.type('one too many')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'wait already' }).waitFor()
  await expect.poll(focused, soon).toEqual({ title: 'Waggle: write', width: 520 })
  await desk.pipe.call('settings.set', { changes: { queue: { limit: null } } })
  xdotool('key', 'Return')
  await expect.poll(sent, soon).toEqual(['Agent-1 normal one too many', 'Agent-1 normal the one that fits'])
})

test('a shortcut that is taken is said where the settings are, and a free one works at once', async () => {
  const both = { quickSend: 'Ctrl+Alt+M', stop: 'Ctrl+Alt+M' }
  const { problems } = await desk.pipe.call('settings.set', { changes: { shortcuts: both } })
  expect(problems?.join()).toContain('it is the shortcut that opens quick send')
  const mended = await desk.pipe.call('settings.set', { changes: { shortcuts: { stop: null } } })
  expect(mended.problems).toBe(undefined)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect.poll(isShown, soon).toBe(false)
  xdotool('key', 'ctrl+alt+m')
  await expect.poll(isShown, soon).toBe(true)
})
