import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Failure } from '../../src/contract/failure'
import type { Outcome } from '../../src/main/queue/message-store'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { systemClock } from '../../src/main/clock'
import { launchApp, type LaunchedApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'

// The queue and the history in the real window, by keyboard and mouse, over a database with a past.

const soon = { timeout: 10_000 }
const timings = { waitMs: 5, deliveryMs: 80, steps: [{ step: 'paste' as const, ms: 40 }] }
const failure: Failure = { code: 'text-mismatch', message: 'What was read back was not the message.' }

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
  page.setDefaultTimeout(10_000)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
})

afterAll(async () => {
  pipe.close()
  await waggle.close()
  home.remove()
})

/** 300 delivered, one failed and one in doubt, all of just now; the queue is paused. */
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
  for (const [text, outcome] of past) {
    const message = { to: 'Agent-1', from: 'script', text, priority: 'normal', submit: true } as const
    const [inserted] = await store.insert([message])
    const id = inserted?.message.id ?? ''
    store.begin(id)
    store.finish(id, outcome, timings)
  }
  store.close()
}

beforeEach(async () => {
  const { messages } = await pipe.call('message.list', { states: ['queued'], limit: 1000 })
  for (const { id } of messages) await pipe.call('message.cancel', { id })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.evaluate('document.activeElement?.blur()')
  await page.keyboard.press('1')
  await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor()
})

const list = (name: string) => page.getByRole('listbox', { name })
const rows = (name: string) => list(name).getByRole('option')
const textOf = (name: string) => rows(name).allInnerTexts()

async function send(count: number, values: object = {}): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await pipe.call('message.send', { to: 'Agent-1', from: `s${n % 2}`, text: `message ${n}`, ...values })
  }
}

