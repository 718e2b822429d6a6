import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { launchApp, type LaunchedApp } from '../harness/app'
import { axeFindings } from '../harness/axe'
import { openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// Agents set by a person's hand: a real pointer on real windows, and then a delivery to where it pointed.

let desk: AgentsDesk<LaunchedApp>

async function open(args: readonly string[] = []): Promise<void> {
  desk = await openAgentsDesk(launchApp, { agents: [{ name: 'Left' }, { name: 'Right' }], args })
}

/** Asks for the agent's input and waits until the picture covers the screens. */
async function ask(name: string, screens = 1) {
  const answer = desk.pipe.call('agent.point', { name })
  answer.catch(() => undefined)
  await expect.poll(() => coverPages().length, { timeout: 10_000 }).toBe(screens)
  const pages = coverPages()
  for (const page of pages) await page.getByText('Click into the input of').waitFor()
  await expect.poll(visibleCovers, { timeout: 10_000 }).toBe(screens)
  return { answer, pages }
}

const coverPages = () => desk.waggle.app.windows().filter((page) => page.url().includes('calibrate.html'))

const visibleCovers = async () =>
  desk.waggle.app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((one) => one.isAlwaysOnTop() && one.isVisible()).length,
  )

/** As they are set; how they stand changes by itself. */
const listed = async (): Promise<Agent[]> => (await desk.pipe.call('agent.export', {})).agents

async function clickAt([x, y]: readonly [number, number]): Promise<void> {
  // A window is called visible before the pointer finds it: only what it shows of the pointer tells.
  await expect.poll(async () => magnifiersAt([x, y]), { timeout: 10_000 }).toBe(1)
  xdotool('click', 1)
}

/** Moves the pointer there, and says on how many screens it is seen. */
async function magnifiersAt([x, y]: readonly [number, number]): Promise<number> {
  xdotool('mousemove', x - 1, y)
  xdotool('mousemove', x, y)
  const counts = await Promise.all(coverPages().map(async (page) => page.locator('canvas').count()))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function deliver(to: string): Promise<void> {
  const { messages } = await desk.pipe.call('message.send', {
    to,
    text: 'to where you pointed',
    from: 'test',
  })
  const message = await desk.pipe.call('message.wait', { id: messages[0]?.id ?? '', timeoutMs: 20_000 })
  expect({ state: message.state, failure: message.failure }).toEqual({
    state: 'delivered',
    failure: undefined,
  })
}

test('one click sets point and window together, and the next message arrives there', async () => {
  await open()
  const { input } = await desk.agents.window('Left')
  const { answer } = await ask('Agent-1')
  await clickAt(input)
  expect(await answer).toMatchObject({ pointed: true })
  const [agent] = await listed()
  expect(agent).toMatchObject({ name: 'Agent-1', at: input, window: '^Left: chat$' })
  expect((await desk.agents.seen('Left')).clicks).toBe(0)
  await deliver('Agent-1')
  expect(desk.agents.submissions()).toMatchObject([{ agent: 'Left', text: 'to where you pointed' }])
})

test('the window under the pointer is named, Waggle’s own window is out of the picture', async () => {
  await open()
  const { input } = await desk.agents.window('Right')
  await expect.poll(mainVisible, { timeout: 10_000 }).toBe(true)
  const { answer, pages } = await ask('Agent-1')
  xdotool('mousemove', ...input)
  await pages[0]?.getByText('Right: chat').waitFor()
  const scene = await desk.pipe.call('pointing.scene', {})
  expect(scene.windows.map(({ title }) => title).toSorted()).toEqual(['Left: chat', 'Right: chat'])
  expect(await mainVisible()).toBe(false)
  await desk.pipe.call('pointing.cancel', {})
  await answer
  await expect.poll(mainVisible, { timeout: 10_000 }).toBe(true)
})

const mainVisible = async () =>
  desk.waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((one) => !one.isAlwaysOnTop() && one.isVisible()),
  )

test.each(['light', 'dark'] as const)('axe finds nothing in the picture (%s)', async (theme) => {
  await open()
  const { answer, pages } = await ask('Agent-1')
  const { input } = await desk.agents.window('Left')
  await expect.poll(async () => magnifiersAt(input), { timeout: 10_000 }).toBe(1)
  for (const page of pages) {
    await page.emulateMedia({ colorScheme: theme })
    expect(await axeFindings(page)).toEqual([])
  }
  await desk.pipe.call('pointing.cancel', {})
  await answer
})

test('Esc leaves everything as it was', async () => {
  await open()
  const { input } = await desk.agents.window('Left')
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: input, window: 'Left', description: 'as it was' })
  const before = await listed()
  const { answer } = await ask('Agent-1')
  xdotool('mousemove', ...(await desk.agents.window('Right')).input)
  xdotool('key', 'Escape')
  expect(await answer).toEqual({ agents: before, pointed: false })
  expect(await listed()).toEqual(before)
})

