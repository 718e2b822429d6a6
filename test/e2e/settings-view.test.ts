import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import type { Settings } from '../../src/contract/settings'
import { axeFindings } from '../harness/axe'
import { launchApp, type LaunchedApp } from '../harness/app'
import { openDesk, type Desk } from '../harness/desk'

// The settings as a person changes them, by keyboard wherever that is how they would.

const soon = { timeout: 10_000 }

let desk: Desk<LaunchedApp>
let page: Page

beforeEach(async () => {
  desk = await openDesk(launchApp)
  page = await desk.waggle.app.firstWindow()
  await page.getByRole('button', { name: 'Settings' }).waitFor()
  await page.keyboard.press('Control+,')
  await page.getByRole('heading', { name: 'While you are at the desk' }).waitFor()
})

const settings = async () => (await desk.pipe.call('settings.get', {})).settings
const expectSettings = (wanted: unknown) =>
  expect.poll(settings, soon).toMatchObject(wanted as Partial<Settings>)
const field = (name: string) => page.getByRole('textbox', { name })
const type = async (name: string, text: string) => {
  await field(name).fill(text)
  await page.keyboard.press('Enter')
}

test('what is typed is saved and holds at once, and one press puts the default back', async () => {
  await type('Attempts', '3')
  await expectSettings({ delivery: { attempts: 3 } })
  const stored = JSON.parse(readFileSync(join(desk.home, 'settings.json'), 'utf8')) as unknown
  expect(stored).toMatchObject({ delivery: { attempts: 3 } })
  await page.getByRole('button', { name: 'Put “Attempts” back to its default' }).click()
  await expectSettings({ delivery: { attempts: 5 } })
  await expect.poll(async () => field('Attempts').inputValue(), soon).toBe('5')
  await type('Attempts', '9')
  await expectSettings({ delivery: { attempts: 9 } })
  await type('Attempts', '')
  await expectSettings({ delivery: { attempts: 5 } })
  await expect.poll(async () => field('Attempts').inputValue(), soon).toBe('5')
})

test('what cannot be is told at its field, stays there to be mended, and changes nothing; Escape takes it back', async () => {
  await type('The same, for urgent messages', '5')
  await page.getByRole('alert').filter({ hasText: 'Too small: 100 is the least.' }).waitFor()
  await type('Attempts', 'many')
  await page.getByRole('alert').filter({ hasText: '“many” is not a number.' }).waitFor()
  await type('Lock file', 'desktop')
  await page.getByRole('alert').filter({ hasText: 'whole path' }).waitFor()
  expect(await field('Attempts').inputValue()).toBe('many')
  await field('Attempts').press('Escape')
  expect(await field('Attempts').inputValue()).toBe('5')
  expect(await settings()).toEqual((await desk.pipe.call('settings.get', {})).defaults)
})

test('beside the days after which the history goes, one press exports all of it', async () => {
  await desk.pipe.call('queue.pause', {})
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [9, 9] })
  for (const text of ['the first', 'the second']) {
    const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text })
    await desk.pipe.call('message.cancel', { id: messages[0]?.id ?? '' })
  }
  const path = join(desk.home, 'export.jsonl')
  await desk.waggle.app.evaluate(({ session }, to) => {
    session.defaultSession.once('will-download', (_, item) => item.setSavePath(to))
  }, path)
  await page.getByRole('button', { name: 'Export the history' }).click()
  const lines = () => (existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [])
  await expect.poll(() => lines().length, soon).toBe(2)
  expect(lines().map((line) => (JSON.parse(line) as { text: string }).text)).toEqual([
    'the second',
    'the first',
  ])
})

