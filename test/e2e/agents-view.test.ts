import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { launchApp, type LaunchedApp } from '../harness/app'
import { axeFindings } from '../harness/axe'
import { openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// The Agents view of the real app, over real windows.

const soon = { timeout: 10_000 }

let desk: AgentsDesk<LaunchedApp>
let page: Page

beforeEach(async () => {
  desk = await openAgentsDesk(launchApp, { agents: [{ name: 'Left' }, { name: 'Right' }] })
  page = await desk.waggle.app.firstWindow()
  await page.getByRole('button', { name: 'Agents' }).first().click()
})

/** As they are set; how they stand changes by itself. */
const listed = async (): Promise<Agent[]> => (await desk.pipe.call('agent.export', {})).agents
const agentNamed = async (name: string) => (await listed()).find((agent) => agent.name === name)
const row = (name: string) => page.getByRole('option').filter({ hasText: name })

/** An agent with everything set. */
async function addLeft(name = 'Agent-1'): Promise<Agent> {
  const { input } = await desk.agents.window('Left')
  await desk.pipe.call('agent.set', { name, at: input, window: '^Left', description: 'tests', enabled: true })
  await row(name).waitFor()
  return (await agentNamed(name)) as Agent
}

/** Clicks, with a person's mouse, into the input of that window on the picture of the screens. */
async function pointAt(window: string): Promise<void> {
  await expect.poll(() => desk.waggle.app.windows().some(isCover), soon).toBe(true)
  const cover = desk.waggle.app.windows().find(isCover) as Page
  await cover.getByText('Click into the input of').waitFor()
  xdotool('mousemove', ...(await desk.agents.window(window)).input)
  await cover.getByText(`${window}: chat`).waitFor()
  xdotool('click', 1)
}

/** Runs in the page. */
const clickThenBusy = (button: { click(): void }) => {
  button.click()
  const until = performance.now() + 1500
  while (performance.now() < until);
}

const isCover = (one: Page) => one.url().includes('calibrate.html')

test('from nothing to the first delivered message: point, test, send, see it arrive', async () => {
  await page.getByRole('heading', { name: 'Your first message in two minutes' }).waitFor()
  await page.getByRole('button', { name: 'Point at its input' }).click()
  await pointAt('Left')
  await page.getByText('Agent-1 lives in “Left: chat”.').first().waitFor()
  await page.getByRole('button', { name: 'Test Agent-1' }).click()
  await page.getByText('Everything up to the submit key works.').waitFor()
  await page.getByText('It is read by selecting and copying.').first().waitFor()
  expect(desk.agents.submissions()).toEqual([])
  expect(await desk.agents.readInput('Left')).toBe('')
  // The page comes to the answer only when the message has long arrived: it must not miss that.
  await page.getByRole('button', { name: 'Send', exact: false }).first().evaluate(clickThenBusy)
  await page.getByText('It arrived. From now on anyone can write to it:').waitFor()
  expect(desk.agents.submissions().map(({ agent, text }) => `${agent}: ${text}`)).toEqual([
    'Left: Hello from Waggle. Please answer with one word.',
  ])
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('heading', { name: 'Your first message' }).waitFor({ state: 'detached' })
  // What the test has learnt stays with the agent.
  const detail = page.getByRole('complementary', { name: 'Agent-1' })
  await detail.getByText(/^Tested \d/).waitFor()
  await detail.getByText('It is read by selecting and copying.').waitFor()
})

test('each agent is on the picture of the desktop, and one whose window is gone says so', async () => {
  await addLeft()
  const screens = page.getByRole('region', { name: 'The screens' })
  await screens.getByText('Left: chat').waitFor()
  await screens.getByRole('button', { name: 'Agent-1' }).waitFor()
  await desk.agents.close('Left')
  await row('window not found').waitFor()
  await screens.getByRole('button', { name: /^Agent-1: No window's title matches/ }).waitFor()
})

test('name, pattern, description and whether it is delivered to are changed where they stand', async () => {
  await addLeft()
  await row('Agent-1').click()
  await page.getByLabel('Description').fill('reviews')
  await page.getByLabel('Description').press('Enter')
  await expect.poll(async () => (await agentNamed('Agent-1'))?.description, soon).toBe('reviews')
  const pattern = page.getByLabel('Window title matches')
  await pattern.fill('chat')
  await page.getByText('Matches 2 windows:').waitFor()
  await pattern.fill('(')
  await page.getByText('not a regular expression yet').waitFor()
  await pattern.press('Escape')
  expect(await pattern.inputValue()).toBe('^Left')
  await pattern.fill('')
  await pattern.press('Enter')
  await expect.poll(async () => 'window' in ((await agentNamed('Agent-1')) ?? {}), soon).toBe(false)
  await page.getByLabel('Messages are delivered to it').uncheck()
  await expect.poll(async () => (await agentNamed('Agent-1'))?.enabled, soon).toBe(false)
  expect((await agentNamed('Agent-1'))?.calibration?.title).toBe('Left: chat')
})

test('a renamed agent takes what waits with it, and gets its old name back by Undo', async () => {
  await addLeft()
  await desk.pipe.call('queue.pause', {})
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text: 'wait', from: 'test' })
  await row('Agent-1').click()
  await page.getByLabel('Name').fill('Reviewer')
  await page.getByLabel('Name').press('Enter')
  await row('Reviewer').waitFor()
  const recipient = async () => (await desk.pipe.call('message.get', { id: messages[0]?.id ?? '' })).to
  expect(await recipient()).toBe('Reviewer')
  await page.getByRole('button', { name: 'Undo' }).click()
  await row('Agent-1').waitFor()
  expect(await recipient()).toBe('Agent-1')
})

test('a removed agent is back with all its fields by Undo, also by its key', async () => {
  const before = await addLeft()
  for (const undo of [
    async () => page.getByRole('button', { name: 'Undo' }).click(),
    async () => page.keyboard.press('z'),
  ]) {
    await row('Agent-1').click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect.poll(listed, soon).toEqual([])
    await page.getByText('Agent-1 is removed.').waitFor()
    await undo()
    await expect.poll(listed, soon).toEqual([before])
  }
})

test('pointing again is undone like the rest', async () => {
  const before = await addLeft()
  await row('Agent-1').click()
  await page.getByRole('button', { name: 'Point at it again' }).click()
  await pointAt('Right')
  await page.getByText('Agent-1 lives in “Right: chat”.').first().waitFor()
  await page.getByRole('img', { name: 'The screen around the input' }).waitFor()
  expect((await agentNamed('Agent-1'))?.window).toBe('^Right: chat$')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => agentNamed('Agent-1'), soon).toEqual(before)
})

