import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startVirtualDesktop, type VirtualDesktop } from '../../scripts/desktop.mjs'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import { tied } from '../../scripts/lib/services.mjs'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { startAgents, type Agents } from '../harness/agents'
import { startApp, type AppOptions, type RunningApp } from '../harness/app'
import { calibrate, forThisTest, homeForThisTest, openDesk, type Desk } from '../harness/desk'
import { helpersOf, processesOn } from '../harness/processes'
import { pressed } from '../harness/pressed'
import { startTrayHost } from '../harness/tray-host'

// What a desktop and Waggle are made of, ended while Waggle delivers. It goes on by itself once that is there again; where
// Electron cannot live on, the next start goes on. How long that took is printed, and no test.

const names = ['Agent-1', 'Agent-2']
const MESSAGES = 8
const soon = { timeout: 30_000, interval: 20 }
// Several of these may follow each other.
vi.setConfig({ testTimeout: 180_000 })

let desktop: VirtualDesktop
let home: string

beforeEach(async () => {
  desktop = await forThisTest(startVirtualDesktop(), async (one) => one.stop())
  home = homeForThisTest()
})

/** The agents' programs must live on without the session's bus, so they are on the bus of the tests. */
async function openWindows({ accessibility = false, bus = process.env } = {}): Promise<Agents> {
  const { DISPLAY } = desktop.env
  const env = { ...process.env, DISPLAY, DBUS_SESSION_BUS_ADDRESS: bus['DBUS_SESSION_BUS_ADDRESS'] }
  const agents = names.map((name) => ({ name }))
  return forThisTest(startAgents({ agents, env, accessibility }), async (agents) => agents.stop())
}

async function openApp({ folder, env }: Pick<AppOptions, 'folder' | 'env'> = {}): Promise<Desk<RunningApp>> {
  const log = process.env['COMEBACK_LOG']
  const options = {
    env: { ...desktop.env, WAGGLE_LOG: log, ...env },
    ...(folder !== undefined && { folder }),
  }
  const desk = await openDesk(startApp, { home, args: ['--hidden'], ...options })
  const { process: own, output } = desk.waggle
  const said = () => `${output()}\n${own.exitCode ?? own.signalCode ?? 'it runs'}\n`
  if (log !== undefined) onTestFinished(() => void process.stderr.write(said()))
  return desk
}

/** Sends more than goes in an instant; resolves when a part of it has arrived. */
async function underWay(
  agents: Agents,
  options: Pick<AppOptions, 'folder' | 'env'> = {},
): Promise<Desk<RunningApp>> {
  const desk = await openApp(options)
  for (const name of names) await calibrate({ ...desk, agents }, name)
  const sends = Array.from({ length: MESSAGES }, async (_, index) =>
    desk.pipe.call('message.send', { to: names[index % 2] ?? '', text: `#${index}` }),
  )
  await Promise.all(sends)
  await agents.submitted(3)
  return desk
}

/** Prints how long it took until that was there again, or all that waited had gone. */
function tell(from: number): void {
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  process.stdout.write(`${expect.getState().currentTestName}: ${seconds} s\n`)
}

/** Resolves once nothing waits any more: every message has arrived once, but for those that were under way: rightly in doubt. */
async function allArrived(
  { pipe }: Desk<RunningApp>,
  ...windows: readonly Pick<Agents, 'submissions'>[]
): Promise<void> {
  const waiting = async () => {
    const { messages } = await pipe.call('message.list', { states: ['queued', 'delivering'], limit: 1000 })
    return messages.map(({ to, text, state, failure }) => [to, text, state, failure?.message])
  }
  const from = performance.now()
  await expect.poll(waiting, soon).toEqual([])
  tell(from)
  const { messages } = await pipe.call('message.list', { limit: 1000 })
  const arrived = windows.flatMap((agents) => agents.submissions())
  const wrong = messages.filter(({ to, text, state }) => {
    const copies = arrived.filter((one) => one.agent === to && one.text === text).length
    return state === 'in-doubt' ? copies > 1 : copies !== (state === 'delivered' ? 1 : 0)
  })
  expect(wrong).toEqual([])
  expect(messages).toHaveLength(MESSAGES)
  expect(messages.filter(({ state }) => state !== 'delivered').length).toBeLessThanOrEqual(2)
}

/** The window by which Waggle owns the clipboard, as soon as it does: the agents' program, asked to copy, owns it, too. */
async function clipboardOf(x: X11Connection, others: readonly number[]): Promise<number> {
  let owner = 0
  const isWaggles = async () => {
    owner = await x.ask<number>((done) => x.client.GetSelectionOwner(x.atom('CLIPBOARD'), done))
    return owner !== 0 && !others.some((other) => x.sameProgram(owner, other))
  }
  await expect.poll(isWaggles, soon).toBe(true)
  return owner
}