test('choices and switches work by keyboard', async () => {
  await page.getByRole('radio', { name: 'Put back' }).focus()
  await page.keyboard.press('ArrowRight')
  await expectSettings({ drafts: 'hold' })
  await page.getByRole('radio', { name: 'System' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expectSettings({ theme: 'dark' })
  await page.getByRole('switch', { name: 'Start at login' }).focus()
  await page.keyboard.press('Space')
  await expectSettings({ startAtLogin: true })
})

test('a shortcut is recorded by pressing it, refused when it would take a letter from every program, and removed', async () => {
  const stop = page.getByRole('button', { name: /^Stop now/ })
  await stop.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+K')
  await expectSettings({ shortcuts: { stop: 'CommandOrControl+Alt+K' } })
  await stop.press('Enter')
  await page.keyboard.press('p')
  await page.getByRole('alert').filter({ hasText: 'Needs Ctrl, Alt or Cmd' }).waitFor()
  expect((await desk.pipe.call('queue.status', {})).paused).toBe(false)
  await stop.press('Enter')
  await page.keyboard.press('Escape')
  expect((await settings()).shortcuts.stop).toBe('CommandOrControl+Alt+K')
  await stop.press('Enter')
  await page.keyboard.press('Backspace')
  await expectSettings({ shortcuts: { stop: '' } })
})

test('a profile is added, changed field by field, kept while an agent uses it, and removed', async () => {
  await type('Name of the new profile', 'Slack v2.1')
  await page
    .getByRole('radiogroup', { name: 'Slack v2.1: Send' })
    .getByRole('radio', { name: 'Ctrl Enter' })
    .click()
  await expectSettings({ profiles: { 'Slack v2.1': { base: 'chat', submit: 'ctrl+enter' } } })
  await page
    .getByRole('radiogroup', { name: 'Slack v2.1: Read back' })
    .getByRole('radio', { name: 'No' })
    .click()
  await expectSettings({ profiles: { 'Slack v2.1': { readBack: false } } })
  await desk.pipe.call('agent.set', { name: 'Agent-1', profile: 'Slack v2.1' })
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alert').filter({ hasText: 'used by Agent-1' }).waitFor()
  await desk.pipe.call('agent.set', { name: 'Agent-1', profile: 'chat' })
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect.poll(async () => (await settings()).profiles, soon).toEqual({})
  await type('Name of the new profile', 'terminal')
  await page.getByRole('alert').filter({ hasText: 'come with Waggle' }).waitFor()
})

test('what another door or a hand in the file changes is shown', async () => {
  await desk.pipe.call('settings.set', { changes: { queue: { limit: 77 } } })
  await expect.poll(async () => field('Most messages waiting').inputValue(), soon).toBe('77')
})

test.each(['light', 'dark'] as const)(
  'axe finds nothing in it, %s, with a profile open and a field refused',
  async (theme) => {
    await desk.pipe.call('settings.set', { changes: { profiles: { Slack: { submit: 'none' } }, theme } })
    await page.getByRole('button', { name: 'Change the profile Slack' }).click()
    await type('Attempts', 'many')
    await page.getByRole('alert').waitFor()
    await page.getByText('The X display').waitFor()
    expect(await axeFindings(page)).toEqual([])
  },
)

test('the doctor’s checks are shown with what is amiss first', async () => {
  const checks = page.getByRole('region', { name: 'What deliveries need' }).getByRole('listitem')
  await checks.filter({ hasText: 'The X display' }).waitFor()
  await desk.pipe.call('agent.set', { name: 'Agent-1' })
  await page.getByRole('button', { name: 'Check again' }).click()
  await checks.first().filter({ hasText: 'Agent-1 has no point yet' }).waitFor()
  expect(await checks.first().innerText()).toContain('in the way')
})

test('whose work Waggle stands on is told in its about pane, each with its licence', async () => {
  await page.getByRole('button', { name: 'Third-party notices' }).click()
  const notices = page.getByRole('group', { name: 'Third-party notices' })
  // What is bundled into the page, its fonts, the command line's, and what the package brings as it is.
  for (const name of ['react-dom@', '@fontsource-variable/inter@', 'commander@', '@photostructure/sqlite@'])
    await notices.getByRole('heading', { name }).first().waitFor()
  expect(await notices.textContent()).toMatch(/SIL OPEN FONT LICENSE.*Permission is hereby granted/is)
  expect(await axeFindings(page)).toEqual([])
})