describe('the queue', () => {
  test('shows who goes next in the true order, and an urgent one first', async () => {
    await pipe.call('message.send', { to: 'Agent-1', from: 'a', text: 'a1' })
    await pipe.call('message.send', { to: 'Agent-1', from: 'a', text: 'a2' })
    await pipe.call('message.send', { to: 'Agent-1', from: 'b', text: 'b1' })
    await pipe.call('message.send', { to: 'Agent-2', from: 'c', text: 'hurry', priority: 'urgent' })
    await rows('Next').nth(3).waitFor()
    await expect
      .poll(async () => (await textOf('Next')).map((row) => /a1|a2|b1|hurry/.exec(row)?.[0]), soon)
      .toEqual(['hurry', 'a1', 'b1', 'a2'])
  })

  test('a change is on the screen within 100 ms', async () => {
    await send(3)
    await rows('Next').nth(2).waitFor()
    await page.evaluate(`{
      window.seenAt = undefined
      const find = () => {
        if (document.body.innerText.includes('brand new')) window.seenAt = Date.now()
        else requestAnimationFrame(find)
      }
      find()
    }`)
    const { messages } = await pipe.call('message.send', { to: 'Agent-2', from: 'x', text: 'brand new' })
    await expect.poll(async () => page.evaluate<number | undefined>('window.seenAt'), soon).toBeDefined()
    const seenAt = await page.evaluate<number>('window.seenAt')
    expect(seenAt - Date.parse(messages[0]?.createdAt ?? '')).toBeLessThan(100)
  })

  test('several are selected by keys alone and made urgent, and others cancelled', async () => {
    await send(4)
    await rows('Next').nth(3).waitFor()
    await list('Next').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Space')
    await page.keyboard.press('u')
    await expect.poll(async () => (await textOf('Next'))[0], soon).toContain('urgent')
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByRole('heading', { name: '2 selected' }).waitFor()
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await textOf('Next')).length, soon).toBe(2)
    await list('Next').focus()
    await page.keyboard.press('Control+a')
    await page.getByRole('heading', { name: '2 selected' }).waitFor()
    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('No message waits.').waitFor()
  })

  test('10,000 that wait are scrolled through to the last one', async () => {
    const limit = 9_990
    const texts = Array.from({ length: limit }, (_, n) => n)
    const clients = await Promise.all(Array.from({ length: 8 }, async () => openPipeClient(waggle.endpoint)))
    await Promise.all(
      texts.map((n) =>
        clients[n % 8]?.call('message.send', { to: 'Agent-1', from: 'bulk', text: `many ${n}.` }),
      ),
    )
    for (const client of clients) client.close()
    await page.getByText(limit.toLocaleString('en')).first().waitFor()
    await list('Next').focus()
    await page.keyboard.press('End')
    await rows('Next')
      .filter({ hasText: `${limit.toLocaleString('en')}` })
      .waitFor()
    expect(await rows('Next').count()).toBeLessThan(80)
    await page.keyboard.press('Home')
    await rows('Next').filter({ hasText: 'many 0.' }).waitFor()
    await page.keyboard.press('Control+a')
    await page.getByRole('heading', { name: '9,990 selected' }).waitFor()
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await pipe.call('queue.status', {})).depth, { timeout: 50_000 }).toBe(0)
  }, 120_000)

  test('a doubt stands above, is explained, and is settled there', async () => {
    const { messages } = await pipe.call('message.list', { states: ['in-doubt'] })
    await rows('Needs you').filter({ hasText: 'a doubtful one' }).click()
    await page.getByText('It arrived: kept as delivered, and nothing is typed.').waitFor()
    await page.getByRole('button', { name: 'It arrived', exact: true }).click()
    await rows('Needs you').filter({ hasText: 'a doubtful one' }).waitFor({ state: 'detached' })
    const settled = await pipe.call('message.get', { id: messages[0]?.id ?? '' })
    expect(settled).toMatchObject({ state: 'delivered', proof: null })
  })

  test('a failed one tells why and what to do, and can be dismissed without being lost', async () => {
    await rows('Needs you').filter({ hasText: 'a failed one' }).click()
    await page.getByText('What was read back was not the message.').waitFor()
    await page.getByText('a profile without read-back may suit it').waitFor()
    await page.keyboard.press('Escape')
    await rows('Needs you')
      .filter({ hasText: 'a failed one' })
      .click({ modifiers: ['Control'] })
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('heading', { name: 'Needs you' }).waitFor({ state: 'detached' })
    expect((await pipe.call('message.list', { states: ['failed'] })).messages).toHaveLength(1)
  })

  test('one agent is paused from the header, and its messages say so', async () => {
    await send(1)
    await page.getByRole('button', { name: 'Pause one agent' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Agent-1' }).click()
    await expect
      .poll(async () => (await pipe.call('queue.status', {})).perAgent['Agent-1']?.paused, soon)
      .toBe(true)
    await page.keyboard.press('Escape')
    await rows('Next').filter({ hasText: 'paused' }).waitFor()
    await pipe.call('queue.resume', { agent: 'Agent-1' })
  })
})

