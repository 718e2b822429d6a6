import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'
import { resolveElectron } from '../../scripts/electron.mjs'
import { startVirtualDesktop } from '../../scripts/desktop.mjs'
import { run } from '../../scripts/lib/run.mjs'
import { connectToWaggle, type Client } from '../../src/client/pipe-client'
import { startAgents, type Agents } from '../../test/harness/agents'
import { launchApp, type LaunchedApp } from '../../test/harness/app'
import { startTrayHost } from '../../test/harness/tray-host'
import { agentNames, urgentMessage } from './cast'
import { writePast } from './past'

/** The real app with some days behind it, on a desktop with its agents' windows. */
export interface Stage {
  readonly page: Page
  readonly client: Client
  readonly agents: Agents
  readonly app: LaunchedApp
  /** Opens the small window for a quick message. */
  quickSend(): Promise<Page>
  /** Has a delivery under way for a second or two; resolves with how to end it. */
  holdDelivery(): Promise<() => Promise<void>>
}

const DESKTOP = { width: 1920, height: 1080 }
/** So long does an agent's page stand still: enough for a picture, and less than a delivery waits for. */
const HELD_MS = 2000

/** Builds the stage, runs `play`, and takes everything down again, whatever happened. */
export async function withStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  const undo: (() => unknown)[] = []
  try {
    await play(await build(undo))
  } finally {
    for (const step of undo.toReversed()) await step()
  }
}

async function build(undo: (() => unknown)[]): Promise<Stage> {
  const electron = await resolveElectron()
  const folder = mkdtempSync(join(tmpdir(), 'waggle-screenshots-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o700 })
  await writePast(join(home, 'waggle.db'), Date.now())
  const desktop = await startVirtualDesktop(DESKTOP)
  undo.push(async () => desktop.stop())
  const env = { ...process.env, ...desktop.env }
  // With a place for tray icons, as most desktops have one, nothing is said about its absence.
  Object.assign(process.env, { DBUS_SESSION_BUS_ADDRESS: env.DBUS_SESSION_BUS_ADDRESS })
  const panel = await startTrayHost()
  undo.push(() => panel.close())
  const agents = await startAgents({
    electron: electron.executable,
    env,
    agents: agentNames.map((name) => ({ name })),
  })
  undo.push(async () => agents.stop())
  const app = await launchApp({ home, env })
  undo.push(async () => app.close())
  const client = await connectToWaggle(home)
  undo.push(() => client.close())
  for (const name of agentNames) {
    const { input, title } = await agents.window(name)
    await client.call('agent.set', { name, at: [...input], window: `^${title}$` })
  }
  await agents.close('Docs')
  await holdDocs(client)
  const holdDelivery = async () => deliverSlowly(client, agents)
  const quickSend = async () => {
    const opened = app.app.windows().find(isQuickSend) ?? app.app.waitForEvent('window', isQuickSend)
    await run('xdotool', ['key', 'ctrl+alt+n'], { env, capture: true })
    return opened
  }
  return { page: await app.app.firstWindow(), client, agents, app, quickSend, holdDelivery }
}

const isQuickSend = (page: Page) => page.url().includes('quick-send')

/** Lets Waggle find out that the window of Docs is closed, while everyone else's messages wait. */
async function holdDocs(client: Client): Promise<void> {
  const others = agentNames.filter((name) => name !== 'Docs')
  for (const agent of others) await client.call('queue.pause', { agent })
  await client.call('queue.resume', {})
  await until(async () => (await client.call('queue.status', {})).perAgent['Docs']?.waitingFor !== undefined)
  await client.call('queue.pause', {})
  for (const agent of others) await client.call('queue.resume', { agent })
}

/** Begins a delivery to an agent whose page stands still. */
async function deliverSlowly(client: Client, agents: Agents): Promise<() => Promise<void>> {
  const { to } = urgentMessage
  await client.call('message.send', urgentMessage)
  await agents.stall(to, HELD_MS)
  await until(async () => {
    const answer = agents.readInput(to).then(() => true)
    return !(await Promise.race([answer, delay(100, false)]))
  })
  await client.call('queue.resume', {})
  await until(async () => (await client.call('queue.status', {})).delivering !== undefined)
  return async () => {
    await client.call('queue.pause', { now: true })
    await agents.stall(to, 0)
    const { messages } = await client.call('message.list', { order: 'delivery', to, limit: 1 })
    for (const { id } of messages) await client.call('message.cancel', { id })
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000
  while (!(await holds())) if (performance.now() > end) throw new Error('The stage did not come to be.')
}
