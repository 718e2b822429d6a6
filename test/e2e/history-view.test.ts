import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { soon, useWindowWithPast } from '../harness/window-with-past'

// The history in the real window, by keyboard and mouse.

const desk = useWindowWithPast()
const clipboard = async () => desk.waggle.app.evaluate(({ clipboard }) => clipboard.readText())

test('loads more as it is walked through, and narrows by agent, state, period and words', async () => {
  await desk.page.keyboard.press('3')
  await desk.page.getByRole('searchbox').fill('old')
  await desk.rows('History').filter({ hasText: 'old message 299' }).waitFor()
  await desk.list('History').focus()
  await expect
    .poll(async () => {
      await desk.page.keyboard.press('End')
      return (await desk.textOf('History')).join('\n')
    }, soon)
    .toContain('old message 0')
  await desk.page.getByRole('searchbox').fill('')
  await desk.page.getByRole('combobox', { name: 'State' }).selectOption('failed')
  await expect.poll(async () => (await desk.textOf('History')).length, soon).toBe(1)
  await desk.page.getByRole('button', { name: 'Clear filters' }).click()
  await desk.page.getByRole('combobox', { name: 'Agent' }).selectOption('Agent-2')
  await desk.page.getByRole('button', { name: 'Clear filters' }).first().click()
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('message 299')
  await expect.poll(async () => (await desk.textOf('History')).join(), soon).toContain('old message 299')
  await expect.poll(async () => (await desk.textOf('History')).length, soon).toBe(1)
})

test('comes back as it was after a reload', async () => {
  await desk.page.keyboard.press('3')
  await desk.page.getByRole('searchbox').fill('message 29')
  await desk.page.getByRole('combobox', { name: 'Period' }).selectOption('day')
  await expect
    .poll(async () => desk.page.evaluate('location.hash'), soon)
    .toBe('#history?text=message+29&period=day')
  await desk.page.reload()
  await expect.poll(async () => (await desk.textOf('History')).length, soon).toBe(11)
  expect(await desk.page.getByRole('searchbox').inputValue()).toBe('message 29')
  await desk.page.getByRole('button', { name: 'Clear filters' }).click()
})

test('charts say in words what they draw', async () => {
  await desk.page.keyboard.press('3')
  const chart = desk.page.getByRole('img', { name: /30\d delivered/ })
  await chart.waitFor()
  await desk.page.getByRole('img', { name: 'Half of the deliveries took less than 80 ms' }).waitFor()
})

test('a message is shown with its steps, copied, and sent again', async () => {
  await desk.page.keyboard.press('3')
  await desk.page.getByRole('searchbox').fill('message 123')
  await desk.rows('History').filter({ hasText: 'old message 123' }).click()
  await desk.page.getByText('paste 40').waitFor()
  await desk.page.getByRole('button', { name: 'Copy text' }).click()
  await expect.poll(clipboard, soon).toBe('old message 123')
  await desk.page.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(async () => (await desk.pipe.call('queue.status', {})).depth, soon).toBe(1)
  await desk.page.getByRole('button', { name: 'Clear filters' }).click()
})

test('is exported as a file with every message that fits', async () => {
  await desk.page.keyboard.press('3')
  await desk.page.getByRole('searchbox').fill('message 29')
  await expect.poll(async () => (await desk.textOf('History')).length, soon).toBe(11)
  const path = join(desk.home, 'export.csv')
  await desk.waggle.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_, item) => item.setSavePath(path))
  }, path)
  await desk.page.getByRole('button', { name: 'Export' }).click()
  await desk.page.getByRole('menuitem', { name: 'As CSV' }).click()
  await expect.poll(() => read(path).split('\r\n').length, soon).toBe(13)
  expect(read(path)).toMatch(/^id,createdAt,/)
  await desk.page.getByRole('button', { name: 'Clear filters' }).click()
})

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