test('a click beside every window says so and asks on', async () => {
  await open()
  const { rect } = await desk.agents.window('Left')
  await desk.agents.move('Left', { x: rect.x, y: 200, height: 200 })
  const { answer, pages } = await ask('Agent-1')
  await clickAt([rect.x + 20, 760])
  await pages[0]?.getByText('No window stands at').waitFor()
  expect(await listed()).toEqual([])
  await clickAt((await desk.agents.window('Left')).input)
  expect(await answer).toMatchObject({ pointed: true })
})

test('the pointer is moved to the pixel by keys, and Enter chooses, whatever has the keyboard', async () => {
  await open()
  const [x, y] = (await desk.agents.window('Left')).input
  const { answer } = await ask('Agent-1')
  await expect.poll(async () => magnifiersAt([x, y]), { timeout: 10_000 }).toBe(1)
  await expect.poll(() => coordinates(), { timeout: 5000 }).toBe(`${x}, ${y}`)
  // Whatever has the keyboard, they go to the picture.
  await desk.agents.thief(100)
  xdotool('key', 'Right', 'Down', 'shift+Right')
  await expect.poll(() => coordinates(), { timeout: 5000 }).toBe(`${x + 11}, ${y + 1}`)
  xdotool('key', 'Return')
  await answer
  expect((await listed())[0]?.at).toEqual([x + 11, y + 1])
})

async function coordinates(): Promise<string | undefined> {
  return coverPages()[0]?.locator('canvas + span').innerText()
}

test('while the picture is open nothing is delivered; it comes once the picture is gone', async () => {
  await open()
  const { input } = await desk.agents.window('Right')
  await desk.pipe.call('agent.set', { name: 'Agent-2', at: input, window: '^Right' })
  const { answer } = await ask('Agent-1')
  await desk.pipe.call('message.send', { to: 'Agent-2', text: 'not yet', from: 'test' })
  const left = (await desk.agents.window('Left')).input
  await expect.poll(async () => magnifiersAt(left), { timeout: 10_000 }).toBe(1)
  expect(desk.agents.submissions()).toEqual([])
  await clickAt(left)
  await answer
  await desk.agents.submitted(1)
})

test('on a display at 200 % the click is the physical pixel', async () => {
  await open(['--force-device-scale-factor=2'])
  const { input } = await desk.agents.window('Right')
  const { answer } = await ask('Agent-1')
  await clickAt(input)
  await answer
  const [at] = (await listed()).map((agent) => agent.at)
  expect(Math.abs((at?.[0] ?? 0) - input[0])).toBeLessThanOrEqual(1)
  expect(Math.abs((at?.[1] ?? 0) - input[1])).toBeLessThanOrEqual(1)
  await deliver('Agent-1')
})

test('each of two screens has its picture, and the place between them is refused', async () => {
  for (const [name, place, output] of [
    ['One', '640/169x800/212+0+0', 'screen'],
    ['Two', '540/143x700/185+740+100', 'none'],
  ] as const) {
    execFileSync('xrandr', ['--setmonitor', name, place, output])
    onTestFinished(() => void execFileSync('xrandr', ['--delmonitor', name]))
  }
  await open()
  const off = desk.pipe.call('agent.set', { name: 'Agent-1', at: [700, 400] })
  await expect(off).rejects.toThrow('640x800 at 0,0; 540x700 at 740,100')
  await desk.agents.move('Right', { x: 800, y: 200, width: 400, height: 400 })
  const { input } = await desk.agents.window('Right')
  const { answer } = await ask('Agent-1', 2)
  await clickAt(input)
  await answer
  expect((await listed())[0]).toMatchObject({ at: input, window: '^Right: chat$' })
  await deliver('Agent-1')
})

test('without a click: the pointer over the input is enough, for a known agent and for a new one', async () => {
  await open()
  const [left, right] = await Promise.all([desk.agents.window('Left'), desk.agents.window('Right')])
  xdotool('mousemove', ...left.input)
  expect(await desk.pipe.call('agent.here', {})).toMatchObject({ name: 'Agent-1', added: true })
  xdotool('mousemove', left.input[0] + 5, left.input[1])
  expect(await desk.pipe.call('agent.here', {})).toMatchObject({ name: 'Agent-1', added: false })
  xdotool('mousemove', ...right.input)
  expect(await desk.pipe.call('agent.here', {})).toMatchObject({ name: 'Agent-2', added: true })
  expect(await listed()).toMatchObject([
    { at: [left.input[0] + 5, left.input[1]], window: '^Left: chat$' },
    { at: right.input, window: '^Right: chat$' },
  ])
})