function end(pids: readonly number[]): void {
  expect(pids).not.toEqual([])
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

test('its connection to the X server: it connects again, and the person’s clipboard is what it was', async () => {
  const agents = await openWindows()
  const display = desktop.env['DISPLAY'] ?? ''
  const [x, person] = await Promise.all([connectX11(display), connectX11(display)])
  await createX11Clipboard(person).offerText('a person’s copy')
  const desk = await underWay(agents)
  const { data: shown } = await x.property(x.root, '_NET_CLIENT_LIST')
  x.client.KillClient(await clipboardOf(x, [person.client.AllocID(), shown.readUInt32LE()]))
  await allArrived(desk, agents)
  expect(await createX11Clipboard(x).readText()).toBe('a person’s copy')
  x.close()
  person.close()
})

test('the desktop’s thread: another one is begun, and no key stays down', async () => {
  const agents = await openWindows()
  const folder = join(projectRoot, 'test', 'killing')
  const desk = await underWay(agents, { folder, env: { KILL_THREAD: 'work: before desktop offerText#4' } })
  await expect.poll(() => desk.waggle.output(), soon).toContain('A part of Waggle has ended')
  await allArrived(desk, agents)
  const x = await forThisTest(connectX11(desktop.env['DISPLAY'] ?? ''), (one) => one.close())
  expect(await pressed(x)).toEqual({ keys: [], buttons: false })
})

test('the window manager: it waits for the next one, and the doctor says that there is none', async () => {
  const agents = await openWindows()
  const desk = await underWay(agents)
  end([desktop.parts.windowManager?.pid ?? 0])
  const reason = async () =>
    (await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor?.message
  // Its account of the windows is still on the server.
  await expect.poll(reason, soon).toContain('window manager has ended')
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Window manager')).toMatchObject({
    ok: false,
    found: expect.stringMatching(/^No window manager runs/) as unknown,
  })
  const env = { ...process.env, ...desktop.env }
  const manager = spawn(...tied('openbox', ['--sm-disable']), { env, stdio: 'ignore' })
  onTestFinished(() => void manager.kill())
  await allArrived(desk, agents)
})

test('the processes that draw its pages, again and again: they come back, and deliveries do not notice', async () => {
  const agents = await openWindows()
  const desk = await underWay(agents)
  const kinds = ['renderer', 'utility', ...Array.from({ length: 8 }, () => 'gpu-process')]
  for (const kind of kinds) {
    const helpers = () => helpersOf(desk.waggle.endpoint.pid, kind)
    await expect.poll(() => helpers().length, soon).toBeGreaterThan(0)
    const before = helpers()
    end(before)
    // The page of a window that nobody sees is loaded when somebody does.
    if (kind !== 'renderer')
      await expect.poll(() => helpers().filter((pid) => !before.includes(pid)), soon).not.toEqual([])
  }
  await allArrived(desk, agents)
})

test('the page of a window that is shown: it is loaded again', async () => {
  const desk = await openDesk(startApp, { home, env: desktop.env })
  const pages = () => helpersOf(desk.waggle.endpoint.pid, 'renderer')
  await expect.poll(() => pages().length, soon).toBeGreaterThan(0)
  const before = pages()
  end(before)
  const from = performance.now()
  await expect.poll(() => pages().filter((pid) => !before.includes(pid)), soon).not.toEqual([])
  tell(from)
})

test('the tray’s place: the icon goes into the next one', async () => {
  const bus = process.env['DBUS_SESSION_BUS_ADDRESS']
  const { waggle } = await openDesk(startApp, {
    home,
    env: { ...desktop.env, DBUS_SESSION_BUS_ADDRESS: bus },
  })
  for (let host = 1; host <= 3; host += 1) {
    const place = await startTrayHost()
    const from = performance.now()
    const item = await place.item(waggle.endpoint.pid)
    expect(await item.tooltip()).not.toBe('')
    tell(from)
    place.close()
  }
})

test('the bus of the accessibility trees: it looks at the next one, where programs that started since are', async () => {
  const before = await openWindows({ accessibility: true, bus: desktop.env })
  const desk = await underWay(before)
  end(processesOn(desktop.env['DISPLAY'] ?? '', 'at-spi2/accessibility.conf'))
  // Programs do not go to the next bus by themselves: what has been pasted cannot be read any more.
  const perAgent = async () => Object.values((await desk.pipe.call('queue.status', {})).perAgent)
  await expect
    .poll(async () => (await perAgent()).every(({ depth, waitingFor }) => depth === 0 || waitingFor), soon)
    .toBe(true)
  const arrived = before.submissions()
  await before.stop()
  const after = await openWindows({ accessibility: true, bus: desktop.env })
  const { messages } = await desk.pipe.call('message.list', { states: ['in-doubt'] })
  for (const { id, text } of messages) {
    const isThere = arrived.some((one) => one.text === text)
    await desk.pipe.call('message.resolve', { id, as: isThere ? 'delivered' : 'failed' })
  }
  await allArrived(desk, { submissions: () => arrived }, after)
})

test('the session bus, which Electron does not survive: the next start goes on', async () => {
  const agents = await openWindows()
  const { waggle } = await underWay(agents)
  const gone = once(waggle.process, 'exit')
  end([desktop.parts.bus?.pid ?? 0])
  // By a signal or with a code that no clean end has: whoever watches over it starts it again.
  expect(await gone).not.toEqual([0, null])
  const next = await forThisTest(startVirtualDesktop({ windowManager: false }), async (one) => one.stop())
  desktop = { ...desktop, env: { ...next.env, DISPLAY: desktop.env['DISPLAY'] } }
  await allArrived(await openApp(), agents)
})

test('the X server, with all that is on it: the next start goes on', async () => {
  const before = await openWindows()
  const { waggle } = await underWay(before)
  const gone = once(waggle.process, 'exit')
  end([desktop.parts.x?.pid ?? 0])
  expect(await gone).not.toEqual([0, null])
  desktop = await forThisTest(startVirtualDesktop(), async (one) => one.stop())
  const after = await openWindows()
  await allArrived(await openApp(), before, after)
})
