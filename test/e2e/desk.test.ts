import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { QueueStatus } from '../../src/contract/operations'
import { startAgents, type Agents } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { openScreenLock, type ScreenLock } from '../harness/screen-lock'

// What keeps the desktop from being used, in the real app: a lock, a session, another program, and the settings.

let home: ReturnType<typeof temporaryHome>
let lock: ScreenLock
let app: RunningApp
let agents: Agents
let waggle: PipeClient

beforeEach(async () => {
  home = temporaryHome()
  lock = await openScreenLock()
})
afterEach(async () => {
  waggle.close()
  await Promise.all([app.stop(), agents.stop()])
  // Last: a question that is on its way when the bus is closed would have no answer.
  lock.close()
  home.remove()
})

async function open(env: Record<string, string> = {}): Promise<void> {
  ;[agents, app] = await Promise.all([
    startAgents({ agents: [{ name: 'Agent-1' }] }),
    startApp({ home: home.path, args: ['--hidden'], env }),
  ])
  waggle = await openPipeClient(app.endpoint)
  const { input } = await agents.window('Agent-1')
  await waggle.call('agent.set', { name: 'Agent-1', at: input, window: 'Agent-1' })
}

async function send(text: string): Promise<string> {
  const { messages } = await waggle.call('message.send', { to: 'Agent-1', text })
  return messages[0]?.id ?? ''
}

/** The status once it is as wanted. */
async function statusWith(holds: (status: QueueStatus) => boolean): Promise<QueueStatus> {
  const end = performance.now() + 10_000
  for (;;) {
    const status = await waggle.call('queue.status', {})
    if (holds(status)) return status
    if (performance.now() > end) throw new Error(`it never came to be: ${JSON.stringify(status)}`)
  }
}

const texts = () => agents.submissions().map(({ text }) => text)
const reason = (status: QueueStatus) => status.perAgent['Agent-1']?.waitingFor
const logged = () => readFileSync(join(home.path, 'logs', 'waggle.log'), 'utf8')

test('while the screen is locked messages wait and say so, once in the log, and go within 2 s of unlocking', async () => {
  lock.setLocked(true)
  await open()
  const id = await send('for after the break')
  const status = await statusWith((status) => reason(status) !== undefined)
  expect(reason(status)).toMatchObject({
    code: 'desktop-unavailable',
    message: expect.stringContaining('locked') as unknown,
  })
  const { checks } = await waggle.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Screen')).toMatchObject({ ok: false, remedy: 'Unlock it.' })
  expect(texts()).toEqual([])
  lock.setLocked(false)
  const from = performance.now()
  const ended = await waggle.call('message.wait', { id, timeoutMs: 10_000 }).catch(async () => {
    const { state, failure } = await waggle.call('message.get', { id })
    throw new Error(`still ${state}: ${failure?.message}\n${app.output()}`)
  })
  expect(ended).toMatchObject({ state: 'delivered' })
  expect(performance.now() - from).toBeLessThan(2500)
  expect(logged().match(/deliveries wait:/g)).toHaveLength(1)
})

test('in a Wayland session nothing is typed: messages wait, and status and doctor say where to log in', async () => {
  await open({ XDG_SESSION_TYPE: 'wayland' })
  await send('never typed')
  const status = await statusWith((status) => reason(status) !== undefined)
  expect(reason(status)?.message).toMatch(/Wayland.*X11 session/)
  const { checks } = await waggle.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Display')).toMatchObject({ ok: false })
  expect(texts()).toEqual([])
})

test('while another program has a lease deliveries wait for it, and go when it gives the desktop back', async () => {
  await open()
  const { lease } = await waggle.call('desktop.acquire', { reason: 'a form filler', pid: 4711 })
  const id = await send('after the form')
  const status = await waggle.call('queue.status', {})
  expect(status).toMatchObject({ depth: 1, holder: { reason: 'a form filler', pid: 4711 } })
  expect(texts()).toEqual([])
  await waggle.call('desktop.release', { lease })
  expect(await waggle.call('message.wait', { id, timeoutMs: 10_000 })).toMatchObject({ state: 'delivered' })
  expect(await waggle.call('queue.status', {})).not.toHaveProperty('holder')
})

test('a changed setting holds at once: the limit refuses the next message, and the log says more', async () => {
  await open()
  await waggle.call('queue.pause', {})
  await waggle.call('settings.set', { changes: { queue: { limit: 1 }, logLevel: 'debug' } })
  await send('one')
  await expect(send('two')).rejects.toMatchObject({ code: 1002 })
  await waggle.call('settings.set', { changes: { queue: { limit: null } } })
  await send('two')
  await waggle.call('queue.resume', {})
  await statusWith(({ depth, delivering }) => depth === 0 && !delivering)
  expect(texts()).toEqual(['one', 'two'])
  expect(logged()).toContain('[debug]')
  const stored = JSON.parse(readFileSync(join(home.path, 'settings.json'), 'utf8')) as Record<string, unknown>
  expect(stored).toMatchObject({ logLevel: 'debug', agents: { 'Agent-1': { window: 'Agent-1' } } })
})
