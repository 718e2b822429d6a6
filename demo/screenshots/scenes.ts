import type { Locator, Page } from 'playwright'
import type { Stage } from './stage'
import { inboxMessages, question, urgentMessage } from './cast'

/** One picture of the README, taken in light and dark. */
export interface Scene {
  readonly name: string
  /** The page that is taken; the window's own unless given. */
  pageOf?(stage: Stage): Promise<Page>
  /** In px; 960x640 unless given. The small window for a quick message has a size of its own. */
  readonly size?: { readonly width: number; readonly height: number }
  /** Brings the app to where the picture is taken, and waits until it can be seen; resolves with what is to be done once the picture is taken. */
  show(page: Page, stage: Stage): Promise<void | (() => Promise<void>)>
}

async function goTo(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: view }).click()
}

const rows = (page: Page, list: string) => page.getByRole('listbox', { name: list }).getByRole('option')

/** A view of its own is added here: its name, and how to get there. */
export const scenes: readonly Scene[] = [
  {
    name: 'queue',
    show: async (page, { holdDelivery }) => {
      await goTo(page, 'Queue')
      const letGo = await holdDelivery()
      await page.getByText(`Delivering to ${urgentMessage.to}`).first().waitFor()
      await rows(page, 'Next').filter({ hasText: 'window not found' }).first().waitFor()
      return letGo
    },
  },
  {
    name: 'history',
    show: async (page) => {
      await goTo(page, 'History')
      await rows(page, 'History').nth(4).waitFor()
      await page
        .getByText(/\d delivered/)
        .locator('visible=true')
        .first()
        .waitFor()
    },
  },
  {
    name: 'message',
    size: { width: 1240, height: 700 },
    show: async (page) => {
      await goTo(page, 'History')
      if (await page.getByRole('button', { name: 'It arrived' }).isVisible()) return
      await rows(page, 'History').filter({ hasText: 'Please look at the migration' }).click()
      await page.getByRole('button', { name: 'It arrived' }).waitFor()
    },
  },
  {
    name: 'thread',
    size: { width: 1240, height: 700 },
    show: async (page) => {
      await goTo(page, 'History')
      const exchange = page.getByRole('region', { name: 'Exchange' })
      if (!(await exchange.isVisible()))
        await rows(page, 'History').filter({ hasText: '02:00 is fine' }).click()
      await exchange.getByRole('listitem').nth(4).waitFor()
    },
  },
  {
    name: 'agents',
    show: async (page) => {
      await goTo(page, 'Agents')
      await page.getByText('Frontend').first().waitFor()
    },
  },
  {
    name: 'settings',
    show: async (page) => {
      await goTo(page, 'Settings')
      await page.getByText('While you are at the desk').waitFor()
    },
  },
  {
    name: 'quick-send',
    pageOf: async ({ quickSend }) => quickSend(),
    show: async (page) => {
      const find = page.getByRole('combobox', { name: 'Find an agent' })
      if (await find.isVisible()) await chooseAgent(find)
      await page.getByRole('textbox', { name: 'Message' }).fill(quickText)
    },
  },
  {
    name: 'question',
    size: { width: 1240, height: 700 },
    show: async (page, { client }) => {
      await answerQuestion(client)
      await goTo(page, 'Queue')
      const answer = rows(page, 'Answers to you').filter({ hasText: 'The migration is through' })
      await answer.waitFor()
      if (!(await page.getByRole('region', { name: 'Who has answered' }).isVisible())) await answer.click()
      await page.getByText('2 of 3 have answered').waitFor()
    },
  },
  {
    name: 'inbox',
    size: { width: 1240, height: 700 },
    show: async (page, { client }) => {
      const { agents } = await client.call('agent.list', {})
      if (!agents.some(({ name }) => name === 'Writer')) await fillInbox(client)
      await goTo(page, 'Agents')
      const writer = rows(page, 'Agents').filter({ hasText: 'Writer' })
      await writer.getByText('3 in its inbox').waitFor()
      if (!(await page.getByRole('complementary', { name: 'Writer' }).isVisible())) await writer.click()
      await page.getByRole('complementary', { name: 'Writer' }).waitFor()
    },
  },
  {
    name: 'onboarding',
    show: async (page) => {
      await goTo(page, 'Agents')
      await page.getByRole('button', { name: 'Onboard everyone…' }).click()
      await page.getByRole('button', { name: /^Send to \d agents$/ }).waitFor()
      return async () => page.keyboard.press('Escape')
    },
  },
  {
    name: 'first-run',
    show: async (page, { client }) => {
      const { agents } = await client.call('agent.list', {})
      for (const { name } of agents) await client.call('agent.remove', { name })
      await client.call('message.take', { agent: 'you' })
      await goTo(page, 'Agents')
      await page.getByText('Your first message in two minutes').waitFor()
    },
  },
]

const quickText = 'The schema has moved to src/contract. Please take the new one from there.'

async function chooseAgent(find: Locator): Promise<void> {
  await find.fill('Front')
  await find.press('Enter')
}

/** Two of the three who were asked answer, once. */
async function answerQuestion(client: Stage['client']): Promise<void> {
  const { messages } = await client.call('message.list', { from: 'you', states: ['delivered'], limit: 20 })
  const asked = messages.filter(({ text }) => text === question.text)
  for (const [name, text] of question.answers) {
    const id = asked.find(({ to }) => to === name)?.id ?? ''
    const { messages: thread } = await client.call('message.thread', { id })
    if (thread.length === 1) await client.call('message.reply', { id, text })
  }
}

async function fillInbox(client: Stage['client']): Promise<void> {
  const description = 'writes release notes, has no window'
  await client.call('agent.set', { name: 'Writer', way: 'inbox', description })
  for (const [from, text] of inboxMessages) await client.call('message.send', { to: 'Writer', from, text })
}
