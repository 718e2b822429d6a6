import { expect, test } from 'vitest'
import { axeFindings } from '../harness/axe'
import { soon, useWindowWithPast } from '../harness/window-with-past'

// Answers, exchanges, inboxes and what is held, in the real window.

const desk = useWindowWithPast()

/** A message of the person's own, and the answer of its agent. */
async function answered(text: string): Promise<{ readonly question: string; readonly answer: string }> {
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', from: 'you', text: `${text}?` })
  const question = messages[0]?.id ?? ''
  const { id: answer } = await desk.pipe.call('message.reply', { id: question, text: `${text}: yes` })
  return { question, answer }
}

test('an answer to the person is shown as such, counted, opened in its exchange, answered and marked as read', async () => {
  const { question, answer } = await answered('green')
  await desk.rows('Answers to you').filter({ hasText: 'green: yes' }).click()
  const exchange = desk.page.getByRole('region', { name: 'Exchange' })
  await expect
    .poll(async () => exchange.getByRole('listitem').allInnerTexts(), soon)
    .toEqual([
      expect.stringMatching(/you → Agent-1[^]*green\?$/),
      expect.stringMatching(/Agent-1 → you[^]*not read yet[^]*green: yes$/),
    ])
  // The answer, and the queue's own message.
  await desk.page.getByRole('button', { name: 'Queue 1 answer 1' }).waitFor()
  expect(await axeFindings(desk.page)).toEqual([])
  await desk.page.getByRole('button', { name: 'Reply' }).click()
  await desk.page.getByRole('textbox', { name: /^Reply to Agent-1/ }).fill('thank you')
  await desk.page.keyboard.press('Enter')
  await exchange.getByText('thank you').waitFor()
  const { messages } = await desk.pipe.call('message.thread', { id: question })
  expect(messages.at(-1)).toMatchObject({ from: 'you', to: 'Agent-1', replyTo: answer, thread: question })
  // Whoever answers it has read it.
  await desk.page.getByRole('heading', { name: 'Answers to you' }).waitFor({ state: 'detached' })
  expect(await desk.pipe.call('message.get', { id: answer })).toMatchObject({
    state: 'delivered',
    proof: 'taken',
  })
})

test('one answer is marked as read by itself, or all that are shown at once', async () => {
  for (const text of ['first', 'second', 'third']) await answered(text)
  await desk.rows('Answers to you').filter({ hasText: 'second: yes' }).click()
  await desk.page.getByRole('button', { name: 'Mark as read' }).click()
  await expect.poll(async () => desk.rows('Answers to you').count(), soon).toBe(2)
  expect(await desk.rows('Answers to you').allInnerTexts()).not.toContain(expect.stringContaining('second'))
  await desk.page.getByRole('button', { name: 'Mark all as read' }).click()
  await desk.page.getByRole('heading', { name: 'Answers to you' }).waitFor({ state: 'detached' })
})

test('of a question to several it is seen who has answered and who has not, as it happens', async () => {
  const { messages } = await desk.pipe.call('message.send', {
    to: ['Agent-1', 'Agent-2'],
    from: 'you',
    text: 'ready?',
  })
  const ids = messages.map(({ id }) => id)
  await desk.pipe.call('message.reply', { id: ids[1] ?? '', text: 'I am\nand so is the parser' })
  await desk.rows('Answers to you').filter({ hasText: 'I am' }).click()
  const asked = desk.page.getByRole('region', { name: 'Who has answered' })
  await expect
    .poll(async () => asked.innerText(), soon)
    .toMatch(
      /^Sent to 2 in one go\s+1 of 2 have answered\s+Agent-1\s+no answer\s+waiting: paused\s+Agent-2\s+I am$/,
    )
  expect(await axeFindings(desk.page)).toEqual([])
  await desk.pipe.call('message.reply', { id: ids[0] ?? '', text: 'now I am, too' })
  await asked.getByText('all have answered').waitFor()
  await desk.page.getByRole('button', { name: 'Mark all as read' }).click()
})

test('answers that came before the window was opened are there when it opens', async () => {
  await answered('early')
  await desk.page.reload()
  await desk.rows('Answers to you').filter({ hasText: 'early: yes' }).waitFor()
  await desk.page.getByRole('button', { name: 'Mark as read' }).first().click()
  await desk.page.getByRole('heading', { name: 'Answers to you' }).waitFor({ state: 'detached' })
})

test('what a guard holds is said with its reason, and one press lets it go', async () => {
  await desk.pipe.call('settings.set', { changes: { guards: { answers: 1 } } })
  const { answer } = await answered('loop')
  const { id } = await desk.pipe.call('message.reply', { id: answer, text: 'and again' })
  expect(await desk.pipe.call('message.get', { id })).toMatchObject({ failure: { code: 'held' } })
  await desk.page.getByRole('alert').filter({ hasText: '1 message is held.' }).waitFor()
  expect(await axeFindings(desk.page)).toEqual([])
  await desk.page.getByRole('button', { name: 'Let them go' }).click()
  await desk.page.getByRole('alert').waitFor({ state: 'detached' })
  expect((await desk.pipe.call('message.get', { id })).failure?.code).not.toBe('held')
  await desk.pipe.call('settings.set', { changes: { guards: { answers: null } } })
})

test('an agent without a window has its place, and its words are shown as they will be typed', async () => {
  await desk.pipe.call('agent.set', { name: 'Inbox', way: 'inbox', description: 'tests' })
  await desk.pipe.call('message.send', { to: 'Inbox', text: 'take me' })
  await desk.page.keyboard.press('2')
  const row = desk.page.getByRole('option').filter({ hasText: 'Inbox' })
  await expect
    .poll(async () => row.innerText(), soon)
    .toMatch(/takes its messages itself · tests[^]*1 in its inbox/)
  await row.click()
  const inbox = desk.page.getByRole('region', { name: 'In its inbox' })
  await expect
    .poll(async () => inbox.innerText(), soon)
    .toMatch(/script\s+take me\s+\d+ s[^]*waggle inbox Inbox --follow$/)
  expect(await axeFindings(desk.page)).toEqual([])
  await desk.page.getByRole('option').filter({ hasText: 'Agent-1' }).click()
  const words = desk.page.getByRole('textbox', { name: 'Words around its messages' })
  await words.fill('{text} (of {from}, for {to})')
  await desk.page.getByText('Please rebase. (of Agent-4, for Agent-1)').waitFor()
  await words.fill('nothing')
  await desk.page.getByText('This is neither signed nor answerable, and a template needs {text}.').waitFor()
  await words.fill('signed')
  await words.press('Enter')
  expect(await axeFindings(desk.page)).toEqual([])
  await expect
    .poll(async () => (await desk.pipe.call('agent.list', {})).agents[0]?.words, soon)
    .toBe('signed')
  await desk.pipe.call('message.take', { agent: 'Inbox' })
  await desk.pipe.call('agent.remove', { name: 'Inbox' })
  await desk.pipe.call('agent.set', { name: 'Agent-1', words: null })
})