describe('the history', () => {
  test('loads more as it is walked through, and narrows by agent, state, period and words', async () => {
    await page.keyboard.press('3')
    await page.getByRole('searchbox').fill('old')
    await rows('History').filter({ hasText: 'old message 299' }).waitFor()
    await list('History').focus()
    await expect
      .poll(async () => {
        await page.keyboard.press('End')
        return (await textOf('History')).join('\n')
      }, soon)
      .toContain('old message 0')
    await page.getByRole('searchbox').fill('')
    await page.getByRole('combobox', { name: 'State' }).selectOption('failed')
    await expect.poll(async () => (await textOf('History')).length, soon).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('combobox', { name: 'Agent' }).selectOption('Agent-2')
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
    await page.keyboard.press('/')
    await page.keyboard.type('message 299')
    await expect.poll(async () => (await textOf('History')).join(), soon).toContain('old message 299')
    await expect.poll(async () => (await textOf('History')).length, soon).toBe(1)
  })

  test('comes back as it was after a reload', async () => {
    await page.keyboard.press('3')
    await page.getByRole('searchbox').fill('message 29')
    await page.getByRole('combobox', { name: 'Period' }).selectOption('day')
    await expect
      .poll(async () => page.evaluate('location.hash'), soon)
      .toBe('#history?text=message+29&period=day')
    await page.reload()
    await expect.poll(async () => (await textOf('History')).length, soon).toBe(11)
    expect(await page.getByRole('searchbox').inputValue()).toBe('message 29')
    await page.getByRole('button', { name: 'Clear filters' }).click()
  })

  test('charts say in words what they draw', async () => {
    await page.keyboard.press('3')
    const chart = page.getByRole('img', { name: /30\d delivered/ })
    await chart.waitFor()
    await page.getByRole('img', { name: 'Half of the deliveries took less than 80 ms' }).waitFor()
  })

  test('a message is shown with its steps, copied, and sent again', async () => {
    await page.keyboard.press('3')
    await page.getByRole('searchbox').fill('message 123')
    await rows('History').filter({ hasText: 'old message 123' }).click()
    await page.getByText('paste 40').waitFor()
    await page.getByRole('button', { name: 'Copy text' }).click()
    const clipboard = async () => waggle.app.evaluate(({ clipboard }) => clipboard.readText())
    await expect.poll(clipboard, soon).toBe('old message 123')
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(async () => (await pipe.call('queue.status', {})).depth, soon).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
  })

  test('is exported as a file with every message that fits', async () => {
    await page.keyboard.press('3')
    await page.getByRole('searchbox').fill('message 29')
    await expect.poll(async () => (await textOf('History')).length, soon).toBe(11)
    const path = join(home.path, 'export.csv')
    await waggle.app.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_, item) => item.setSavePath(path))
    }, path)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'As CSV' }).click()
    await expect.poll(() => read(path).split('\r\n').length, soon).toBe(13)
    expect(read(path)).toMatch(/^id,createdAt,/)
    await page.getByRole('button', { name: 'Clear filters' }).click()
  })
})

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

describe('the keyboard and those who cannot see', () => {
  test('? shows every key, and Escape gives the focus back', async () => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.getByText('Search the history').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('changes are announced politely, and not more often than one can listen to', async () => {
    await page.evaluate(`{
      window.said = []
      const status = document.querySelector('[role=status]')
      new MutationObserver(() => window.said.push(status.textContent)).observe(status, { characterData: true, subtree: true, childList: true })
    }`)
    for (const agent of ['Agent-1', 'Agent-2']) await pipe.call('queue.pause', { agent })
    await pipe.call('queue.resume', {})
    for (let n = 1; n <= 20; n += 1) {
      await send(1)
      await page
        .getByRole('banner')
        .getByText(n === 1 ? '1 message waits' : `${n} messages wait`)
        .waitFor()
    }
    const said = async () => page.evaluate<string[]>('window.said')
    await expect.poll(async () => (await said()).at(-1), soon).toContain('20 messages wait')
    expect((await said()).length).toBeLessThanOrEqual(3)
    await pipe.call('queue.pause', {})
    for (const agent of ['Agent-1', 'Agent-2']) await pipe.call('queue.resume', { agent })
  })

  test.each(['light', 'dark'] as const)('axe finds nothing in any view: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await send(2)
    for (const view of ['Queue', 'Agents', 'History', 'Settings']) {
      await page.getByRole('navigation').getByRole('button', { name: view }).click()
      await page.getByRole('heading', { name: view, level: 1 }).waitFor()
      if (view === 'History') await rows('History').first().click()
      expect({ view, found: await violations() }).toEqual({ view, found: [] })
    }
    await page.keyboard.press('?')
    expect({ view: 'keyboard', found: await violations() }).toEqual({ view: 'keyboard', found: [] })
    await page.keyboard.press('Escape')
  })
})

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every rule that axe has, broken by what is shown now. Evaluated past the page's policy, which lets no script in. */
async function violations(): Promise<string[]> {
  return page.evaluate<string[]>(`(async () => {
    if (!window.axe) { ${axe} }
    const { violations } = await window.axe.run()
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | '))
  })()`)
}