const coordinates = JSON.stringify({
  agents: {
    'Agent-1': { chat_input_coordinates: [11, 22], description: 'Lead', active: true },
    'Agent-7': { chat_input_coordinates: [33, 44] },
    'Agent-8': { chat_input_coordinates: 'nowhere' },
  },
})
const file = {
  name: 'cursor_agent_coords.json',
  mimeType: 'application/json',
  buffer: Buffer.from(coordinates),
}

test('a coordinates file shows what it would change, and changes nothing before it is told to', async () => {
  const before = await addLeft()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import…' }).click()
  await (await choosing).setFiles(file)
  const dialog = page.getByRole('dialog', { name: 'Import cursor_agent_coords.json' })
  const lines = dialog.getByRole('listitem')
  await lines.first().waitFor()
  expect(await lines.allInnerTexts()).toEqual([
    expect.stringMatching(/Agent-1\s.*→ 11, 22.*\schanges/s),
    expect.stringMatching(/Agent-7\s.*33, 44\s.*new/s),
    expect.stringMatching(/Agent-8\s.*expected \[x, y\].*broken/s),
  ])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await listed()).toEqual([before])
})

test('a dropped file is looked at like a chosen one, then imported without what is broken, and that can be undone', async () => {
  const before = await addLeft()
  await dropped()
  await page.getByRole('button', { name: 'Import 2 agents' }).click()
  await page.getByText('2 agents are imported.').waitFor()
  const now = await listed()
  expect(now.map(({ name, at }) => [name, at])).toEqual([
    ['Agent-1', [11, 22]],
    ['Agent-7', [33, 44]],
  ])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(listed, soon).toEqual([before])
})

/** Drops the file in the page; the text keeps the browser's names out of this file's types. */
async function dropped(): Promise<void> {
  await page.evaluate(`{
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(coordinates)}], 'coords.json'))
    const target = document.querySelector('main [role=listbox]')
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }))
  }`)
}

test('the export is a file that an import reads', async () => {
  const before = await addLeft()
  const path = join(desk.home, 'saved.json')
  const saved = desk.waggle.app.evaluate(
    async ({ session }, path) =>
      new Promise((resolve) => {
        session.defaultSession.once('will-download', (_, item) => {
          item.setSavePath(path)
          item.once('done', (_, state) => resolve(state))
        })
      }),
    path,
  )
  await page.getByRole('button', { name: 'Export' }).click()
  expect(await saved).toBe('completed')
  const { changes } = await desk.pipe.call('agent.import', {
    content: readFileSync(path, 'utf8'),
    preview: true,
  })
  expect(changes).toMatchObject([{ name: before.name, change: 'same' }])
})

test('axe finds nothing in the guide, the view, the detail and the dialogs, in both themes', async () => {
  const found: string[] = []
  const look = async (where: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const findings = await axeFindings(page)
      found.push(...findings.map((finding) => `${where}, ${colorScheme}: ${finding}`))
    }
  }
  await page.getByRole('heading', { name: 'Your first message' }).waitFor()
  await look('guide')
  await addLeft()
  await page.getByRole('region', { name: 'The screens' }).getByText('Left: chat').waitFor()
  await look('view')
  await row('Agent-1').click()
  await look('detail')
  await desk.agents.close('Left')
  await row('window not found').waitFor()
  await look('trouble')
  await dropped()
  await page.getByRole('dialog').waitFor()
  await look('import')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Add agent/ }).click()
  await page.getByRole('dialog', { name: 'Add an agent' }).waitFor()
  await look('add')
  expect(found).toEqual([])
})

test('what agents are told of each other is shown word for word, and sent', async () => {
  await addLeft()
  for (const name of ['Agent-2', 'Agent-3'])
    await desk.pipe.call('agent.set', { name, enabled: name === 'Agent-2' })
  await desk.pipe.call('queue.pause', {})
  await page.getByRole('button', { name: 'Onboard everyone…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Onboard everyone' })
  await expect
    .poll(async () => dialog.getByRole('listitem').allInnerTexts(), soon)
    .toEqual([
      expect.stringMatching(/^Agent-1\s+Waggle’s own text\s+You are Agent-1,[^]*\n- Agent-2\n\n/),
      expect.stringMatching(/^Agent-2\s[^]*\n- Agent-1: tests\n\n/),
    ])
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send to 2 agents' }).click()
  await page.getByText('The onboarding is queued for 2 agents.').waitFor()
  await row('Agent-1').click()
  await page.getByRole('button', { name: 'Onboard…' }).click()
  await page.getByRole('dialog', { name: 'Onboard Agent-1' }).getByRole('button', { name: 'Send it' }).click()
  await page.getByText('The onboarding is queued.').waitFor()
  const { messages } = await desk.pipe.call('message.list', {})
  expect(messages.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'you Agent-1',
    'you Agent-2',
    'you Agent-1',
  ])
})
