import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { launchApp, type LaunchedApp } from '../harness/app'
import { axeFindings } from '../harness/axe'
import { forThisTest, openDesk, type Desk } from '../harness/desk'
import { startInputs, type Inputs } from '../harness/inputs'
import { isTreeOn, switchTree } from '../harness/inputs/accessibility'
import { soon } from '../harness/window-with-past'

// Whether Waggle may read by the accessibility tree: asked once, and undone from the same place. The session's own bus,
// a real program before and after.

const question = 'Let Waggle read your agents’ inputs by the accessibility tree?'

const isOn = async () => isTreeOn(process.env)
/** Whatever a test does to the switch, it is off before and after. */
const switchedOff = async () =>
  forThisTest(switchTree(false, process.env), async () => switchTree(false, process.env))

async function open(home?: string): Promise<{ desk: Desk<LaunchedApp>; page: Page }> {
  const desk = await openDesk(launchApp, home === undefined ? {} : { home })
  const page = await desk.waggle.app.firstWindow()
  page.setDefaultTimeout(soon.timeout)
  await page.getByRole('button', { name: 'Agents' }).first().click()
  return { desk, page }
}

/** The line that asks, and later says how it is. */
const line = (page: Page) => page.getByRole('region', { name: 'How inputs are read' })

/** A program that starts now, and an agent that lives in it. */
async function start({ pipe }: Desk<LaunchedApp>, name: string, x: number): Promise<Inputs> {
  const rect = { x, y: 500, width: 300, height: 250 }
  const windows = [{ name, widget: 'lexical' as const, rect }]
  const inputs = await forThisTest(startInputs({ windows, accessibility: await isOn() }), async (all) =>
    all.stop(),
  )
  await pipe.call('agent.set', { name, at: (await inputs.window(name)).input, window: `^${name}: chat$` })
  return inputs
}

async function readings({ pipe }: Desk<LaunchedApp>): Promise<Record<string, string>> {
  const { agents } = await pipe.call('desktop.tree', {})
  return Object.fromEntries(agents.map(({ name, lookedAtBy }) => [name, lookedAtBy]))
}

test('asked once in the first run: switched on, the program of before is named, and it is undone there', async () => {
  await switchedOff()
  const { desk, page } = await open()
  await line(page).getByText(question).waitFor()
  expect(await isOn()).toBe(false)
  await start(desk, 'Before', 640)
  expect(await readings(desk)).toEqual({ Before: 'copy' })
  await line(page).getByRole('button', { name: 'Read by the tree' }).click()
  await line(page).getByText('Restart once the programs').waitFor()
  expect(await isOn()).toBe(true)
  await start(desk, 'After', 960)
  await expect.poll(async () => readings(desk), soon).toEqual({ Before: 'copy', After: 'tree' })
  const { agents } = await desk.pipe.call('agent.list', {})
  expect(agents.map(({ name, stands, lookedAtBy }) => [name, stands, lookedAtBy])).toEqual([
    ['Before', 'ready', 'copy'],
    ['After', 'ready', 'tree'],
  ])
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Read by copying')).toMatchObject({
    found: 'Before: its program shows no tree.',
    remedy: expect.stringMatching(/^Restart \w+ once/) as unknown,
  })
  await line(page).getByRole('button', { name: 'Switch off' }).click()
  await line(page).getByText('Inputs are read by copying, as you chose.').waitFor()
  // A no is shown at once, and done after it.
  await expect.poll(isOn, soon).toBe(false)
  expect(await readings(desk)).toEqual({ Before: 'copy', After: 'copy' })
})

test('who keeps copying is not asked again, nor told that anything is amiss', async () => {
  await switchedOff()
  const first = await open()
  await line(first.page).getByRole('button', { name: 'Keep copying' }).click()
  await line(first.page).getByText('as you chose').waitFor()
  await first.desk.waggle.close()
  const { desk, page } = await open(first.desk.home)
  await line(page).getByText('as you chose').waitFor()
  expect(await page.getByText(question).count()).toBe(0)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await line(page).getByText('as you chose').waitFor()
  expect(await page.getByText(question).count()).toBe(0)
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Accessibility tree')?.ok).toBe(true)
  expect(await isOn()).toBe(false)
})

test('who said yes has it on again at the next start, and undoes it in the doctor', async () => {
  await switchedOff()
  const first = await open()
  await first.desk.pipe.call('desktop.tree', { on: true })
  await first.desk.waggle.close()
  // Another session of this desktop begins with it off.
  await switchTree(false, process.env)
  const { page } = await open(first.desk.home)
  await expect.poll(isOn, soon).toBe(true)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await line(page).getByRole('button', { name: 'Switch off' }).click()
  await line(page).getByText('as you chose').waitFor()
  await expect.poll(isOn, soon).toBe(false)
  await page.getByRole('radio', { name: 'Copying' }).and(page.locator(':checked')).waitFor()
})

test('axe finds nothing in the question and its answers, in both themes', async () => {
  await switchedOff()
  const { page } = await open()
  const found: string[] = []
  const look = async (where: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      found.push(...(await axeFindings(page)).map((finding) => `${where}, ${colorScheme}: ${finding}`))
    }
  }
  await line(page).getByText(question).waitFor()
  await look('asked')
  await line(page).getByRole('button', { name: 'Read by the tree' }).click()
  await line(page).getByRole('button', { name: 'Switch off' }).waitFor()
  await look('on')
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await line(page).getByRole('button', { name: 'Switch off' }).click()
  await line(page).getByText('as you chose').waitFor()
  await look('off, in the doctor')
  expect(found).toEqual([])
})
