import { expect, test } from 'vitest'
import { axeFindings } from '../harness/axe'
import { soon, useWindowWithPast } from '../harness/window-with-past'

// The window for those who use the keyboard alone, or hear it instead of seeing it.

const desk = useWindowWithPast()

test('? shows every key, and Escape gives the focus back', async () => {
  await desk.page.keyboard.press('?')
  await desk.page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await desk.page.getByText('Search the history').waitFor()
  await desk.page.keyboard.press('Escape')
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('changes are announced politely, and not more often than one can listen to', async () => {
  const startMs = performance.now()
  await desk.page.evaluate(`{
    window.said = []
    const status = document.querySelector('[role=status]')
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, { characterData: true, subtree: true, childList: true })
  }`)
  for (const agent of ['Agent-1', 'Agent-2']) await desk.pipe.call('queue.pause', { agent })
  await desk.pipe.call('queue.resume', {})
  for (let n = 1; n <= 20; n += 1) {
    await desk.send(1)
    await desk.page
      .getByRole('banner')
      .getByText(n === 1 ? '1 message waits' : `${n} messages wait`)
      .waitFor()
  }
  const said = async () => desk.page.evaluate<string[]>('window.said')
  await expect.poll(async () => (await said()).at(-1), soon).toContain('20 messages wait')
  const elapsedMs = performance.now() - startMs
  // At most one in 4 s; one each may have been under way when the counting began and when it ended.
  expect((await said()).length).toBeLessThanOrEqual(elapsedMs / 4000 + 2)
  await desk.pipe.call('queue.pause', {})
  for (const agent of ['Agent-1', 'Agent-2']) await desk.pipe.call('queue.resume', { agent })
})

test.each(['light', 'dark'] as const)('axe finds nothing in any view: %s', async (colorScheme) => {
  await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await desk.send(2)
  for (const view of ['Queue', 'Agents', 'History', 'Settings']) {
    await desk.page.getByRole('navigation').getByRole('button', { name: view }).click()
    await desk.page.getByRole('heading', { name: view, level: 1 }).waitFor()
    if (view === 'History') await desk.rows('History').first().click()
    expect({ view, found: await axeFindings(desk.page) }).toEqual({ view, found: [] })
  }
  await desk.page.keyboard.press('?')
  expect({ view: 'keyboard', found: await axeFindings(desk.page) }).toEqual({ view: 'keyboard', found: [] })
  await desk.page.keyboard.press('Escape')
})
