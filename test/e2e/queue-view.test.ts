import { expect, test } from 'vitest'
import { openPipeClient } from '../harness/pipe-client'
import { pressEnterTwice } from '../harness/press-twice'
import { soon, useWindowWithPast } from '../harness/window-with-past'

// The queue in the real window, by keyboard and mouse.

const desk = useWindowWithPast()

test('shows who goes next in the true order, and an urgent one first', async () => {
  await desk.pipe.call('message.send', { to: 'Agent-1', from: 'a', text: 'a1' })
  await desk.pipe.call('message.send', { to: 'Agent-1', from: 'a', text: 'a2' })
  await desk.pipe.call('message.send', { to: 'Agent-1', from: 'b', text: 'b1' })
  await desk.pipe.call('message.send', { to: 'Agent-2', from: 'c', text: 'hurry', priority: 'urgent' })
  await desk.rows('Next').nth(3).waitFor()
  await expect
    .poll(async () => (await desk.textOf('Next')).map((row) => /a1|a2|b1|hurry/.exec(row)?.[0]), soon)
    .toEqual(['hurry', 'a1', 'b1', 'a2'])
})

test('a change is shown without asking', async () => {
  await desk.send(3)
  await desk.rows('Next').nth(2).waitFor()
  await desk.pipe.call('message.send', { to: 'Agent-2', from: 'x', text: 'brand new' })
  await desk.rows('Next').filter({ hasText: 'brand new' }).waitFor()
})

test('Enter held down sends what was written once, and what is written meanwhile stays', async () => {
  const field = desk.page.getByRole('textbox', { name: 'Message' })
  await field.fill('only once')
  await pressEnterTwice(desk.page, 'the next')
  await expect.poll(async () => field.inputValue(), soon).toBe('the next')
  await field.fill('')
  // Behind whatever was sent before it.
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'the last' })
  const { messages } = await desk.pipe.call('message.list', { states: ['queued'] })
  expect(messages.map(({ text }) => text)).toEqual(['the last', 'only once'])
})

test('several are selected by keys alone and made urgent, and others cancelled', async () => {
  await desk.send(4)
  await desk.rows('Next').nth(3).waitFor()
  await desk.list('Next').focus()
  await desk.page.keyboard.press('End')
  await desk.page.keyboard.press('Space')
  await desk.page.keyboard.press('u')
  await expect.poll(async () => (await desk.textOf('Next'))[0], soon).toContain('urgent')
  await desk.page.keyboard.press('Home')
  await desk.page.keyboard.press('Shift+ArrowDown')
  await desk.page.getByRole('heading', { name: '2 selected' }).waitFor()
  await desk.page.keyboard.press('Delete')
  await expect.poll(async () => (await desk.textOf('Next')).length, soon).toBe(2)
  await desk.list('Next').focus()
  await desk.page.keyboard.press('Control+a')
  await desk.page.getByRole('heading', { name: '2 selected' }).waitFor()
  await desk.page.getByRole('button', { name: /^Cancel/ }).click()
  await desk.page.getByText('No message waits.').waitFor()
})

test('a doubt stands above, is explained, and is settled there', async () => {
  const { messages } = await desk.pipe.call('message.list', { states: ['in-doubt'] })
  await desk.rows('Needs you').filter({ hasText: 'a doubtful one' }).click()
  await desk.page.getByText('It arrived: kept as delivered, and nothing is typed.').waitFor()
  await desk.page.getByRole('button', { name: 'It arrived', exact: true }).click()
  await desk.rows('Needs you').filter({ hasText: 'a doubtful one' }).waitFor({ state: 'detached' })
  const settled = await desk.pipe.call('message.get', { id: messages[0]?.id ?? '' })
  expect(settled).toMatchObject({ state: 'delivered', proof: null })
})

test('a failed one tells why and what to do, and can be dismissed without being lost', async () => {
  await desk.rows('Needs you').filter({ hasText: 'a failed one' }).click()
  await desk.page.getByText('What was read back was not the message.').waitFor()
  await desk.page.getByText('a profile without read-back may suit it').waitFor()
  await desk.page.keyboard.press('Escape')
  await desk
    .rows('Needs you')
    .filter({ hasText: 'a failed one' })
    .click({ modifiers: ['Control'] })
  await desk.page.getByRole('button', { name: 'Dismiss' }).click()
  await desk.page.getByRole('heading', { name: 'Needs you' }).waitFor({ state: 'detached' })
  expect((await desk.pipe.call('message.list', { states: ['failed'] })).messages).toHaveLength(1)
})

test('one agent is paused from the header, and its messages say so', async () => {
  await desk.send(1)
  await desk.page.getByRole('button', { name: 'Pause one agent' }).click()
  await desk.page.getByRole('menuitemcheckbox', { name: 'Agent-1' }).click()
  await expect
    .poll(async () => (await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.paused, soon)
    .toBe(true)
  await desk.page.keyboard.press('Escape')
  await desk.rows('Next').filter({ hasText: 'paused' }).waitFor()
  await desk.pipe.call('queue.resume', { agent: 'Agent-1' })
})

test('10,000 that wait are scrolled through to the last one', async () => {
  const limit = 9_990
  const texts = Array.from({ length: limit }, (_, n) => n)
  const clients = await Promise.all(
    Array.from({ length: 8 }, async () => openPipeClient(desk.waggle.endpoint)),
  )
  await Promise.all(
    texts.map(async (n) =>
      clients[n % 8]?.call('message.send', { to: 'Agent-1', from: 'bulk', text: `many ${n}.` }),
    ),
  )
  for (const client of clients) client.close()
  // The list itself: the header's count comes by another way and may be ahead of it.
  await desk.list('Next').locator(`[aria-setsize="${limit}"]`).first().waitFor()
  await desk.list('Next').focus()
  await desk.page.keyboard.press('End')
  await desk
    .rows('Next')
    .filter({ hasText: limit.toLocaleString('en') })
    .waitFor()
  expect(await desk.rows('Next').count()).toBeLessThan(80)
  await desk.page.keyboard.press('Home')
  await desk.rows('Next').filter({ hasText: 'many 0.' }).waitFor()
  await desk.page.keyboard.press('Control+a')
  await desk.page.getByRole('heading', { name: '9,990 selected' }).waitFor()
}, 120_000)
