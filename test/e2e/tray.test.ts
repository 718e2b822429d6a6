import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startApp, type RunningApp } from '../harness/app'
import { forThisTest, homeForThisTest, openDesk, type Desk } from '../harness/desk'
import { startTrayHost, type TrayHost, type TrayItem } from '../harness/tray-host'
import { xdotool } from '../harness/xdotool'

// The tray as a panel sees it: its icon registers on the session bus, its menu is read and clicked over D-Bus.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 10_000 }

let host: TrayHost
let desk: Desk<RunningApp>
let tray: TrayItem
let desktop: Desktop

beforeEach(async () => {
  host = await forThisTest(startTrayHost(), (host) => host.close())
  desktop = await forThisTest(openX11Desktop(process.env['DISPLAY'] ?? ''), (desktop) => desktop.close())
  const home = homeForThisTest()
  const env = { XDG_CONFIG_HOME: join(home, 'config') }
  desk = await openDesk(startApp, { home, args: ['--hidden'], env })
  tray = await host.item(desk.waggle.process.pid ?? 0)
})

const labels = async () => (await tray.menu()).map(({ label }) => label)

test('tooltip and menu say how things stand and offer what can be done', async () => {
  await expect.poll(() => tray.tooltip(), soon).toBe('Waggle: Nothing waits')
  expect(await labels()).toEqual([
    'Nothing waits',
    '',
    'Send clipboard to',
    'Write to',
    'Recent',
    '',
    'Pause',
    'Stop now',
    '',
    'Open Waggle',
    'Start at login',
    'Quit',
  ])
  expect((await tray.menu())[0]?.enabled).toBe(false)
})

test('Pause and Resume act on the queue, and the tray shows it with the depth', async () => {
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [100, 100] })
  await tray.click('Pause')
  await expect.poll(async () => (await desk.pipe.call('queue.status', {})).paused, soon).toBe(true)
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'later' })
  await expect.poll(() => tray.tooltip(), soon).toBe('Waggle: Paused · 1 waiting')
  expect(await labels()).toContain('Resume')
  await desk.pipe.call('queue.resume', {})
  await expect.poll(labels, soon).toContain('Pause')
})

test('a new agent is offered at once, and sending it the clipboard queues that text from "you"', async () => {
  await desk.pipe.call('queue.pause', {})
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [100, 100] })
  const agents = async () =>
    (await tray.menu()).find(({ label }) => label === 'Send clipboard to')?.children.map(({ label }) => label)
  await expect.poll(agents, soon).toEqual(['Agent-1', '', 'Everyone'])
  await desktop.offerText('héllo 🐝\nfrom the clipboard')
  await tray.click('Send clipboard to', 'Agent-1')
  const sent = async () => (await desk.pipe.call('message.list', {})).messages
  await expect
    .poll(sent, soon)
    .toMatchObject([{ to: 'Agent-1', from: 'you', text: 'héllo 🐝\nfrom the clipboard', state: 'queued' }])
})

const ownWindows = async () => (await desktop.windows()).filter(({ title }) => title === 'Waggle')
const windowsOpen = async () => (await ownWindows()).length
const hasFocus = async () => (await desktop.activeWindow()) === (await ownWindows())[0]?.id

/** Presses the window manager's key, again if need be: it drops one that comes right behind the focus. */
async function afterClosing(): Promise<number> {
  if ((await windowsOpen()) > 0) xdotool('key', 'alt+F4')
  return windowsOpen()
}

test('Open Waggle and a plain click both show the window', async () => {
  expect(await windowsOpen()).toBe(0)
  await tray.click('Open Waggle')
  await expect.poll(windowsOpen, soon).toBe(1)
  await expect.poll(hasFocus, soon).toBe(true)
  await expect.poll(afterClosing, { ...soon, interval: 500 }).toBe(0)
  await tray.activate()
  await expect.poll(windowsOpen, soon).toBe(1)
})

test('Stop now pauses, and Quit says what then waits for the next start', async () => {
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [100, 100] })
  await tray.click('Stop now')
  await expect.poll(async () => (await desk.pipe.call('queue.status', {})).paused, soon).toBe(true)
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'later' })
  await expect.poll(labels, soon).toContain('Quit (1 waits for the next start)')
})

test('Recent names the last five messages with their state, and opens one in the window', async () => {
  await desk.pipe.call('queue.pause', {})
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [100, 100] })
  for (let number = 1; number <= 6; number += 1) {
    const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text: `message ${number}` })
    if (number === 5) await desk.pipe.call('message.cancel', { id: messages[0]?.id ?? '' })
  }
  const recent = async () =>
    (await tray.menu()).find(({ label }) => label === 'Recent')?.children.map(({ label }) => label)
  await expect
    .poll(recent, soon)
    .toEqual([
      'Agent-1: waiting · message 6',
      'Agent-1: cancelled · message 5',
      'Agent-1: waiting · message 4',
      'Agent-1: waiting · message 3',
      'Agent-1: waiting · message 2',
    ])
  await tray.click('Recent', 'Agent-1: cancelled · message 5')
  await expect.poll(windowsOpen, soon).toBe(1)
})

test('Start at login is a tick that writes the entry the desktop looks for, and takes it away', async () => {
  const entry = join(desk.home, 'config', 'autostart', 'waggle.desktop')
  const ticked = async () => (await tray.menu()).find(({ label }) => label === 'Start at login')?.checked
  expect(await ticked()).toBe(false)
  await tray.click('Start at login')
  await expect.poll(ticked, soon).toBe(true)
  expect(readFileSync(entry, 'utf8')).toContain('"--hidden"')
  await desk.pipe.call('settings.set', { changes: { startAtLogin: false } })
  await expect.poll(ticked, soon).toBe(false)
  expect(existsSync(entry)).toBe(false)
})

test('Quit ends the process cleanly and takes the endpoint away', async () => {
  const ended = new Promise((resolve) => desk.waggle.process.once('exit', resolve))
  await tray.click('Quit')
  expect(await ended).toBe(0)
  expect(existsSync(join(desk.home, 'endpoint.json'))).toBe(false)
})
