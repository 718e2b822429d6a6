import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { QueueStatus } from '../../src/contract/operations'
import { startApp, type AppOptions, type RunningApp } from '../harness/app'
import { calibrate, forThisTest, openAgentsDesk, type AgentsDesk } from '../harness/desk'
import { openScreenLock, type ScreenLock } from '../harness/screen-lock'

// What keeps the desktop from being used, in the real app: a lock, a session, another program, and the settings.

let lock: ScreenLock
let desk: AgentsDesk<RunningApp>

beforeEach(async () => {
  // Closed last: a question that is on its way when the bus is closed would have no answer.
  lock = await forThisTest(openScreenLock(), (lock) => lock.close())
})

async function open(env: Record<string, string | undefined> = {}): Promise<void> {
  // The agents live in a usual session.
  const start = async (options: AppOptions) => startApp({ ...options, env })
  desk = await openAgentsDesk(start, { agents: [{ name: 'Agent-1' }], args: ['--hidden'] })
  await calibrate(desk, 'Agent-1', { window: 'Agent-1' })
}

async function send(text: string): Promise<string> {
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text })
  return messages[0]?.id ?? ''
}

/** The status once it is as wanted. */
async function statusWith(holds: (status: QueueStatus) => boolean): Promise<QueueStatus> {
  const end = performance.now() + 10_000
  for (;;) {
    const status = await desk.pipe.call('queue.status', {})
    if (holds(status)) return status
    if (performance.now() > end) throw new Error(`it never came to be: ${JSON.stringify(status)}`)
  }
}

const texts = () => desk.agents.submissions().map(({ text }) => text)
const reason = (status: QueueStatus) => status.perAgent['Agent-1']?.waitingFor
const logged = () => readFileSync(join(desk.home, 'logs', 'waggle.log'), 'utf8')

test('while the screen is locked messages wait and say so, once in the log, and go once it is unlocked', async () => {
  lock.setLocked(true)
  await open()
  const id = await send('for after the break')
  const status = await statusWith((status) => reason(status) !== undefined)
  expect(reason(status)).toMatchObject({
    code: 'desktop-unavailable',
    message: expect.stringContaining('locked') as unknown,
  })
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Screen')).toMatchObject({ ok: false, remedy: 'Unlock it.' })
  expect(texts()).toEqual([])
  lock.setLocked(false)
  const ended = await desk.pipe.call('message.wait', { id, timeoutMs: 10_000 }).catch(async () => {
    const { state, failure } = await desk.pipe.call('message.get', { id })
    throw new Error(`still ${state}: ${failure?.message}\n${desk.waggle.output()}`)
  })
  expect(ended).toMatchObject({ state: 'delivered' })
  expect(logged().match(/deliveries wait:/g)).toHaveLength(1)
})

test('in a Wayland session nothing is typed: messages wait, and status and doctor say where to log in', async () => {
  await open({ XDG_SESSION_TYPE: 'wayland' })
  await send('never typed')
  const status = await statusWith((status) => reason(status) !== undefined)
  expect(reason(status)?.message).toMatch(/Wayland.*X11 session/)
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Display')).toMatchObject({ ok: false })
  expect(texts()).toEqual([])
})

test('started from an editor’s terminal, behind a proxy and without a session bus it delivers, and the doctor says what it lacks', async () => {
  await open({
    DBUS_SESSION_BUS_ADDRESS: undefined,
    XDG_RUNTIME_DIR: undefined,
    NODE_OPTIONS: '--no-warnings',
    VSCODE_PID: '1',
    VSCODE_IPC_HOOK: '/none',
    http_proxy: 'http://127.0.0.1:9',
    https_proxy: 'http://127.0.0.1:9',
    all_proxy: 'socks5://127.0.0.1:9',
  })
  const id = await send('from an odd place')
  expect(await desk.pipe.call('message.wait', { id, timeoutMs: 10_000 })).toMatchObject({
    state: 'delivered',
  })
  expect(texts()).toEqual(['from an odd place'])
  const { checks } = await desk.pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Start')).toMatchObject({
    ok: 'warning',
    found: expect.stringMatching(/without the session bus.*NODE_OPTIONS is set/) as unknown,
    remedy: expect.stringContaining('dbus-run-session') as unknown,
  })
})

test('while another program has a lease deliveries wait for it, and go when it gives the desktop back', async () => {
  await open()
  const { lease } = await desk.pipe.call('desktop.acquire', { reason: 'a form filler', pid: 4711 })
  const id = await send('after the form')
  const status = await desk.pipe.call('queue.status', {})
  expect(status).toMatchObject({ depth: 1, holder: { reason: 'a form filler', pid: 4711 } })
  expect(texts()).toEqual([])
  await desk.pipe.call('desktop.release', { lease })
  expect(await desk.pipe.call('message.wait', { id, timeoutMs: 10_000 })).toMatchObject({
    state: 'delivered',
  })
  expect(await desk.pipe.call('queue.status', {})).not.toHaveProperty('holder')
})

test('a changed setting holds at once: the limit refuses the next message, and the log says more', async () => {
  await open()
  await desk.pipe.call('queue.pause', {})
  await desk.pipe.call('settings.set', { changes: { queue: { limit: 1 }, logLevel: 'debug' } })
  await send('one')
  await expect(send('two')).rejects.toMatchObject({ code: 1002 })
  await desk.pipe.call('settings.set', { changes: { queue: { limit: null } } })
  await send('two')
  await desk.pipe.call('queue.resume', {})
  await statusWith(({ depth, delivering }) => depth === 0 && !delivering)
  expect(texts()).toEqual(['one', 'two'])
  expect(logged()).toContain('[debug]')
  const stored = JSON.parse(readFileSync(join(desk.home, 'settings.json'), 'utf8')) as Record<string, unknown>
  expect(stored).toMatchObject({ logLevel: 'debug', agents: { 'Agent-1': { window: 'Agent-1' } } })
})
