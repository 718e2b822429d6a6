import { beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, forThisTest, openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { startTrayHost, type TrayHost, type TrayItem } from '../harness/tray-host'
import { xdotool } from '../harness/xdotool'

// Quick send by the hands of a person: the tray's menu or a shortcut opens it, real keys write, a real window gets it.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 15_000, interval: 50 }

let host: TrayHost
let desk: AgentsDesk<RunningApp>
let tray: TrayItem
let desktop: Desktop

beforeEach(async () => {
  host = await forThisTest(startTrayHost(), (host) => host.close())
  desktop = await forThisTest(openX11Desktop(process.env['DISPLAY'] ?? ''), (desktop) => desktop.close())
  // One window over the whole desktop: wherever quick send stands, it stands over the input.
  const agents = [{ name: 'Agent-1', rect: { x: 4, y: 26, width: 1270, height: 760 } }]
  desk = await openAgentsDesk(startApp, { agents, args: ['--hidden'] })
  tray = await host.item(desk.waggle.process.pid ?? 0)
})

const quickSend = async () => (await desktop.windows()).find(({ title }) => title === 'Waggle: write')

async function hasFocus(): Promise<boolean> {
  const window = await quickSend()
  return window !== undefined && (await desktop.activeWindow()) === window.id
}

async function calibrated(): Promise<void> {
  await calibrate(desk, 'Agent-1')
  await expect.poll(offered, soon).toEqual(['Agent-1'])
}

const offered = async () =>
  (await tray.menu()).find(({ label }) => label === 'Write to')?.children.map(({ label }) => label)

const states = async () => (await desk.pipe.call('message.list', {})).messages.map(({ state }) => state)

/** Types once the window is ready for it; a page that is just opening may lose the first keys. */
async function write(text: string): Promise<void> {
  await expect.poll(hasFocus, soon).toBe(true)
  xdotool('type', '--delay', '12', text)
}

test('written to the agent whose input lies under it, the message arrives, and quick send closes by itself', async () => {
  await calibrated()
  await tray.click('Write to', 'Agent-1')
  await expect.poll(hasFocus, soon).toBe(true)
  const { rect } = (await quickSend()) ?? { rect: { x: 0, y: 0, width: 0, height: 0 } }
  // Its middle covers the agent's window; the point the agent is clicked at is put right there.
  await desk.agents.move('Agent-1', { x: rect.x - 100, y: rect.y - 300, width: 700, height: 460 })
  const { input } = await desk.agents.window('Agent-1')
  expect(input[0] > rect.x && input[0] < rect.x + rect.width).toBe(true)
  expect(input[1] > rect.y && input[1] < rect.y + rect.height).toBe(true)
  await calibrated()
  xdotool('windowactivate', '--sync', (await quickSend())?.id ?? '')
  await write('from under here')
  xdotool('key', 'Return')
  const [arrived] = await desk.agents.submitted(1)
  expect(arrived).toMatchObject({ agent: 'Agent-1', text: 'from under here' })
  await expect.poll(states, soon).toEqual(['delivered'])
  await expect.poll(quickSend, soon).toBe(undefined)
})

test('a message on its way is shown without the focus, which is back where it was', async () => {
  await calibrated()
  await desk.pipe.call('queue.pause', {})
  await desk.agents.focus('Agent-1')
  const before = await desktop.activeWindow()
  await tray.click('Write to', 'Agent-1')
  await write('wait for it')
  xdotool('key', 'Return')
  await expect.poll(states, soon).toEqual(['queued'])
  await expect.poll(async () => (await quickSend())?.rect.width, soon).toBe(380)
  expect(await desktop.activeWindow()).toBe(before)
  await desk.pipe.call('queue.resume', {})
  expect((await desk.agents.submitted(1))[0]?.text).toBe('wait for it')
  await expect.poll(quickSend, soon).toBe(undefined)
})

test('the shortcut opens it and closes it, Esc closes it, and what was written is kept', async () => {
  await calibrated()
  await desk.pipe.call('queue.pause', {})
  await tray.click('Write to', 'Agent-1')
  await write('half a')
  xdotool('key', 'Escape')
  await expect.poll(quickSend, soon).toBe(undefined)
  xdotool('key', 'ctrl+alt+n')
  await write(' sentence')
  xdotool('key', 'ctrl+alt+n')
  await expect.poll(quickSend, soon).toBe(undefined)
  xdotool('key', 'ctrl+alt+n')
  await write('.')
  xdotool('key', 'Return')
  const texts = async () => (await desk.pipe.call('message.list', {})).messages.map(({ text }) => text)
  await expect.poll(texts, soon).toEqual(['half a sentence.'])
})

test('with nobody chosen it asks who first: a few letters, Enter, and the text', async () => {
  await calibrated()
  await desk.pipe.call('agent.set', { name: 'Reviewer', at: [50, 50] })
  await desk.pipe.call('agent.set', { name: 'Night shift', at: [50, 50] })
  await desk.pipe.call('queue.pause', {})
  xdotool('key', 'ctrl+alt+n')
  await write('rev')
  xdotool('key', 'Return')
  await write('look at this')
  xdotool('key', 'Return')
  const sent = async () =>
    (await desk.pipe.call('message.list', {})).messages.map(({ to, text }) => [to, text])
  await expect.poll(sent, soon).toEqual([['Reviewer', 'look at this']])
})
